"""Where every walk through a protocol can lead."""
