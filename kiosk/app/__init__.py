"""Composition root, and the start of the full-screen kiosk."""
