"""Dates: typed as Americans do, stored as YYYY-MM-DD."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import Mistyped
from kiosk.presentation.error_text import error_text
from kiosk.protocol.field_type import FieldType
from kiosk.protocol.field_types.date import FIRST_YEAR, LAST_YEAR
from kiosk.protocol.field_types.registry import type_of, typed
from kiosk.protocol.model import Field, Text
from kiosk.protocol.replies import PUT_OFF

DAY: Final = Field("day", Text.of(en="Date on the letter"), FieldType.DATE)

DAYS: Final = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))


@pytest.mark.parametrize("words", ["3/14/2026", "03/14/2026", " 3-14-26 ", "3.14.2026", "3 / 14 / 2026", "2026-03-14"])
def test_a_date_is_understood(words: str) -> None:
    """Month first, with any of the usual marks; or as it is stored."""
    assert typed(DAY, words) == "2026-03-14"


@pytest.mark.parametrize(
    "words", ["14/3/2026", "2/30/2026", "2/29/2026", "3/14", "3/14/026", "20260314", "soon", "3/14/1826", "٣/١٤/٢٠٢٦"]
)
def test_anything_else_is_refused_with_an_example(words: str) -> None:
    """Nothing is guessed; both languages show the form that works."""
    with pytest.raises(Mistyped) as refused:
        typed(DAY, words)
    assert all("3/14/2026" in error_text(refused.value, language) for language in ("en", "es"))


def test_nothing_typed_is_put_off() -> None:
    """As with any box."""
    assert typed(DAY, "  ") == PUT_OFF


@given(DAYS)
def test_what_is_stored_fits_and_is_read_again(day: date) -> None:
    """A stored date that is shown in its box stays the same date."""
    stored = typed(DAY, f"{day.month}/{day.day}/{day.year}")
    assert stored == day.isoformat() == typed(DAY, str(stored))
    assert type_of(DAY).fits(DAY, day.isoformat())


@pytest.mark.parametrize("value", ["3/14/2026", "2026-02-30", "", 20260314])
def test_nothing_else_fits(value: str | int) -> None:
    """A log that was written by something else can't put another form in."""
    assert not type_of(DAY).fits(DAY, value)


def test_people_read_the_day_of_the_week() -> None:
    """March 14, 2026 is a Saturday."""
    assert type_of(DAY).shown("2026-03-14", {"day.5": "Saturday"}.__getitem__) == "Saturday 2026-03-14"
