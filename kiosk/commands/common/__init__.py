"""What several commands need: printing, asking, paths, days, records."""
