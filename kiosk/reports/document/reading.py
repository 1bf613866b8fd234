"""A document as lines for a screen that wraps them itself: headings at the edge, the rest indented below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, assert_never

from kiosk.reports.document.model import (
    Blanks,
    Block,
    Bullets,
    Cell,
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

_NUMBER: Final = re.compile(r"[\d.,]+( .*)?|never|none")

_FEW: Final = 3
"""Of more numbers in a row, those that are zero are left out."""


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
    if all(len(one) <= 1 for row in table.rows for one in row) and all(map(_is_counted, table.rows)):
        yield from (_row(table.heads, [_words(one) for one in row]) for row in table.rows)
        return
    for *first, last in table.rows:
        start = "  ".join(", ".join(line.words for line in one) for one in first if one)
        if start:
            yield f"  {start}"
        for line in last:
            yield f"      “{line.words}”" if line.style is Style.SAID else f"      {line.words}"


def _is_counted(row: Sequence[Cell]) -> bool:
    return any(_NUMBER.fullmatch(_words(one)) for one in row[1:])


def _row(heads: Sequence[str], words: Sequence[str]) -> str:
    """Return a row of single words as one line: its words, then its numbers; several numbers have their heads."""
    first = next((at for at, one in enumerate(words) if at and _NUMBER.fullmatch(one)), len(words))
    named, numbers = ", ".join(filter(None, words[:first])), words[first:]
    if len(numbers) > 1:
        counted = zip(heads[first:], numbers, strict=True)
        numbers = [f"{head}: {one}" for head, one in counted if one and (one != "0" or len(numbers) <= _FEW)]
    return f"  {named}: {', '.join(numbers)}" if numbers else f"  {named}"


def _words(one: Cell) -> str:
    return "".join(f"“{line.words}”" if line.style is Style.SAID else line.words for line in one)
