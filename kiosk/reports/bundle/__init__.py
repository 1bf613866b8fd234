"""A copy that can be verified without a kiosk."""
