"""Acts of their own in the log: what the district does after encounters, beside the records."""
