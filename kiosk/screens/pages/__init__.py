"""The pages that lie over a screen, or follow it."""
