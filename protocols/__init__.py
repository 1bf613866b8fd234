"""Content, no code: one folder per pack. The format's manual is README.md in this folder."""
