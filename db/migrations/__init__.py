"""How the log's tables came to be, one numbered file at a time."""
