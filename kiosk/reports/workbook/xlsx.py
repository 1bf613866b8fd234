"""A book as an Excel workbook. Every cell is written by its type; text is never a formula, an address or markup.

Rows go to files in a folder first, so memory stays the same. The same book makes the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from io import BytesIO
from math import ceil
from pathlib import Path
from typing import Any, BinaryIO, Final

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from kiosk.record.printable import printable
from kiosk.reports.workbook.model import Book, Kind, Row, Sheet, fill, text_of

_MOST_IN_TABLE: Final = 20_000
"""Rows of a sheet that is a table of Excel; a longer one has a filter in its head instead."""

_LINE: Final = 15
_MOST_LINES: Final = 27
"""Lines of a row; with more, it would be higher than the 409 points that Excel allows."""

_PAGE: Final = 170
"""Characters that are readable beside each other on a landscape page."""

_LETTER: Final = 1
_MOST_IN_MARGIN: Final = 70

_CHARACTER: Final = re.compile("_(?=x[0-9a-fA-F]{4}_)")

_NUMBER_FORMATS: Final[Mapping[Kind, str]] = {
    Kind.TEXT: "@",
    Kind.NUMBER: "0",
    Kind.DATE: "yyyy-mm-dd",
    Kind.TIME: "yyyy-mm-dd hh:mm:ss",
}
"""With the format of text, a cell such as 0023 stays text when a person edits it."""


def write(book: Book, file: BinaryIO, folder: Path) -> None:
    """Write the workbook to `file`. folder: for its parts until then. Raises OSError."""
    outlet = _Outlet(file)
    made = _File(book, outlet, folder)
    try:
        fill(book, made)
        made.finish()
    except FileCreateError as error:
        raise error.args[0] from error  # the OSError that it stands for
    finally:
        outlet.close()
        made.close()


class _Outlet:
    """The file until it is closed, and nothing afterwards: after an error, the archive still writes its end when it is
    collected.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file: BinaryIO | None = file

    def write(self, data: bytes) -> int:
        return self._file.write(data) if self._file else len(data)

    def seek(self, place: int, whence: int = 0) -> int:
        return self._file.seek(place, whence) if self._file else 0

    def tell(self) -> int:
        return self._file.tell() if self._file else 0

    def flush(self) -> None:
        if self._file:
            self._file.flush()

    def close(self) -> None:
        self._file = None


class _PlainSheet(Worksheet):  # type: ignore[misc]  # the library has no types
    """A sheet whose text is never markup: the library takes text from `<r>` to `</r>` for its own."""

    def _xml_rich_inline_string(self, string: str, attributes: list[tuple[str, object]]) -> None:
        self._xml_inline_string(string, False, attributes)

    @staticmethod
    def _escape_control_characters(data: str) -> str:
        # Excel reads `_x000D_` as a character. The library's own escape misses one that shares its first underscore
        # with the one before, as in `_x005F_x000D_`. Control characters are visible symbols already.
        return _escaped(data)


def _escaped(words: str) -> str:
    return _CHARACTER.sub("_x005F_", words) if "_x" in words else words


class _File:
    """The workbook. `fill` gives it the sheets."""

    def __init__(self, book: Book, file: _Outlet, folder: Path) -> None:
        self._book, self._sheets = book, list[_Sheet]()
        self._workbook = Workbook(file, {"constant_memory": True, "tmpdir": str(folder)})
        self._workbook.use_zip64()  # only for a part of more than 4 GB
        self._workbook.set_properties(
            {
                "title": book.title,
                "subject": f"Disclosure level {book.label.columns['level']}; {book.label.period}",
                "company": printable(book.label.school),
                "created": book.made,
            }
        )
        self._formats = _Formats(self._workbook)

    def sheet(self, sheet: Sheet, name: str) -> Callable[[Row], None]:
        """Start a sheet, with the heads of its columns; return the function that adds a row."""
        target = self._workbook.add_worksheet(name, _PlainSheet)
        made = _Sheet(target, sheet, name, self._formats)
        self._sheets.append(made)
        _prepare_print(target, sheet, name, self._book)
        return made.add

    def finish(self) -> None:
        """Write all sheets into the file."""
        for sheet in self._sheets:
            sheet.finish()
        self._workbook.close()

    def close(self) -> None:
        """Close the files of the sheets, also of a workbook that was not finished."""
        for sheet in self._sheets:
            sheet.close()


class _Formats:
    """The formats of cells: by type, and of heads."""

    def __init__(self, workbook: Any) -> None:
        def made(**properties: object) -> Format:
            return workbook.add_format({"valign": "top", "text_wrap": True, **properties})

        # Excel puts numbers and days on the right of a cell, where they touch the text in the next one.
        self.of: Mapping[Kind, Format] = {
            kind: made(num_format=code, align="left") for kind, code in _NUMBER_FORMATS.items()
        }
        self.head = made(num_format="@", bold=True, bottom=1)


