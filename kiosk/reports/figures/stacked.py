"""Bars by month, each divided by kind: the count in each part, the sum on top."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import ceil
from typing import Final

from kiosk.reports.figures.drawing import GRAY, GRID, INK, KINDS, SIZE, SMALL, WHITE, WIDTH, Drawing
from kiosk.reports.figures.figure import LEAST_DRAWN, Figure, Table, capital, spelled
from kiosk.reports.figures.labels import shortened, width
from kiosk.worded import many

MOST_MONTHS: Final = 36
"""More months are drawn by year."""

OTHER: Final = "Other"
ALL: Final = "All"
_MOST_COLUMNS: Final = 6
_NAMES: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FULL: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_LEFT, _RIGHT, _HIGH, _WIDEST = 44, 12, 210, 58
_KEY: Final = 14
_KEY_ROOM: Final = 260

Counts = Mapping[tuple[str, str], int]
"""(month as 2026-09, kind) → number of encounters."""


def month_words(month: str) -> str:
    """Return a month such as 2026-09 in words: “September 2026”; a year stays a year."""
    year, _, of_year = month.partition("-")
    return f"{_FULL[int(of_year) - 1]} {year}" if of_year else year


def stacked(counts: Counts, months: Sequence[str], prefix: str, title: str) -> Figure:
    """Return the bars of these months, which hold every month of the counts, in order."""
    total = sum(counts.values())
    kinds = [kind for kind, _ in _by_kind(counts)]
    by_year = len(months) > MOST_MONTHS
    shown, columns = (_years(counts), list(dict.fromkeys(m[:4] for m in months))) if by_year else (counts, [*months])
    sums = {column: sum(n for (month, _), n in shown.items() if month == column) for column in columns}
    table = Table(title, *_cells("Year" if by_year else "Month", shown, columns, kinds, sums))
    description = _in_words(shown, columns, kinds, sums)
    if total < LEAST_DRAWN:
        return Figure("", title, description, description, table)
    drawn = _Bars(shown, columns, kinds, sums).svg(Drawing(prefix, title, description))
    return Figure(drawn, title, description, _sentence(sums, total), table)


def _cells(
    what: str, counts: Counts, columns: Sequence[str], kinds: Sequence[str], sums: Mapping[str, int]
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return head and rows: a column for each kind; of many kinds, a row for each that a month has."""
    if len(kinds) <= _MOST_COLUMNS:
        rows = [
            (month_words(column), *(str(counts.get((column, kind), 0)) for kind in kinds), str(sums[column]))
            for column in columns
        ]
        return (what, *kinds, ALL), tuple(rows)
    long = []
    for column in columns:
        long.append((month_words(column), ALL, str(sums[column])))
        found = ((kind, counts.get((column, kind), 0)) for kind in kinds)
        long += [(month_words(column), kind, str(count)) for kind, count in found if count]
    return (what, "Kind", "Encounters"), tuple(long)


def _by_kind(counts: Counts) -> list[tuple[str, int]]:
    found = Counter[str]()
    for (_, kind), count in counts.items():
        found[kind] += count
    return sorted(found.items(), key=lambda one: (-one[1], one[0]))


def _years(counts: Counts) -> Counts:
    found = Counter[tuple[str, str]]()
    for (month, kind), count in counts.items():
        found[month[:4], kind] += count
    return found


def _in_words(counts: Counts, columns: Sequence[str], kinds: Sequence[str], sums: Mapping[str, int]) -> str:
    def one(column: str) -> str:
        parts = [f"{kind} {n}" for kind in kinds if (n := counts.get((column, kind), 0))]
        return f"{month_words(column)}: {sums[column]}" + (f" ({', '.join(parts)})" if parts else "")

    return ("; ".join(one(column) for column in columns if sums[column]) or "None") + "."


def _sentence(sums: Mapping[str, int], total: int) -> str:
    most = max(sums.values())
    top = [month for month, count in sums.items() if count == most]
    if len(sums) == 1:
        return f"All {total} were in {month_words(top[0])}."
    if len(top) > 3:
        return f"{capital(spelled(len(top)))} months had {most} each, the most; there were {many(total, 'encounter')}."
    named = " and ".join(
        [", ".join(map(month_words, top[:-1])), month_words(top[-1])] if top[1:] else [month_words(top[0])]
    )
    return f"{named} had {most} of the {total} encounters{' each' if top[1:] else ''}."


