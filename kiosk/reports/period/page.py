"""A report as an HTML page: self-contained, loads nothing, prints well."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.reports import pages
from kiosk.reports.period.model import Report


def pieces(report: Report) -> Iterator[str]:
    """Return the page, piece by piece."""
    from markupsafe import Markup  # noqa: PLC0415 - only to make a page

    def drawing(svg: str) -> Markup:
        return Markup(svg)  # noqa: S704 - our own drawing, which escapes every word

    return pages.pieces("period.html.j2", title=report.title, report=report, drawing=drawing)
