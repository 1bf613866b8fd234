"""One file for each revision, with an importable name."""
