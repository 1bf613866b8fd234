"""What can be wrong with a protocol."""
