"""Disclosure levels of copies, and encryption for the district."""
