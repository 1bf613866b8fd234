"""A book as CSV files in a zip archive: a file for each sheet. RFC 4180, UTF-8 with BOM, CRLF, every cell quoted.

The same book makes the same bytes: no file has a time of its own.
"""

from __future__ import annotations

import csv
import shutil
import zipfile
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO, Final

from kiosk.reports.exports.csv import BOM
from kiosk.reports.formatting import typed_cell
from kiosk.reports.workbook.model import Book, Cell, Row, Sheet, fill, text_of

_MADE: Final = (1980, 1, 1, 0, 0, 0)


def write(book: Book, file: BinaryIO, folder: Path) -> None:
    """Write the archive to `file`. folder: for the files until then. Raises OSError."""
    with _Files(folder) as files:
        fill(book, files)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files.paths:
            about = zipfile.ZipInfo(path.name, _MADE)
            about.compress_type, about.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            with path.open("rb") as sheet, archive.open(about, "w", force_zip64=path.stat().st_size >= 2**31) as to:
                shutil.copyfileobj(sheet, to)
            path.unlink()


class _Files(ExitStack):
    """The files of the sheets, in order. They are closed at the end of the block."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self.paths: list[Path] = []

    def sheet(self, sheet: Sheet, name: str) -> Callable[[Row], None]:
        """Start a file, with the heads of its columns; return the function that adds a row."""
        path = self._folder / f"{name.lower().replace(' ', '-')}.csv"
        file = self.enter_context(path.open("x", encoding="utf-8", newline=""))
        self.paths.append(path)
        file.write(BOM)
        write_row = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow

        def add(row: Row) -> None:
            write_row([_cell(one) for one in row])

        add([column.label for column in sheet.columns])
        return add


def _cell(value: Cell) -> str:
    match value:
        case None:
            return ""
        case str():
            return text_of(typed_cell(value))
        case datetime():
            return value.isoformat(" ")
        case date():
            return value.isoformat()
        case int():
            return str(value)
