"""Records requests, from receipt to answer."""
