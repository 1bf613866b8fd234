"""The parts of a document: plain values that become text, HTML or a PDF.

All text may be hostile; each writer makes it safe in its own way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Final, NamedTuple

Modules = Sequence[Sequence[bool]]
"""A QR code: rows of dark (True) and light modules, with its quiet zone."""

LARGEST: Final = 2000
"""Rows of all tables of a document that becomes a PDF; typesetting more takes more memory than a desk may have."""


class Style(StrEnum):
    """How a line of a cell is shown. Its words alone must say the same."""

    PLAIN = auto()
    STRONG = auto()
    QUIET = auto()
    """A mark, such as the reason why a value is withheld."""
    SAID = auto()
    """Words that are read aloud."""
    EXACT = auto()
    """Characters to copy or compare; they are in one piece."""
    COMMAND = auto()
    """Words to type in a terminal; a line breaks only between them."""


class Line(NamedTuple):
    """A line of a cell."""

    words: str
    style: Style = Style.PLAIN


Cell = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the title. deep: 2 or 3; no level is left out."""

    words: str
    deep: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    words: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short paragraphs."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Facts: pairs of a title and words."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Numbers:
    """The few numbers to see first: pairs of a number and what it counts."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table. heads: one for each column. shares: the width of each column, as a share of the page.

    caption: what is in it, in words. Each row has a cell for each head. together: whether it stays on one page.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    shares: tuple[float, ...]
    caption: str = ""
    together: bool = False


@dataclass(frozen=True, slots=True)
class Exact:
    """Lines that must be copied exactly."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code. words: what it holds, and where the same is in letters. lines: exact lines to show with it."""

    modules: Modules
    words: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture. svg: our own drawing. description: the same in words; sentence: what to see in it.

    headed: whether its title is a heading; not where the heading above it says the same.
    share: its width on paper, as a share of the page.
    """

    svg: str
    title: str
    description: str
    sentence: str = ""
    headed: bool = True
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Blanks:
    """Lines to write on, each after its words."""

    words: tuple[str, ...]


Block = Heading | Paragraph | Bullets | Pairs | Numbers | Table | Exact | Code | Figure | Blanks


@dataclass(frozen=True, slots=True)
class Document:
    """A document. foot: what each page names at its foot, such as level, period and school.

    mark: what each page says at its head, such as PRACTICE; empty for nothing. lang: the language of its own words.
    """

    title: str
    blocks: tuple[Block, ...]
    foot: str
    mark: str = ""
    lang: str = "en"


def cell(*lines: str | Line) -> Cell:
    """Return a cell of these lines."""
    return tuple(Line(one) if isinstance(one, str) else one for one in lines)


def row(*words: str) -> tuple[Cell, ...]:
    """Return a row of cells with one line each."""
    return tuple(cell(one) for one in words)


def words_of(document: Document) -> Iterator[str]:
    """Yield every text of the document, in order; of a drawing only its title and sentence."""
    yield document.title
    for block in document.blocks:
        yield from _words(block)


def _words(block: Block) -> Iterator[str]:
    match block:
        case Heading(words) | Paragraph(words):
            yield words
        case Bullets(lines) | Exact(lines) | Blanks(lines) | Code(_, _, lines):
            yield from lines
        case Pairs(rows) | Numbers(rows):
            yield from (words for pair in rows for words in pair)
        case Table(heads, rows, _, caption, _):
            yield from (caption, *heads)
            yield from (line.words for cells in rows for one in cells for line in one)
        case Figure(title=title, sentence=sentence):
            yield from (title, sentence)
