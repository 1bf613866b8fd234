"""Documents as files: the format that was typed, or that the name of the file says."""

from __future__ import annotations

import sys

import click

from kiosk.app.acts.copies import documents
from kiosk.commands.common import output
from kiosk.commands.common.values import OneOf
from kiosk.errors import UsageError
from kiosk.reports.document.formats import DocumentFormat
from kiosk.reports.document.model import Document
from kiosk.settings import Home

_BY_ID = {how.value: how for how in DocumentFormat}

format_option = click.option(
    "--format",
    "format_",
    metavar="FORMAT",
    type=OneOf(_BY_ID),
    help=f"format: {', '.join(DocumentFormat)} (default: as the name of the file ends, else text)",
)


def format_of(typed: str | None, path: str | None) -> DocumentFormat:
    """Return the format of a document. Raises UsageError for a PDF without a file."""
    ending = (path or "").lower().rpartition(".")[2]
    found = _BY_ID[typed] if typed else _BY_ID.get({"htm": "html"}.get(ending, ending), DocumentFormat.TEXT)
    if found is DocumentFormat.PDF and not path:
        raise UsageError("A PDF needs a file.", "Name it with -o FILE.")
    return found


def content(document: Document, how: DocumentFormat, home: Home, *, printed: bool = False) -> bytes:
    """Return the bytes of the document. printed: they are for standard output.

    Raises UsageError or Refused where it can't be a PDF.
    """
    return documents.content(document, how, home, lit=printed and sys.stdout.isatty())


def write(data: bytes, path: str | None) -> None:
    """Write a new file, or to standard output. Raises UsageError if anything is there, StoreUnusable."""
    if path:
        output.save(path, data)
    else:
        output.raw(data)
