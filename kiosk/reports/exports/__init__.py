"""Records for others: JSONL, CSV, HTML."""
