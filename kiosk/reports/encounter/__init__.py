"""One record as a page that a judge can read."""
