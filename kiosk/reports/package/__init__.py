"""The evidence package: a copy of records that can be verified without a kiosk."""
