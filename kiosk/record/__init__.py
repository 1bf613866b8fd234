"""Entries and records, as values and as the exact bytes in the log. Pure, like the engine."""
