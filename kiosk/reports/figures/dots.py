"""A dot for each encounter on an axis of minutes, a row for each school, a line at the median, rings for “never”."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median
from typing import Final, NamedTuple

from kiosk.reports.figures.drawing import GRAY, GRID, INK, SIZE, SMALL, WIDTH, Drawing
from kiosk.reports.figures.figure import LEAST_DRAWN, Figure, Table, plain, spelled
from kiosk.reports.figures.labels import lines, width
from kiosk.worded import many

MOST_ROWS: Final = 14
"""More schools are only in the table."""

_LABELS: Final = 176
_NEVER: Final = 92
_LATER: Final = 74
_RADIUS: Final = 3.5
_RADII: Final = (_RADIUS, 2.8, 2.2, 1.7)
_MOST_HIGH: Final = 130


@dataclass(frozen=True, slots=True)
class Row:
    """One school. reached: (minutes, record number) of each record in which a person was reached; never: the others."""

    school: str
    reached: Sequence[tuple[float, str]]
    never: Sequence[str]

    @property
    def median(self) -> float | None:
        """The median of the minutes; None without any."""
        return median(minutes for minutes, _ in self.reached) if self.reached else None

    @property
    def count(self) -> int:
        """The number of its dots and rings."""
        return len(self.reached) + len(self.never)


def dots(rows: Sequence[Row], prefix: str, title: str, links: Collection[str] = ()) -> Figure:
    """Return the rows, in this order. links: the record numbers that are ids of elements on the page."""
    head = ("School", "Reached a person", "Median minutes", "Shortest", "Longest", "Never")
    table = Table(title, head, tuple(map(_cells, rows)))
    description = " ".join(map(_in_words, rows)) or "None."
    if sum(row.count for row in rows) < LEAST_DRAWN:
        return Figure("", title, description, description, table)
    drawn = sorted(rows, key=lambda row: -row.count)[:MOST_ROWS]
    plot = _Plot([row for row in rows if row in drawn and row.count], frozenset(links))
    sentence = _sentence(rows)
    if left := sum(row.count > 0 for row in rows) - len(plot.rows):
        sentence += f" {many(left, 'more school is', 'more schools are')} in the table."
    return Figure(plot.svg(Drawing(prefix, title, description)), title, description, sentence, table)


def _cells(row: Row) -> tuple[str, ...]:
    minutes = [one for one, _ in row.reached]
    found = [plain(n) for n in (row.median or 0, min(minutes), max(minutes))] if minutes else ["none"] * 3
    return row.school, str(len(minutes)), *found, str(len(row.never))


def _in_words(row: Row) -> str:
    never = f"; {len(row.never)} never" if row.never else ""
    if row.median is None:
        return f"{row.school}: none reached{never}."
    minutes = [one for one, _ in row.reached]
    spread = f"from {plain(min(minutes))} to {plain(max(minutes))}, median {plain(row.median)} minutes"
    return f"{row.school}: {len(minutes)} reached, {spread}{never}."


def _sentence(rows: Sequence[Row]) -> str:
    minutes = [one for row in rows for one, _ in row.reached]
    never = sum(len(row.never) for row in rows)
    rest = f"{spelled(never)} never {'was' if never == 1 else 'were'}" if never else "in every encounter somebody was"
    if not minutes:
        return f"Nobody was reached in {many(never, 'encounter')}."
    return f"Half were reached within {plain(median(minutes))} minutes; {rest}."


class _Placed(NamedTuple):
    """The dots of a row. at: (x, height over the line) of each."""

    radius: float
    at: list[tuple[float, float]]

    @property
    def high(self) -> float:
        """The height of the highest over the line, or of the lowest under it."""
        return max((abs(up) for _, up in self.at), default=0)


class _Plot:
    """The drawing. Minutes beyond the axis have a column of their own, so that a late one does not squeeze the rest."""

    def __init__(self, rows: Sequence[Row], links: frozenset[str]) -> None:
        self.rows, self._links = rows, links
        minutes = sorted(one for row in rows for one, _ in row.reached)
        usual = minutes[int(len(minutes) * 0.9)] if minutes else 0
        self._step = _step(min(max(minutes, default=0), max(2 * usual, 10)))
        self._end = self._step * max(1, ceil(min(max(minutes, default=0), max(2 * usual, 10)) / self._step))
        self._later = any(one > self._end for one in minutes)
        self._never = any(row.never for row in rows)
        self._right = WIDTH - 18 - _NEVER * self._never - _LATER * self._later

    def svg(self, to: Drawing) -> str:
        """Draw it, and return the drawing."""
        on_axis = [[one for one, _ in sorted(row.reached) if one <= self._end] for row in self.rows]
        placed = [_placed([self._x(minutes) for minutes in row]) for row in on_axis]
        heights = [max(46.0, 2 * row.high + 34) for row in placed]
        foot = 6 + sum(heights)
        for n in range(0, self._end + 1, self._step):
            to.line(self._x(n), 6, self._x(n), foot, GRID)
            to.text(self._x(n), foot + 16, str(n), anchor="middle", size=SMALL, fill=GRAY)
        to.text((_LABELS + self._right) / 2, foot + 34, "minutes", anchor="middle", size=SMALL, fill=GRAY)
        columns = [(f"over {self._end}", self._later, _LATER), ("never", self._never, _NEVER)]
        x = float(self._right) + 8
        for words, there, wide in columns:
            if there:
                to.line(x, 6, x, foot, INK, dash="3 3")
                to.text(x + wide / 2, foot + 16, words, anchor="middle", size=SMALL, fill=GRAY)
                x += wide
        y = 6.0
        for row, at, high in zip(self.rows, placed, heights, strict=True):
            self._row(to, row, at, y + (high - 14) / 2)
            y += high
        return to.svg(foot + 42)

    def _row(self, to: Drawing, row: Row, at: _Placed, middle: float) -> None:
        to.line(_LABELS, middle, self._right, middle, GRID)
        said = lines(row.school, _LABELS - 16, SIZE)
        for n, line in enumerate(said):
            to.text(_LABELS - 12, middle + 4 + 15 * (n - (len(said) - 1) / 2), line, anchor="end")
        later = [(minutes, no) for minutes, no in sorted(row.reached) if minutes > self._end]
        shown = [(minutes, no) for minutes, no in sorted(row.reached) if minutes <= self._end]
        for (x, up), (minutes, no) in zip(at.at, shown, strict=True):
            to.dot(x, middle - up, at.radius, label=f"{no}: {plain(minutes)} minutes", link=self._link(no))
        start = float(self._right) + 8
        if self._later:
            names = [(f"{no}: {plain(minutes)} minutes", no) for minutes, no in later]
            self._group(to, names, start, _LATER, middle, open_=False)
            start += _LATER
        if self._never:
            self._group(to, [(f"{no}: never", no) for no in row.never], start, _NEVER, middle, open_=True)
        if row.median is not None and row.median <= self._end:
            self._median(to, row.median, middle, at.high)

    def _median(self, to: Drawing, found: float, middle: float, high: float) -> None:
        x, words = self._x(found), f"median {plain(found)}"
        to.line(x, middle - max(11, high + 6), x, middle + max(11, high + 6), INK, width=2)
        at_end = x + 5 + width(words, SMALL, bold=True) > self._right
        to.text(
            x - 4 if at_end else x + 4,
            middle + max(11, high + 6) + 8,
            words,
            size=SMALL,
            bold=True,
            anchor="end" if at_end else "start",
        )

    def _group(
        self, to: Drawing, names: Sequence[tuple[str, str]], x: float, wide: float, middle: float, *, open_: bool
    ) -> None:
        """Draw dots side by side in a column; of many, as many as there is room for, and their number."""
        apart, across = 11.0, int((wide - 16) // 11)
        most = across * 3
        shown = names if len(names) <= most else names[:across]
        rows = ceil(len(shown) / across)
        for n, (label, no) in enumerate(shown):
            line, in_line = divmod(n, across)
            here = min(across, len(shown) - line * across)
            cx = x + wide / 2 + apart * (in_line - (here - 1) / 2)
            to.dot(
                cx,
                middle + apart * (line - (rows - 1) / 2),
                _RADIUS + 0.5 * open_,
                open_=open_,
                label=label,
                link=self._link(no),
            )
        if len(names) > most:
            to.text(x + wide / 2, middle + 18, f"{len(names)} in all", anchor="middle", size=SMALL)

    def _link(self, no: str) -> str:
        return no if no in self._links and all(c.isascii() and (c.isalnum() or c == "-") for c in no) else ""

    def _x(self, minutes: float) -> float:
        return _LABELS + 4 + (self._right - _LABELS - 8) * minutes / self._end


def _placed(xs: Sequence[float]) -> _Placed:
    """Place the dots: those that would cover each other stand above and below the line; many are smaller."""
    for radius in _RADII:
        columns: dict[int, int] = {}
        found = []
        for x in xs:
            column = round(x / (2 * radius))
            n = columns[column] = columns.get(column, -1) + 1
            found.append((x, (n + 1) // 2 * (1 if n % 2 else -1)))
        high = max((abs(up) for _, up in found), default=0)
        if 4 * radius * high <= _MOST_HIGH:
            break
    apart = min(2 * radius, _MOST_HIGH / 2 / high) if high else 0
    return _Placed(radius, [(x, up * apart) for x, up in found])


def _step(most: float) -> int:
    """Return the step of an axis of minutes with at most six steps."""
    scale = 1
    while True:
        for step in (scale, 2 * scale, 5 * scale):
            if step * 6 >= most:
                return step
        scale *= 10
