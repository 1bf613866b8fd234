"""A report as lines of text for the terminal; a figure is a table with bars of block characters."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from kiosk.layout.cells import cells
from kiosk.record.printable import printable
from kiosk.reports.figures.figure import Figure, Table
from kiosk.reports.figures.stacked import ALL
from kiosk.reports.period.model import Report

_BAR: Final = 24
_COUNTS: Final = {ALL, "Encounters"}
_NUMBER: Final = re.compile(r"[\d.]+|none|never|\(withheld\)|unknown")
_EIGHTHS: Final = " ▏▎▍▌▋▊▉"


def lines(report: Report) -> Iterator[str]:
    """Return the report, line by line, without line ends. What can't be seen is made visible."""
    return map(printable, _lines(report))


def _lines(report: Report) -> Iterator[str]:
    yield from (report.title, report.summary, report.mark, "")
    yield from _columns([(big.number, big.words) for big in report.big], right={0})
    for section in report.sections:
        yield from ("", section.title.upper())
        for figure in section.figures:
            yield from _figure(figure)
        if section.figures and section.words:
            yield ""
        yield from section.words
        for table in section.tables:
            yield from _table(table)
    if report.signing:
        yield from ("", f"{report.signing} ____________________")
    yield from ("", "ABOUT THIS REPORT")
    yield from _columns(report.about)


def _figure(figure: Figure) -> Iterator[str]:
    if figure.svg:
        yield figure.sentence
    if figure.table.rows:
        yield from _table(figure.table, bars=len(figure.table.head) == 2 or figure.table.head[-1] in _COUNTS)


def _table(table: Table, *, bars: bool = False) -> Iterator[str]:
    """Return a table. bars: the last column also as bars."""
    numbers = [int(row[-1]) if row[-1].isdigit() else 0 for row in table.rows]
    most = max(numbers, default=0)
    ends = [(f"▕{bar(n, most)}",) if bars and most else () for n in numbers]
    head = (*table.head, *(("",) if bars and most else ()))
    right = {n for n in range(1, len(table.head)) if all(_is_number(row[n]) for row in table.rows)}
    yield ""
    yield table.caption
    yield from _columns([head, *((*row, *end) for row, end in zip(table.rows, ends, strict=True))], right)


def bar(count: int, most: int) -> str:
    """Return a bar of block characters, to an eighth of one; never empty for a number that is not 0."""
    eighths = max(round(_BAR * 8 * count / most), 1) if count else 0
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def _is_number(words: str) -> bool:
    return _NUMBER.fullmatch(words) is not None


def _columns(rows: Sequence[Sequence[str]], right: Collection[int] = ()) -> Iterator[str]:
    """Return rows of cells, two blanks between columns; those in `right` end at their right edge."""
    said = [[printable(cell) for cell in row] for row in rows]  # as it is measured
    wide = [max(map(cells, column)) for column in zip(*said, strict=True)]
    for row in said:
        padded = [
            " " * (w - cells(c)) + c if n in right else c + " " * (w - cells(c))
            for n, (c, w) in enumerate(zip(row, wide, strict=True))
        ]
        yield "  ".join(padded).rstrip()
