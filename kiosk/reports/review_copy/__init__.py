"""A protocol as a page for superintendent and counsel."""
