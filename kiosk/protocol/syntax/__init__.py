"""How the files that people write are read: nodes with their places, and what a value in them can be."""