class _Bars:
    """The drawing: a legend, a grid, a bar for each month."""

    def __init__(self, counts: Counts, columns: Sequence[str], kinds: Sequence[str], sums: Mapping[str, int]) -> None:
        self._counts, self._columns, self._sums = counts, columns, sums
        rest = kinds[KINDS - 1 :] if len(kinds) > KINDS else ()
        self._kinds: list[tuple[str, tuple[str, ...]]] = [
            (kind, (kind,)) for kind in (kinds[: KINDS - 1] if rest else kinds)
        ]
        if rest:
            self._kinds.append((OTHER, tuple(rest)))
        self._step = _step(max(sums.values()))
        self._top = ceil(max(sums.values()) / self._step) * self._step
        self._slot = (WIDTH - _LEFT - _RIGHT) / len(columns)
        self._wide = min(_WIDEST, self._slot * 0.7)

    def svg(self, to: Drawing) -> str:
        """Draw it, and return the drawing."""
        foot = self._legend(to) + 24 + _HIGH
        for n in range(0, self._top + 1, self._step):
            y = foot - _HIGH * n / self._top
            to.line(_LEFT, y, WIDTH - _RIGHT, y, INK if n == 0 else GRID)
            to.text(_LEFT - 8, y + 4, str(n), anchor="end", size=SMALL, fill=GRAY)
        for at, column in enumerate(self._columns):
            self._bar(to, column, _LEFT + self._slot * (at + 0.5), foot)
            self._name(to, at, column, foot)
        return to.svg(foot + (34 if self._columns[0][4:] else 22))

    def _bar(self, to: Drawing, column: str, middle: float, foot: float) -> None:
        y = foot
        for n, (_, kinds) in enumerate(self._kinds):
            count = sum(self._counts.get((column, kind), 0) for kind in kinds)
            high = _HIGH * count / self._top
            if not count:
                continue
            y -= high
            to.part(n, middle - self._wide / 2, y, self._wide, high)
            room = width(str(count), SMALL, bold=True) + 6
            if high >= 12.5 and room <= self._wide:
                if n:
                    to.rect(middle - room / 2, y + high / 2 - 6, room, 12, WHITE)
                to.text(
                    middle,
                    y + high / 2 + 4,
                    str(count),
                    anchor="middle",
                    size=SMALL,
                    bold=True,
                    fill=INK if n else WHITE,
                )
        total = self._sums[column]
        if total and width(str(total), SIZE, bold=True) <= self._slot:
            to.text(middle, y - 5, str(total), anchor="middle", bold=True)

    def _name(self, to: Drawing, at: int, column: str, foot: float) -> None:
        year, _, of_year = column.partition("-")
        middle = _LEFT + self._slot * (at + 0.5)
        if not of_year:
            to.text(middle, foot + 16, year, anchor="middle")
            return
        every = next(n for n in (1, 3, 6, 12) if self._slot * n >= 30)
        if (int(of_year) - 1) % every == 0:
            to.text(middle, foot + 16, _NAMES[int(of_year) - 1], anchor="middle", size=SMALL)
        if at == 0 or of_year == "01":
            begins = at == 0 and "01" in {c[5:] for c in self._columns[1 : ceil(34 / self._slot)]}
            if not begins:
                to.text(middle, foot + 30, year, anchor="middle", size=SMALL, fill=GRAY)

    def _legend(self, to: Drawing) -> float:
        """Draw the legend, in the order of the stack; return its foot."""
        x, y = float(_LEFT), 4.0
        for n, (kind, _) in enumerate(self._kinds):
            words = shortened(kind, _KEY_ROOM, SIZE)
            wide = _KEY + 6 + width(words, SIZE) + 18
            if x > _LEFT and x + wide - 18 > WIDTH - _RIGHT:
                x, y = float(_LEFT), y + 21
            to.part(n, x, y, _KEY, _KEY)
            to.text(x + _KEY + 6, y + 11, words)
            x += wide
        return y + _KEY


def _step(most: int) -> int:
    """Return the step of a grid of whole numbers with at most five steps: 1, 2 or 5 times a power of ten."""
    scale = 1
    while True:
        for step in (scale, 2 * scale, 5 * scale):
            if step * 5 >= most:
                return step
        scale *= 10
