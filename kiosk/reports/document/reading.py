"""A document as lines for a screen that wraps them itself: headings at the edge, the rest indented below them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from kiosk.reports.document.model import (
    Blanks,
    Block,
    Bullets,
    Code,
    Document,
    Exact,
    Figure,
    Heading,
    Numbers,
    Pairs,
    Paragraph,
    Style,
    Table,
)


def reading_lines(document: Document) -> Iterator[str]:
    """Yield the lines of the document without its title, drawings, codes and blanks."""
    for block in document.blocks:
        if isinstance(block, Heading):
            yield ""
        yield from _lines(block)


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(words):
            yield words
        case Paragraph(words):
            yield f"  {words}"
        case Bullets(lines):
            yield from (f"  • {words}" for words in lines)
        case Exact(lines):
            yield from (f"  {words}" for words in lines)
        case Pairs(rows) | Numbers(rows):
            yield from (f"  {title}: {words}" for title, words in rows)
        case Table():
            yield from _table(block)
        case Code() | Figure() | Blanks():
            pass
        case _:
            assert_never(block)


def _table(table: Table) -> Iterator[str]:
    for *first, last in table.rows:
        start = "  ".join(", ".join(line.words for line in one) for one in first if one)
        if start:
            yield f"  {start}"
        for line in last:
            yield f"      “{line.words}”" if line.style is Style.SAID else f"      {line.words}"
