"""Pictures of counts and times, as SVG text."""
