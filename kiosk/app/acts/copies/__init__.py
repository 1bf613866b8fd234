"""Copies of records that are saved at a place: exports, reports, letters and certifications."""
