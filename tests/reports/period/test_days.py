"""Days in words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.reports.period.days import days_words, months_between


def day(words: str) -> date | None:
    """A day, or none."""
    return date.fromisoformat(words) if words else None


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-07-01", "2026-11-30", "July to November 2026"),
        ("2026-10-01", "2026-10-31", "October 2026"),
        ("2026-01-01", "2026-12-31", "2026"),
        ("2026-11-01", "2027-02-28", "November 2026 to February 2027"),
        ("2026-10-03", "2026-11-09", "October 3 to November 9, 2026"),
        ("2026-10-03", "2026-10-09", "October 3 to 9, 2026"),
        ("2026-12-30", "2027-01-02", "December 30, 2026 to January 2, 2027"),
        ("2027-03-14", "2027-03-14", "March 14, 2027"),
        ("2028-02-01", "2028-02-28", "February 1 to 28, 2028"),  # not its last day
        ("2026-07-01", "", "since July 1, 2026"),
        ("", "2026-07-01", "until July 1, 2026"),
        ("", "", "all days"),
    ],
)
def test_days_have_words(first: str, last: str, words: str) -> None:
    """Whole months are months, a whole year is its number."""
    assert days_words(day(first), day(last)) == words


@given(st.dates(date(1971, 1, 1), date(2100, 1, 1)), st.integers(0, 4_000))
def test_months_between_two_days_are_all_months(first: date, count: int) -> None:
    """One after the other, from the first to the last."""
    last = date.fromordinal(first.toordinal() + count)
    found = months_between(first, last)
    assert (found[0], found[-1]) == (f"{first:%Y-%m}", f"{last:%Y-%m}")
    assert found == sorted({f"{date.fromordinal(n):%Y-%m}" for n in range(first.toordinal(), last.toordinal() + 1)})
