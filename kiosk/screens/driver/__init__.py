"""The terminal driver: any bytes in, no error out."""
