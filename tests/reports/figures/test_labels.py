"""Words that fit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.reports.figures.labels import lines, shortened, width

WORDS = st.text(max_size=80)


def test_a_width_is_about_that_of_the_letters() -> None:
    """Narrow, wide, Chinese; a mark above a letter has none; bold is wider."""
    assert width("i", 10) < width("n", 10) < width("W", 10) < width("门", 10)
    assert width("e\u0301", 10) == width("e", 10)
    assert width("n", 10, bold=True) > width("n", 10)


@given(WORDS, st.integers(20, 300))
def test_shortened_words_fit(words: str, room: int) -> None:
    """And those that fit stay as they are, but for what can't be seen."""
    assert width(shortened(words, room, 12), 12) <= room
    assert shortened(words, 10_000, 12).isprintable()


@given(WORDS, st.integers(20, 300))
def test_lines_fit_and_are_at_most_two(words: str, room: int) -> None:
    """There is always one."""
    found = lines(words, room, 12)
    assert 1 <= len(found) <= 2
    assert all(width(line, 12) <= room for line in found)


def test_words_that_fit_on_lines_are_all_there() -> None:
    """Broken between words."""
    assert lines("The principal is with them", 90, 12) == ["The principal is", "with them"]
