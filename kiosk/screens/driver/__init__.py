"""The terminal, owned by the kiosk: any bytes in, no error out."""
