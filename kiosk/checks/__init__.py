"""The checks of a protocol. Pure."""
