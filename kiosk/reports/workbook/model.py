"""The model of a workbook: sheets with typed columns, and the rows of each. Both formats are written from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto
from typing import Final, Protocol

from kiosk.record.printable import printable
from kiosk.reports.label import Label

Cell = str | int | date | datetime | None
"""A cell. Text is as recorded: `text_of` makes it safe. None is an empty cell. Times have no zone."""

Row = Sequence[Cell]

MOST_ROWS: Final = 1_000_000
"""Rows of a sheet, below its head; the next are on a sheet of the same name and a number. Excel takes 1,048,576."""

MOST_UNITS: Final = 32_767
"""Length of the longest text that a cell of Excel holds, in UTF-16 code units."""

_KEPT: Final = 32_700
_EXACT: Final = 10**15
"""Excel has 15 digits of a number. Larger ones are text."""

FIRST_YEAR: Final = 1901
"""Excel has no day before 1900, and a wrong one in it. Earlier ones are text."""


class Kind(Enum):
    """The type of a column's values. A cell of any column can also be text, such as `(refused)`."""

    TEXT = auto()
    NUMBER = auto()
    DATE = auto()
    TIME = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """A column. label: its head, different from each other one of the sheet. width: in characters."""

    label: str
    kind: Kind = Kind.TEXT
    width: int = 16


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet. about: one sentence that says what a row is."""

    name: str
    about: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Sheets that are written together. rows: returns each row with the number of its sheet in `sheets`."""

    sheets: tuple[Sheet, ...]
    rows: Callable[[], Iterator[tuple[int, Row]]]


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook. label: the copy's. made: when, in UTC. whom: the recipient. parts: in the order of the sheets."""

    label: Label
    made: datetime
    whom: str
    parts: tuple[Part, ...]

    @property
    def title(self) -> str:
        """Its title."""
        return f"Copy of records{self.label.heading}"


class Format(Protocol):
    """A file that takes sheets."""

    def sheet(self, sheet: Sheet, name: str) -> Callable[[Row], None]:
        """Start a sheet under this name, with its head; return the function that adds a row."""


def fill(book: Book, file: Format) -> None:
    """Write all rows of a book. A sheet with too many continues on the next one."""
    for part in book.parts:
        targets = [_Target(file, sheet) for sheet in part.sheets]
        for number, row in part.rows():
            targets[number].add(row)


class _Target:
    def __init__(self, file: Format, sheet: Sheet) -> None:
        self._file, self._sheet, self._number, self._left = file, sheet, 1, MOST_ROWS
        self._add = file.sheet(sheet, sheet.name)

    def add(self, row: Row) -> None:
        if not self._left:
            self._number, self._left = self._number + 1, MOST_ROWS
            self._add = self._file.sheet(self._sheet, f"{self._sheet.name} {self._number}")
        self._left -= 1
        self._add(row)


def number(value: int) -> Cell:
    """Return a number as a cell."""
    return value if abs(value) < _EXACT else str(value)


def text_of(words: str) -> str:
    """Return a text as both formats write it: printable, and cut with a mark if no cell of Excel could hold it."""
    shown = printable(words)
    if len(shown) <= MOST_UNITS // 2 or len(shown.encode("utf-16-le")) // 2 <= MOST_UNITS:
        return shown
    kept = shown.encode("utf-16-le")[: 2 * _KEPT].decode("utf-16-le", "ignore")
    return f"{kept} (cut here; {len(shown)} characters in all)"
