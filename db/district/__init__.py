"""The district's store: the logs of many desks in one PostgreSQL."""
