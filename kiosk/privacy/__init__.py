"""Detection of text that must never be stored. Pure functions."""
