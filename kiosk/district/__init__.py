"""The desk's side of the district: its settings, the process that sends, and what that last knew."""
