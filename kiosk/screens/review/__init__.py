"""The administrator's screens: the log to read, at the desk behind F10 and by `kiosk review`."""
