"""Bundles: what a district's office sends to its desks."""
