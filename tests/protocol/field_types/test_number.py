"""Numbers: whole, and within the limits of their field."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import Mistyped
from kiosk.presentation.error_text import error_text
from kiosk.protocol.field_type import FieldType
from kiosk.protocol.field_types.registry import type_of, typed
from kiosk.protocol.model import Field, Text

LIMIT: Final = st.none() | st.integers(-(10**9) + 1, 10**9 - 1)


def a_number(least: int | None = None, most: int | None = None) -> Field:
    """A field with these limits."""
    return Field("pages", Text.of(en="Pages"), FieldType.NUMBER, least=least, most=most)


@pytest.mark.parametrize(("words", "number"), [("12", 12), (" 0 ", 0), ("-3", -3), ("007", 7), ("9" * 9, 10**9 - 1)])
def test_a_number_is_kept_as_a_number(words: str, number: int) -> None:
    """So that it can be counted with."""
    assert typed(a_number(), words) == number


@pytest.mark.parametrize("words", ["about ten", "1.5", "1,200", "--3", "1234567890", "٣"])
def test_words_are_no_number(words: str) -> None:
    """For those there is `count`."""
    with pytest.raises(Mistyped) as refused:
        typed(a_number(), words)
    assert all("12" in error_text(refused.value, language) for language in ("en", "es"))


@pytest.mark.parametrize(
    ("least", "most", "words", "told"),
    [(1, 9, "0", ("1", "9")), (1, 9, "10", ("1", "9")), (1, None, "0", ("1",)), (None, 9, "10", ("9",))],
)
def test_a_number_outside_its_limits_is_refused(
    least: int | None, most: int | None, words: str, told: tuple[str, ...]
) -> None:
    """The limits are named, in both languages."""
    with pytest.raises(Mistyped) as refused:
        typed(a_number(least, most), words)
    assert all(limit in error_text(refused.value, language) for limit in told for language in ("en", "es"))
    assert not type_of(a_number(least, most)).fits(a_number(least, most), int(words))


@given(LIMIT, LIMIT)
def test_what_searches_and_scenarios_write_fits(least: int | None, most: int | None) -> None:
    """Else a protocol with limits could not be searched."""
    if least is not None and most is not None and least > most:
        least, most = most, least
    field = a_number(least, most)
    assert type_of(field).fits(field, type_of(field).walked(field))
    assert type_of(field).fits(field, type_of(field).example(field, 5))
    assert not type_of(field).fits(field, "5")
