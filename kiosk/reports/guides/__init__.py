"""Guides for people: two pages each, with pictures of the screens."""
