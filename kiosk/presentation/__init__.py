"""The values that any front end shows. Independent of textual."""
