"""The walk through a protocol. Pure: no files, no clock, no database, no screen."""
