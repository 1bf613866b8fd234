"""A report as text for the terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.layout.cells import cells
from kiosk.reports.period import superintendent
from kiosk.reports.period.lines import bar, lines
from tests.reports.period.periods import a_head, a_period, some_records
from tests.reports.period.test_page import nasty
from tests.reports.period.test_superintendent import tables_of


def test_the_text_has_every_number_of_the_tables() -> None:
    """And the title first."""
    made = superintendent.report(a_period(*some_records(60)), a_head())
    text = list(lines(made))
    assert text[0] == made.title
    for section in made.sections:
        assert section.title.upper() in text
        for table in tables_of(section):
            for row in table.rows:
                assert any(all(cell in line for cell in row) for line in text), row


def test_hostile_words_stay_on_their_line_and_are_visible() -> None:
    """No control character, no line end."""
    assert all(line.isprintable() for line in lines(nasty()))


@pytest.mark.parametrize(("count", "blocks"), [(0, ""), (24, "█" * 24), (12, "█" * 12), (1, "█"), (0.2, "▎")])
def test_a_bar_is_as_long_as_its_number(count: int, blocks: str) -> None:
    """To an eighth of a block."""
    assert bar(count, 24) == blocks


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_a_number_that_is_not_0_has_a_bar(count: int, more: int) -> None:
    """However small it is, and never longer than the longest."""
    assert 1 <= cells(bar(count, count + more)) <= 24
