"""The presence of officers at a school: from a rumor to the all clear."""
