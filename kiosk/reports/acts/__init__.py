"""Acts of their own in words: records requests with their letter, and presence."""
