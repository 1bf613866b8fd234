"""The program's own words, in every language that has a catalog."""
