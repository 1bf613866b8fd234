"""A document as text, for a terminal, a text file or a plain printer."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import Final, assert_never

from kiosk.record.printable import printable
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
    Line,
    Modules,
    Numbers,
    Pairs,
    Paragraph,
    Style,
    Table,
)

WIDTH: Final = 90
_BLANK: Final = "_" * 40
_GLYPHS: Final = {(True, True): "█", (True, False): "▀", (False, True): "▄", (False, False): " "}


def as_text(document: Document, *, lit: bool = False) -> str:
    """Return the document as text; only exact lines are wider than WIDTH columns.

    lit: for a terminal; a QR code then sets its own colors.
    """
    lines = [
        *_wrapped(document.title),
        *([document.mark] if document.mark and document.mark not in document.title else []),
    ]
    for block in document.blocks:
        lines += ["", *_lines(block, lit=lit)]
    if document.foot:
        lines += ["", *_wrapped(document.foot)]
    return "\n".join([*lines, ""])


def blocks(code: Modules) -> list[str]:
    """Return the rows of the code in half blocks, for dark letters on a light background."""
    rows = [*code, [False] * len(code[0])] if len(code) % 2 else list(code)
    pairs = zip(rows[::2], rows[1::2], strict=True)
    return ["".join(_GLYPHS[bool(a), bool(b)] for a, b in zip(up, low, strict=True)) for up, low in pairs]


def _lines(block: Block, *, lit: bool) -> Iterator[str]:
    match block:
        case Exact(lines):
            yield from map(printable, lines)
        case Code(modules, _, lines):
            yield from (*map(printable, lines), *([""] if lines else []))
            yield from (f"\x1b[30;107m{line}\x1b[0m" if lit else line for line in blocks(modules))
        case Table():
            yield from _table(block)
        case Figure(_, title, description, sentence, headed, _):
            told = (title * headed, description, sentence)
            yield from (line for words in told if words for line in _wrapped(words))
        case Blanks(lines):
            yield from (line for words in lines for line in ("", f"{printable(words)} {_BLANK}"))
        case _:
            yield from _prose(block)


def _prose(block: Heading | Paragraph | Bullets | Pairs | Numbers) -> Iterator[str]:
    match block:
        case Heading(words, deep):
            yield from _wrapped(words)
            yield ("=" if deep == 2 else "-") * min(WIDTH, len(printable(words)))
        case Paragraph(words):
            yield from _wrapped(words)
        case Bullets(lines):
            yield from (line for words in lines for line in _wrapped(words, "* ", "  "))
        case Pairs(rows):
            yield from (line for title, words in rows for line in _wrapped(f"{title}: {words}", "", "    "))
        case Numbers(rows):
            yield from (line for number, words in rows for line in _wrapped(f"{number}  {words}", "", "    "))
        case _:
            assert_never(block)


def _table(table: Table) -> Iterator[str]:
    if table.caption:
        yield from _wrapped(table.caption)
    yield from _wrapped("  ".join(table.heads))
    for cells in table.rows:
        *first, last = cells
        start = "  ".join(_short(one) for one in first)
        if len(last) == 1 and len(start) + len(last[0].words) + 2 <= WIDTH and last[0].style is Style.PLAIN:
            yield f"{start}  {printable(last[0].words)}" if start else printable(last[0].words)
            continue
        if start:
            yield from _wrapped(start)
        for line in last:
            yield from _cell_line(line)


def _short(one: Cell) -> str:
    words = printable(", ".join(line.words for line in one))
    return f"{words:>5}" if words.isdigit() else words


def _cell_line(line: Line) -> Iterator[str]:
    match line.style:
        case Style.EXACT | Style.COMMAND:
            yield f"    {printable(line.words)}"
        case Style.SAID:
            yield from _wrapped(f"“{line.words}”", "    | ", "    | ")
        case Style.PLAIN | Style.STRONG | Style.QUIET:
            yield from _wrapped(line.words, "    ", "    ")
        case _:
            assert_never(line.style)


def _wrapped(words: str, first: str = "", later: str = "") -> list[str]:
    return wrap(printable(words), WIDTH, initial_indent=first, subsequent_indent=later) or [first.rstrip()]
