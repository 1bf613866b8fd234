"""What happened, measured: the after-action review."""
