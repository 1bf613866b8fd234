"""Saving a book as a new file."""

from __future__ import annotations

from pathlib import Path
from typing import assert_never

from kiosk.reports.formats import BookFormat, ExportFormat
from kiosk.reports.workbook import csv_zip
from kiosk.reports.workbook.model import Book
from kiosk.system.files import new_file


def save(book: Book, format_: BookFormat, path: Path) -> str:
    """Write the new file `path`, durably; return its SHA-256 in hex. If it fails or is interrupted, nothing is left.

    Raises StoreUnusable if it can't be saved or the name is taken, and what the rows of the book raise.
    """
    with new_file(path) as draft:
        match format_:
            case ExportFormat.XLSX:
                from kiosk.reports.workbook import xlsx  # noqa: PLC0415 - its library is imported only to make one

                xlsx.write(book, draft.file, draft.folder)
            case ExportFormat.CSV_ZIP:
                csv_zip.write(book, draft.file, draft.folder)
            case _:
                assert_never(format_)
    return draft.digest
