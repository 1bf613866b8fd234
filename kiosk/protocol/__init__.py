"""The superintendent's protocol, as values. Pure."""
