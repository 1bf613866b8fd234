"""Who may see which value."""
