"""The reports of a period and for the board as files, for commands and screens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import assert_never

from kiosk.record.entries import Entry
from kiosk.reports.document.formats import DocumentFormat
from kiosk.reports.paper.document_pdf import as_pdf
from kiosk.reports.period import page
from kiosk.reports.period.document import as_document
from kiosk.reports.period.lines import lines
from kiosk.reports.period.model import Report
from kiosk.reports.period.request import Kind, Made, entry_of
from kiosk.settings import Home, read_settings
from kiosk.system.files import save_new_file


def pieces(report: Report, how: DocumentFormat, home: Home) -> Iterator[bytes]:
    """Return the file of a report, piece by piece. Raises UsageError or Refused where it can't be a PDF."""
    match how:
        case DocumentFormat.TEXT:
            yield from (f"{line}\n".encode() for line in lines(report))
        case DocumentFormat.HTML:
            yield from (piece.encode() for piece in page.pieces(report))
        case DocumentFormat.PDF:
            yield as_pdf(as_document(report), read_settings(home).paper)
        case _:
            assert_never(how)


def save(kind: Kind, made: Made, how: DocumentFormat, home: Home, path: Path, whom: str = "", by: str = "") -> Entry:
    """Write the new file of a report, and return the entry about it. whom: the recipient; by: the person.

    Raises StoreUnusable, NameTaken, and as `pieces`; then nothing is left.
    """
    digest = save_new_file(path, pieces(made.report, how, home))
    return entry_of(kind, made, how, str(path), whom, digest, by)
