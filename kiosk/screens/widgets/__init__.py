"""Small parts the screens share."""
