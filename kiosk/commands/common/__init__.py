"""Shared code of the commands: printing, asking, paths, days, records."""
