"""The log files of a home: create, open, sign, verify, copy, replace."""
