"""The model of a book: text that every cell can hold, and sheets that are never too long."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

import pytest

from kiosk.record.printable import printable
from kiosk.reports.workbook import model
from kiosk.reports.workbook.model import Row, Sheet, fill, number, text_of
from kiosk.reports.workbook.moments import Moments, day
from kiosk.system.clock import Instant
from tests.reports.records import EASTERN, HOSTILE, an_instant
from tests.reports.workbook.reading import a_book

LIMIT: Final = 32_767


class Lists:
    """A format that keeps the rows."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Row]] = {}

    def sheet(self, _: Sheet, name: str) -> Callable[[Row], None]:
        """Start a list."""
        self.rows[name] = []
        return self.rows[name].append


def test_a_sheet_with_too_many_rows_continues_on_the_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """No row is lost, and no sheet is started for nothing."""
    monkeypatch.setattr(model, "MOST_ROWS", 2)
    lists = Lists()
    fill(a_book(*([str(n)] for n in range(5))), lists)
    assert {name: [row[0] for row in rows] for name, rows in lists.rows.items()} == {
        "Facts": ["0", "1"],
        "Facts 2": ["2", "3"],
        "Facts 3": ["4"],
    }


@pytest.mark.parametrize("words", ["", "a note", "x" * 10_000, "x" * LIMIT, "😀" * (LIMIT // 2)])
def test_a_text_that_a_cell_holds_stays_whole(words: str) -> None:
    """An emoji takes two units of the limit."""
    assert text_of(words) == words


@pytest.mark.parametrize("words", ["x" * (LIMIT + 1), "😀" * (LIMIT // 2 + 1), "a" + "😀" * LIMIT])
def test_a_longer_text_is_cut_with_a_mark(words: str) -> None:
    """Between two characters, and it says how long it was."""
    cut = text_of(words)
    kept, mark, length = cut.partition(" (cut here; ")
    assert words.startswith(kept)
    assert (mark != "", length) == (True, f"{len(words)} characters in all)")
    assert 32_000 < len(cut.encode("utf-16-le")) // 2 <= LIMIT


def test_a_text_is_printable() -> None:
    """As in every other format."""
    assert text_of(HOSTILE) == printable(HOSTILE)
    assert text_of("\ud800").isprintable()


@pytest.mark.parametrize(("value", "cell"), [(0, 0), (-3, -3), (10**15 - 1, 10**15 - 1), (10**15, "1" + "0" * 15)])
def test_a_number_is_exact(value: int, cell: int | str) -> None:
    """A spreadsheet has fifteen digits; a longer number is text."""
    assert number(value) == cell


@pytest.mark.parametrize(
    ("words", "cell"),
    [
        ("2026-09-14", date(2026, 9, 14)),
        ("1900-02-28", "1900-02-28"),
        ("20260914", "20260914"),
        ("2026-W38-1", "2026-W38-1"),
        ("tomorrow", "tomorrow"),
    ],
)
def test_a_day_is_a_date_if_a_spreadsheet_has_it(words: str, cell: date | str) -> None:
    """Excel thinks that 1900 had a 29th of February."""
    assert day(words) == cell


def test_a_time_is_three_cells() -> None:
    """The wall time there, the offset as text that is no formula, and UTC; to the second."""
    at = an_instant()
    local, offset, utc = Moments(EASTERN)(Instant(at.wall_us + 999_999, "boot", 0))
    assert (str(local), offset, str(utc)) == ("2026-09-14 10:42:00", "UTC-04:00", "2026-09-14 14:42:00")
    assert Moments(EASTERN)(None) == (None, None, None)


def test_a_time_before_excel_is_text() -> None:
    """Nothing is lost, and nothing fails."""
    local, _, utc = Moments(EASTERN)(Instant(-(2**52), "boot", 0))
    assert (local, utc) == ("1827-04-15 20:06:12", "1827-04-16 00:06:12")
