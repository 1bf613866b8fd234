"""Typed days: one that can be meant, or a sentence."""

from __future__ import annotations

from datetime import date

import pytest

from kiosk.app.acts.days import typed_day
from kiosk.errors import UsageError


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2026, 8, 1), date(9998, 12, 31)])
def test_a_day_is_typed_as_in_a_protocol(day: date) -> None:
    """Year, month, day."""
    assert typed_day(str(day)) == day


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "soon",
        "2026-8-1",
        "2026-02-30",
        "20260801",
        "2026-W31-6",
        "0001-01-01",
        "1899-12-31",
        "9999-12-31",
    ],
)
def test_what_is_no_day_or_can_not_be_meant_is_refused(typed: str) -> None:
    """Days of other centuries are slips, and have no months before or after them."""
    with pytest.raises(UsageError) as refused:
        typed_day(typed)
    assert refused.value.text_id == "error.day"
