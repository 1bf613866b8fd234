"""Saying the protocol's own words aloud, in a process that may die without harm."""
