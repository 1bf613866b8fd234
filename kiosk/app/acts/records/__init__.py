"""What is added to one record, or changed in it."""
