"""What any front end shows. Knows no textual."""
