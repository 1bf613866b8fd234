"""What must hold of a protocol. Pure."""
