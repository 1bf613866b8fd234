"""The protocol and the walk through it. Pure: no files, no clock, no database, no screen."""
