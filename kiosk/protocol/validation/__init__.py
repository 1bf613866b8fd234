"""Whether a protocol holds together."""
