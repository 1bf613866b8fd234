"""Test cases of a protocol. Pure."""
