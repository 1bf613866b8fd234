"""The files of a log on disk."""
