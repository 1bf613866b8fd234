"""The sheet of the level statistics: counts by month."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kiosk.record.disclosure.statistics import LEAST, Categories, Division, Month
from kiosk.reports.exports.statistics import Table
from kiosk.reports.workbook.model import Cell, Column, Kind, Row, Sheet

_WITHHELD: Final = "(withheld)"


def sheet(within: Categories) -> Sheet:
    """Return the sheet, with a column for each category."""
    counts = (Column(f"{by}: {category}", Kind.NUMBER, 14) for by in Division for category in within[by])
    return Sheet(
        "Months",
        f"One row for each month that is over. {_WITHHELD}: some encounters, but fewer than {LEAST}, or a number from "
        "which such a small one would follow.",
        (
            Column("Month", width=9),
            Column("Encounters", Kind.NUMBER, 12),
            *counts,
            Column("Suppressed below", Kind.NUMBER, 12),
            Column("Disclosure level", width=12),
            Column("Period", width=20),
            Column("School", width=24),
            Column("Mode", width=9),
        ),
    )


def rows(table: Table) -> Iterator[Row]:
    """Yield the row of each month."""
    for month in table.months:
        yield month.name, *_counts(month, table.within), LEAST, *table.label.columns.values()


def _counts(month: Month, within: Categories) -> Iterator[Cell]:
    yield _shown(month.encounters)
    for by in Division:
        yield from (_shown(month.divided[by][category]) for category in within[by])


def _shown(count: int | None) -> Cell:
    return _WITHHELD if count is None else count
