"""Counts as bars: words on the left, the number at the end, no axis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from kiosk.reports.figures.drawing import BLUE, INK, SIZE, WHITE, WIDTH, Drawing
from kiosk.reports.figures.figure import LEAST_DRAWN, Figure, Table
from kiosk.reports.figures.labels import lines, width
from kiosk.worded import many

MOST_ROWS: Final = 14
"""More rows are drawn as one, and are all in the table."""

_LABELS: Final = 232
_LINE: Final = 15
_HIGH: Final = 16

WITHHELD: Final = "(withheld)"

Rows = Sequence[tuple[str, int | None]]
"""(words, number); None: withheld, so there is no bar."""


def bars(rows: Rows, prefix: str, title: str, column: str, sentence: str) -> Figure:
    """Return a bar for each row, in this order. column: what a row is."""
    table = Table(title, (column, "Number"), tuple((words, _said(count)) for words, count in rows))
    description = ("; ".join(f"{words}: {_said(count)}" for words, count in rows) or "None") + "."
    if sum(count or 0 for _, count in rows) < LEAST_DRAWN:
        return Figure("", title, description, description, table)
    drawing = Drawing(prefix, title, description)
    shown = _at_most(rows)
    widest = max(count or 0 for _, count in shown)
    room = WIDTH - _LABELS - 14 - max(width(_said(count), SIZE, bold=True) for _, count in shown)
    y = 4.0
    for words, count in shown:
        y = row_label(drawing, words, y)
        long = room * (count or 0) / widest
        middle = y - row_height(words) / 2
        if count:
            drawing.rect(_LABELS, middle - _HIGH / 2, long, _HIGH, BLUE, outline=INK)
        drawing.text(_LABELS + long + 7, middle + 4, _said(count), bold=True)
    return Figure(drawing.svg(y + 2), title, description, sentence, table)


class Share(NamedTuple):
    """What a row is, what is counted in it, and in the dark part of its bar. short: `all` in the key."""

    row: str
    all: str
    part: str
    short: str


def shares(rows: Sequence[tuple[str, int, int]], of: Share, prefix: str, title: str, sentence: str) -> Figure:
    """Return a white bar for the number of all with a dark part for some of them.

    rows: (words, all, some), in this order.
    """
    table = Table(title, (of.row, of.all, of.part), tuple((words, str(all_), str(some)) for words, all_, some in rows))
    said = "; ".join(f"{words}: {of.part.lower()}, {_of(all_, some)}" for words, all_, some in rows)
    description = (said or "None") + "."
    if sum(all_ for _, all_, _ in rows) < LEAST_DRAWN:
        return Figure("", title, description, description, table)
    drawing, y = Drawing(prefix, title, description), 26.0
    _key(drawing, of)
    shown = _shares_at_most(rows)
    widest = max(all_ for _, all_, _ in shown)
    room = WIDTH - _LABELS - 14 - max(width(_of(all_, some), SIZE, bold=True) for _, all_, some in shown)
    for words, all_, some in shown:
        y = row_label(drawing, words, y)
        middle, scale = y - row_height(words) / 2, room / widest
        if all_:
            drawing.rect(_LABELS, middle - _HIGH / 2, all_ * scale, _HIGH, WHITE, outline=INK)
        if some:
            drawing.rect(_LABELS, middle - _HIGH / 2, some * scale, _HIGH, BLUE, outline=INK)
        drawing.text(_LABELS + all_ * scale + 7, middle + 4, _of(all_, some), bold=True)
    return Figure(drawing.svg(y + 2), title, description, sentence, table)


def row_height(words: str) -> float:
    """Return the height of a row with this label."""
    return 11 + _LINE * len(lines(words, _LABELS - 14, SIZE))


def row_label(drawing: Drawing, words: str, y: float) -> float:
    """Write the label of a row whose top is `y`, on at most two lines; return its foot."""
    said = lines(words, _LABELS - 14, SIZE)
    middle = y + row_height(words) / 2
    for n, line in enumerate(said):
        drawing.text(_LABELS - 10, middle + 4 + _LINE * (n - (len(said) - 1) / 2), line, anchor="end")
    return y + row_height(words)


def _at_most(rows: Rows) -> Rows:
    if len(rows) <= MOST_ROWS:
        return rows
    rest = rows[MOST_ROWS - 1 :]
    counts = [count for _, count in rest if count is not None]
    return [*rows[: MOST_ROWS - 1], (f"{len(rest)} others", sum(counts) if len(counts) == len(rest) else None)]


def _said(count: int | None) -> str:
    return WITHHELD if count is None else str(count)


def _shares_at_most(rows: Sequence[tuple[str, int, int]]) -> Sequence[tuple[str, int, int]]:
    if len(rows) <= 24:  # the hours of a day
        return rows
    rest = rows[23:]
    return [*rows[:23], (f"{len(rest)} others", sum(row[1] for row in rest), sum(row[2] for row in rest))]


def _of(all_: int, some: int) -> str:
    return f"{some} of {all_}"


def _key(drawing: Drawing, of: Share) -> None:
    drawing.rect(_LABELS, 4, 14, 14, BLUE, outline=INK)
    drawing.text(_LABELS + 20, 15, of.part)
    at = _LABELS + 20 + width(of.part, SIZE) + 18
    drawing.rect(at, 4, 14, 14, WHITE, outline=INK)
    drawing.text(at + 20, 15, of.short)


def most_of(rows: Rows, what: str) -> str:
    """Return the sentence about the longest bar. what: one of the things counted, such as “encounter”."""
    known = [(words, count) for words, count in rows if count]
    total = sum(count for _, count in known)
    words, most = max(known, key=lambda row: row[1], default=("", 0))
    return f"{words}: {most} of {many(total, what)}." if known else "None."
