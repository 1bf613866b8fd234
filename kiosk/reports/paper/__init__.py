"""Documents as PDF, and outside copies of the log."""
