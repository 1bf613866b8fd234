"""What must never be kept. Pure."""