class _Sheet:
    def __init__(self, target: Any, sheet: Sheet, name: str, formats: _Formats) -> None:
        self._target, self._sheet, self._name, self._formats = target, sheet, name, formats
        self._widths = [column.width for column in sheet.columns]
        self._next, self._high = 1, -1
        self._text, self._number, self._date, self._time = (formats.of[kind] for kind in Kind)
        for at, column in enumerate(sheet.columns):
            target.set_column(at, at, column.width, formats.of[column.kind])
            target.write_string(0, at, column.label, formats.head)
        lines = max(_lines(column.label, column.width - 3) for column in sheet.columns)  # beside the filter's button
        target.set_row(0, _LINE * min(lines, _MOST_LINES))

    def add(self, row: Row) -> None:
        """Add a row. An empty cell is not written."""
        target, number, lines = self._target, self._next, 1
        for at, value in enumerate(row):
            if value is None or value == "":
                continue
            if isinstance(value, str):
                words = text_of(value)
                target.write_string(number, at, words, self._text)
                if len(words) > self._widths[at] or not words.isascii():
                    lines = max(lines, _lines(words, self._widths[at]))
            elif isinstance(value, int):
                target.write_number(number, at, value, self._number)
            else:
                target.write_datetime(number, at, value, self._time if isinstance(value, datetime) else self._date)
        if lines > 1:
            target.set_row(number, _LINE * min(lines, _MOST_LINES))
        if self._high >= 0:  # the row before is written, so its height need not stay in memory
            target.row_info.pop(self._high, None)
            target.row_sizes.pop(self._high, None)
        self._high = number if lines > 1 else -1
        self._next = number + 1

    def finish(self) -> None:
        """Make the rows a table, or give a long sheet a filter. An empty one has only its head."""
        target, rows, last = self._target, self._next - 1, len(self._sheet.columns) - 1
        if not rows:
            return
        target.ignore_errors({"number_stored_as_text": xl_range(0, 0, rows, last)})
        if rows > _MOST_IN_TABLE:
            target.autofilter(0, 0, rows, last)
        else:
            target.tables.append(self._table(rows))

    def _table(self, rows: int) -> Any:
        # The library makes no table of a sheet in constant memory, because it writes the cells of a table itself. Here
        # they are written already; so an empty sheet makes the table, whose range is then that of these cells.
        last = len(self._sheet.columns) - 1
        empty = Workbook(BytesIO(), {"in_memory": True}).add_worksheet()
        columns = [{"header": _escaped(column.label)} for column in self._sheet.columns]
        options = {
            "name": f"{self._name.replace(' ', '_')}_table",
            "title": self._name,
            "description": self._sheet.about,
        }
        empty.add_table(0, 0, 1, last, {**options, "columns": columns, "style": "Table Style Light 1"})
        table, cells = empty.tables[0], xl_range(0, 0, rows, last)
        return {**table, "range": cells, "a_range": cells, "autofilter": cells}

    def close(self) -> None:
        """Close the files of its rows, and of the whole sheet that is made of them."""
        for file in (self._target.row_data_fh, self._target.fh):
            if file is not None:
                file.close()


def _prepare_print(target: Any, sheet: Sheet, name: str, book: Book) -> None:
    """Prepare a landscape page whose head is on each page, and say on each what this copy is."""
    pages = ceil(sum(column.width for column in sheet.columns) / _PAGE)
    target.set_landscape()
    target.set_paper(_LETTER)
    target.set_margins(left=0.4, right=0.4, top=0.8, bottom=0.8)
    target.fit_to_pages(pages, 0)
    target.repeat_rows(0)
    if pages > 1:
        target.repeat_columns(0)
    target.freeze_panes(1, 1)
    target.hide_gridlines(0)  # lines between cells on paper too
    label = book.label
    level = _margin(f"Disclosure level: {label.columns['level']}{label.heading}")
    target.set_header(f"&L{_margin(name)}&C{_margin(label.school)}&R{level}")
    whom = f" for {book.whom}" if book.whom else ""
    made = f"Made {book.made:%Y-%m-%d %H:%M} UTC{whom}"
    target.set_footer(f"&L{_margin(label.period)}&C{_margin(made)}&RPage &P of &N")


def _margin(words: str) -> str:
    """Return words for the top or foot of a page; an `&` there is a command, unless there are two."""
    shown = printable(words)
    cut = shown if len(shown) <= _MOST_IN_MARGIN else f"{shown[:_MOST_IN_MARGIN]} …"
    return cut.replace("&", "&&")


def _lines(words: str, width: int) -> int:
    """Return about how many lines a text takes in a column. Letters beyond ASCII may be twice as wide."""
    columns = len(words) if words.isascii() else len(words.encode())
    return 1 if columns <= width else ceil(1.1 * columns / width)
