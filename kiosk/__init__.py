"""The front-office kiosk: a school's own protocol, one step at a time; each answer is on disk before the next step."""

__version__ = "0.1.0"
