"""Documents as files, for commands and screens."""

from __future__ import annotations

from typing import assert_never

from kiosk.reports.document.formats import DocumentFormat
from kiosk.reports.document.model import Document
from kiosk.reports.document.page import as_html
from kiosk.reports.document.text import as_text
from kiosk.reports.paper.document_pdf import as_pdf
from kiosk.settings import Home, read_settings


def content(document: Document, how: DocumentFormat, home: Home, *, lit: bool = False) -> bytes:
    """Return the bytes of the document. lit: whether text has the styles of a terminal.

    Raises UsageError or Refused where it can't be a PDF.
    """
    match how:
        case DocumentFormat.PDF:
            return as_pdf(document, read_settings(home).paper)
        case DocumentFormat.HTML:
            return as_html(document).encode()
        case DocumentFormat.TEXT:
            return as_text(document, lit=lit).encode()
        case _:
            assert_never(how)
