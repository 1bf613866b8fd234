"""Findings of dates."""

from __future__ import annotations

from kiosk.engine.catalogue.kind import Kind

KINDS = (
    Kind("P501", "not-a-date", "“{date}” is not a date.", "Write year, month and day as 2026-08-01."),
    Kind("P502", "review-too-early", "The review on {review} is not after {effective}.", "Put “review_by” later."),
)
