"""What is proven of a log."""
