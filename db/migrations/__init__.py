"""The history of the log's tables, one numbered file for each revision."""
