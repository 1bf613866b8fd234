"""The one wiring place, and the start of the full-screen kiosk."""
