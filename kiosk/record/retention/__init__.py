"""Retention periods and eligibility for destruction."""
