"""Pages about a district for its IT office."""
