"""A report of a period as a document, for a PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kiosk.reports.document import model
from kiosk.reports.document.model import Blanks, Block, Document, Heading, Numbers, Pairs, Paragraph
from kiosk.reports.figures.figure import Figure, Table
from kiosk.reports.period.model import Report, Section

_LINK: Final = re.compile(r"</?a\b[^>]*>")
"""The links of a drawing lead to rows of a page; paper has none."""

_WIDEST: Final = 24
_EDGES: Final = 4
"""The blank at both sides of a column, in characters."""


def as_document(report: Report) -> Document:
    """Return the report as a document."""
    blocks = (
        Paragraph(report.summary),
        Numbers(tuple((big.number, big.words) for big in report.big)),
        *(block for section in report.sections for block in _section(section)),
        *((Blanks((report.signing,)),) if report.signing else ()),
        Heading("About this report"),
        Pairs(report.about),
    )
    return Document(report.title, blocks, report.mark)


def _section(section: Section) -> Iterator[Block]:
    yield Heading(section.title)
    for figure in section.figures:
        yield from _figure(figure, section.title)
    yield from map(Paragraph, section.words)
    yield from (_table(table) for table in section.tables if table.rows)


def _figure(figure: Figure, above: str) -> Iterator[Block]:
    if figure.svg:
        svg = _LINK.sub("", figure.svg)
        yield model.Figure(svg, figure.title, figure.description, figure.sentence, headed=figure.title != above)
    elif not figure.table.rows:
        yield Paragraph(figure.description)
    if figure.table.rows:
        yield _table(figure.table)


def _table(table: Table) -> Block:
    shares = tuple(_share(head, [row[n] for row in table.rows]) for n, head in enumerate(table.head))
    return model.Table(table.head, tuple(model.row(*row) for row in table.rows), shares, table.caption)


def _share(head: str, column: Sequence[str]) -> float:
    """Return the width of a column: as wide as its words up to a limit, and as the longest word of its head."""
    word = max(map(len, head.split()), default=0)
    return float(max(word, min(max(map(len, column), default=0), _WIDEST)) + _EDGES)
