"""The files that one school or district adds to a protocol."""
