"""What is left to do after a record was closed."""
