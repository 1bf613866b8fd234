"""Reading the files that people write: nodes with their places, and the possible values in them."""
