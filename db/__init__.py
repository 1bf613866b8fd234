"""The log on disk: tables, the single writer, reads and migrations. Knows no protocol and no screen."""
