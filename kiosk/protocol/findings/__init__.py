"""Findings: the problems that a protocol can have."""
