"""From bytes to a protocol."""
