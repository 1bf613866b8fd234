"""A document as a tagged PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, assert_never

from kiosk.errors import UsageError
from kiosk.i18n.strings import text
from kiosk.reports.document.model import (
    LARGEST,
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
    Numbers,
    Pairs,
    Paragraph,
    Style,
    Table,
)
from kiosk.reports.paper import typesetting
from kiosk.reports.paper.fitting import fitting
from kiosk.worded import many

_TEMPLATE: Final = "document.typ"
_PAPERS: Final = {"letter": "us-letter", "a4": "a4"}
_FITS: Final = 84
"""Characters of the exact font in a line; next to a QR code, fewer."""
_FITS_CODE: Final = 66
_PARAGRAPH: Final = 40.0
_PAIR: Final = 30.0
_PAGE: Final = 48.0
"""The width of a table on the narrower paper, in the size of its letters. Bold ones are a little wider."""
_BOLD: Final = 0.93
_MONO: Final = 0.67
"""The width of an exact character, likewise."""


def as_pdf(document: Document, paper: str = "letter") -> bytes:
    """Return the document as a PDF. paper: as in the settings, letter or a4.

    Raises UsageError if its tables have too many rows, and Refused where PDFs can't be made.
    """
    rows = sum(len(block.rows) for block in document.blocks if isinstance(block, Table))
    if rows > LARGEST:
        words = f"A PDF has at most {LARGEST} rows of tables; this would have {many(rows, 'row')}."
        raise UsageError(words, "Choose fewer records or days, or another format.")
    return typesetting.pdf(_TEMPLATE, values(document, paper))


def as_one_page(document: Document, paper: str = "letter") -> bytes:
    """Return the document as a PDF of exactly one page. Raises Refused if it does not fit, even in small letters."""
    return in_pages(document, 1, paper)


def in_pages(document: Document, count: int, paper: str = "letter") -> bytes:
    """Return the document as a PDF of no more pages than this, in the largest letters that fit. Raises Refused."""
    return typesetting.in_pages(_TEMPLATE, values(document, paper), count)


def values(document: Document, paper: str) -> dict[str, Any]:
    """Return the values of the template: plain words only."""
    return {
        "title": document.title,
        "lang": document.lang,
        "paper": _PAPERS[paper],
        "head": document.mark,
        "foot": document.foot,
        "words": {word: text(f"document.{word}", document.lang) for word in ("page", "of")},
        "blocks": [_block(block) for block in document.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    made: dict[str, Any]
    match block:
        case Heading(words, deep):
            made = {"kind": "heading", "words": words, "deep": deep}
        case Paragraph(words):
            made = {"kind": "paragraph", "words": words, "fits": _PARAGRAPH}
        case Bullets(lines):
            made = {"kind": "bullets", "lines": lines}
        case Pairs(rows) | Numbers(rows):
            facts = [{"title": title, "words": words, "fits": _PAIR} for title, words in rows]
            made = {"kind": "numbers" if isinstance(block, Numbers) else "pairs", "rows": facts}
        case Table(heads, rows, shares, caption, together):
            fits = [_BOLD * (_PAGE * share / sum(shares) - 1) for share in shares]
            cells = [[_cell(one, width) for one, width in zip(row, fits, strict=True)] for row in rows]
            above = [{"words": head, "fits": width} for head, width in zip(heads, fits, strict=True)]
            made = {"kind": "table", "heads": above, "rows": cells, "shares": shares, "caption": caption}
            made |= {"together": together}
        case Exact(lines):
            made = {"kind": "exact", "exact": _exact(lines, _FITS)}
        case Code(modules, words, lines):
            bits = ["".join("1" if dark else "0" for dark in row) for row in modules]
            made = {"kind": "code", "modules": bits, "alt": words, "exact": _exact(lines, _FITS_CODE)}
        case Figure(svg, title, alt, words, headed, share):
            made = {"kind": "figure", "svg": svg, "title": title, "alt": alt, "words": words}
            made |= {"headed": headed, "share": share}
        case Blanks(words):
            made = {"kind": "blanks", "words": words}
        case _:
            assert_never(block)
    return made


def _exact(lines: Iterable[str], width: int) -> list[str]:
    return [part for line in lines for part in _folded(line, width)]


def _cell(one: Cell, fits: float) -> list[dict[str, Any]]:
    return [part for line in one for part in _line(line, fits)]


def _line(line: Line, fits: float) -> Iterator[dict[str, Any]]:
    if line.style is Style.EXACT:
        yield from (
            {"style": "exact", "words": "", "exact": part} for part in _folded(line.words, max(8, int(fits / _MONO)))
        )
    else:
        yield {"style": line.style, "words": line.words, "exact": "", "fits": fits}


def _folded(line: str, width: int) -> list[str]:
    """Return the line in pieces that fit; all but the first are indented."""
    words = fitting(line)
    if len(words) <= width:
        return [words]
    rest = range(width, len(words), width - 4)
    return [words[:width], *(f"    {words[at : at + width - 4]}" for at in rest)]
