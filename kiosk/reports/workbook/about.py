"""The last sheet: what this copy is, and how to read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kiosk.record.disclosure.levels import Level
from kiosk.reports.exports.html import Page
from kiosk.reports.workbook.model import MOST_ROWS, MOST_UNITS, Column, Row, Sheet

SHEET: Final = Sheet(
    "About", "One row for each fact about this copy.", (Column("Fact", width=26), Column("Words", width=100))
)

_HOW: Final = (
    (
        "Times",
        "Each time has three columns: the wall time in the time zone of the computer that made this copy, its offset "
        "from UTC, and UTC. When the clocks go back, only UTC sorts in order. Times are to the second.",
    ),
    (
        "Withheld values",
        "A value that this copy does not show is marked (withheld), or its name is in the column Withheld values of "
        "the sheet Entries. The sheet Withheld has those that a person decided to withhold, with the ground.",
    ),
    (
        "Amended values",
        "An amendment replaces nothing: the original value is shown, and the newer ones with it. The sheet Amendments "
        "has all of them.",
    ),
    (
        "IDs",
        "The sheet Encounters has the present IDs of facts and outcomes. All other sheets have the IDs of the protocol "
        "of the record. The sheet Dictionary says what these mean.",
    ),
)
_TEXT: Final = (
    (
        "Text",
        "A character that can't be printed is shown by a symbol or its number, such as <U+202E>. Text longer than "
        f"{MOST_UNITS:,} characters is cut, and marked (cut here). A row shows at most 27 lines; the cell has all of "
        "them.",
    ),
    (
        "CSV",
        "In a CSV file, an apostrophe is in front of text that a spreadsheet would take for a formula or change, such "
        "as '0023.",
    ),
    ("Long sheets", f"A sheet with more than {MOST_ROWS:,} rows continues on a sheet of the same name and a number."),
)


def rows(page: Page, sheets: Iterable[Sheet], protocols: Sequence[str]) -> Iterator[Row]:
    """Yield a row for each fact. page: describes the copy. protocols: the versions that its records followed."""
    yield from page.label.lines
    yield from page.about
    people = ", ".join(dict.fromkeys(made.by for made in page.chosen.values()))
    yield "Made by", people or "The command asks for no name; the log has the time."
    if page.level > Level.STATISTICS:
        for protocol in protocols or ("none",):
            yield "Protocol", protocol
        yield from _HOW
    yield from _TEXT
    for sheet in sheets:
        yield f"Sheet {sheet.name}", sheet.about
