"""Findings of dates."""

from __future__ import annotations

from kiosk.engine.catalogue.kind import Kind

KINDS = (
    Kind(
        "P501",
        "not-a-date",
        "“{date}” is not a date.",
        "Write year, month and day as 2026-08-01.",
        why="The kiosk compares days. A month in words, or the day first, can be read in two ways.",
        bad='release: {version: "1", effective: August 1, review_by: 2027-06-30}\n',
        good='release: {version: "1", effective: 2026-08-01, review_by: 2027-06-30}\n',
    ),
    Kind(
        "P502",
        "review-too-early",
        "The review on {review} is not after {effective}.",
        "Put “review_by” later.",
        why="The law moves. A review before the protocol even begins would never remind anybody.",
        bad='release: {version: "1", effective: 2026-08-01, review_by: 2026-08-01}\n',
        good='release: {version: "1", effective: 2026-08-01, review_by: 2027-06-30}\n',
    ),
)
