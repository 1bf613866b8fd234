"""The encounter log on disk: tables, the single writer, reads and migrations. Never a protocol, never a screen."""
