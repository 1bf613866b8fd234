"""Counts by month, in each format of an export. `record/disclosure/statistics.py` has the rule of suppression.

A suppressed count is null in JSON, and `(withheld)` in a sheet and on a page.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kiosk.record.disclosure.statistics import LEAST, Categories, Division, Month
from kiosk.reports import pages
from kiosk.reports.exports.csv import BOM
from kiosk.reports.formatting import cell
from kiosk.reports.label import Label

_WITHHELD: Final = "(withheld)"
ABOUT: Final = (
    f"Each month is counted when it is over. “{_WITHHELD}”: some encounters, but fewer than {LEAST}, or a number from "
    f"which such a small one would follow."
)


@dataclass(frozen=True, slots=True)
class Table:
    """The counts. months: the rows; about: (title, words) pairs for the top of a page."""

    label: Label
    within: Categories
    months: Sequence[Month]
    about: Iterable[tuple[str, str]] = ()


def lines(table: Table) -> Iterator[str]:
    """Return one line of JSON for each month, without line ends."""
    for one in table.months:
        divided = {by.value: dict(one.divided[by]) for by in Division}
        values: dict[str, Any] = {"month": one.name, "encounters": one.encounters, **divided}
        yield json.dumps(values | {"suppressed_below": LEAST} | table.label.columns)


def sheet(table: Table) -> Iterator[str]:
    """Return the sheet, piece by piece: one row for each month."""
    named = [(by, category) for by in Division for category in table.within[by]]
    last = {"suppressed_below": str(LEAST), **table.label.columns}
    yield BOM + _line(["month", "encounters", *(f"{by}.{category}" for by, category in named), *last])
    for one in table.months:
        counts = (shown(one.divided[by][category]) for by, category in named)
        yield _line([one.name, shown(one.encounters), *counts, *last.values()])


def page(table: Table) -> Iterator[str]:
    """Return the page, piece by piece: a table for each division."""
    tables = [
        (
            by.words,
            table.within[by],
            [
                (one.name, shown(one.encounters), [shown(one.divided[by][name]) for name in table.within[by]])
                for one in table.months
            ],
        )
        for by in Division
    ]
    title = f"Encounters by month{table.label.heading}"
    about = [*table.label.lines, *table.about]
    return pages.pieces("statistics.html.j2", title=title, about=about, note=ABOUT, tables=tables)


def shown(count: int | None) -> str:
    """Return a count, or that it is suppressed."""
    return _WITHHELD if count is None else str(count)


def _line(cells: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow([cell(words) for words in cells])
    return text.getvalue()
