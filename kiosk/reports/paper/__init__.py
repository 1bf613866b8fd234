"""Sheets of paper, as text or PDF, for somebody outside to keep."""
