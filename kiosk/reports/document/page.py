"""A document as one HTML page."""

from __future__ import annotations

from itertools import groupby

from kiosk.reports import pages
from kiosk.reports.document.model import Code, Document, Figure


def as_html(document: Document) -> str:
    """Return the document as a page that loads nothing and runs no script."""
    return pages.page(
        "document.html.j2",
        title=document.title,
        lang=document.lang,
        document=document,
        kind_of=_kind,
        bars=bars,
        drawing=_drawing,
    )


def _drawing(figure: Figure) -> str:
    from markupsafe import Markup  # noqa: PLC0415 - only to make a page

    return Markup(figure.svg)  # noqa: S704 - our own drawing; it escapes the words in it


def _kind(block: object) -> str:
    return type(block).__name__.lower()


def bars(code: Code) -> list[tuple[int, int, int]]:
    """Return the dark bars of a QR code: column, row and length of each, in modules."""
    found = []
    for y, modules in enumerate(code.modules):
        x = 0
        for dark, run in groupby(modules):
            length = len([*run])
            if dark:
                found.append((x, y, length))
            x += length
    return found
