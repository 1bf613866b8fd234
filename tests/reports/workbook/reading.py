"""Making books of made-up records, and reading them back by other programs than the one that wrote them."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC
from itertools import count
from pathlib import Path
from typing import Any, Final

import openpyxl
from openpyxl.utils.escape import unescape

from kiosk.protocol.model import Protocol
from kiosk.reports.document.model import words_of
from kiosk.reports.formats import BookFormat, ExportFormat, Selection, document, pieces
from kiosk.reports.workbook.book import book_of
from kiosk.reports.workbook.model import Book, Column, Part, Row, Sheet
from kiosk.reports.workbook.writer import save
from tests.reports.records import a_label, an_instant

BOOKS: Final[tuple[BookFormat, ...]] = (ExportFormat.XLSX, ExportFormat.CSV_ZIP)
NOW: Final = an_instant()

Sheets = dict[str, list[dict[str, Any]]]
"""For each sheet its rows, by the labels of the columns."""

_number = count()


def made(book: Book, how: BookFormat, folder: Path) -> Path:
    """The saved book."""
    path = folder / f"book-{next(_number)}"
    save(book, how, path)
    return path


def a_book(*rows: Row, columns: tuple[Column, ...] = (Column("Words"),), **more: Any) -> Book:
    """A book of one sheet with these rows."""
    part = Part((Sheet("Facts", "One row for each fact.", columns),), lambda: ((0, row) for row in rows))
    return Book(a_label(**more), NOW.local(UTC).replace(tzinfo=None), "Counsel", (part,))


def book_in(selection: Selection, protocol: Protocol | None = None) -> Book:
    """The book of a selection. protocol: the one in the log, whatever its hash."""
    return book_of(selection, lambda _: protocol, NOW, "Counsel")


def sheets(path: Path) -> Sheets:
    """The sheets of a book of either format; empty cells are None in a workbook and empty text in CSV."""
    with zipfile.ZipFile(path) as archive:
        if "[Content_Types].xml" not in archive.namelist():
            return {name.removesuffix(".csv"): _csv(archive.read(name)) for name in archive.namelist()}
    return {sheet.title: _named([[one.value for one in row] for row in sheet]) for sheet in workbook(path)}


def workbook(path: Path) -> Any:
    """The workbook, as openpyxl reads it."""
    return openpyxl.load_workbook(io.BytesIO(path.read_bytes()))


def _csv(data: bytes) -> list[dict[str, Any]]:
    text = data.decode("utf-8")
    assert text.startswith("\ufeff")
    return _named(list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)))


def _named(rows: list[list[Any]]) -> list[dict[str, Any]]:
    head, *rest = rows
    return [dict(zip(head, row, strict=True)) for row in rest]


def words(value: Any) -> Any:
    """A text as Excel shows it; what openpyxl gives back still has the library's escapes."""
    return unescape(value) if isinstance(value, str) else value


def told(how: ExportFormat, selection: Selection, folder: Path) -> str:
    """All words of an export in any format but a package."""
    if how is ExportFormat.XLSX or how is ExportFormat.CSV_ZIP:
        return str(sheets(made(book_in(selection), how, folder)))
    if how is ExportFormat.PDF:
        return "\n".join(words_of(document(selection)))
    return b"".join(pieces(how, selection)).decode()
