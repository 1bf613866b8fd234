"""Documents for people as plain values, and their text and HTML."""
