"""The front-office kiosk: a school's own protocol, one step at a time, every answer on disk before the next step shows."""

__version__ = "0.1.0"
