"""Speech output of the protocol's "say" texts, in a separate process that may fail without harm."""
