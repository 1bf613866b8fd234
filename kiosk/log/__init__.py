"""The log as a file of a home: made, opened, signed, verified, copied, replaced."""
