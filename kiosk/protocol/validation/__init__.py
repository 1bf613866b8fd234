"""Checks that a protocol is consistent."""
