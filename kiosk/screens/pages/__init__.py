"""The pages that cover a screen, or follow it."""
