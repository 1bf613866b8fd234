"""What one school or district adds to a protocol."""
