"""Text and a QR code on paper: as plain text, or as a PDF with the same bytes for the same content."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

Modules = Sequence[Sequence[bool]]
"""A QR code: rows of dark (True) and light modules, with its quiet zone."""

_MARGIN: Final = 56.0
"""The margin, in points; 72 points are an inch."""
_LINE: Final = 13.0
_MODULE: Final = 4.0
_BODY: Final = ("Helvetica", 10)
_TITLE: Final = ("Helvetica-Bold", 14)
_EXACT: Final = ("Courier", 8)
_FITS: Final = 96
"""Maximum number of characters of the exact font in a line, without the indent."""
_GLYPHS: Final = {(True, True): "█", (True, False): "▀", (False, True): "▄", (False, False): " "}


@dataclass(frozen=True, slots=True)
class Sheet:
    """The content of the paper, from top to bottom.

    lines: plain text, already wrapped. exact: lines that must be copied exactly. code: the QR code.
    """

    title: str
    lines: tuple[str, ...]
    exact: tuple[str, ...]
    code: Modules


def as_text(sheet: Sheet, *, lit: bool = False) -> str:
    """Return the sheet as text of at most 96 columns. lit: for a terminal; the QR code then sets its own colors."""
    code = [f"\x1b[30;107m{row}\x1b[0m" if lit else row for row in blocks(sheet.code)]
    return "\n".join([sheet.title, "", *sheet.lines, "", *sheet.exact, "", *code, ""])


def blocks(code: Modules) -> list[str]:
    """Return the rows of the code in half blocks, for dark letters on a light background."""
    rows = [*code, [False] * len(code[0])] if len(code) % 2 else list(code)
    pairs = zip(rows[::2], rows[1::2], strict=True)
    return ["".join(_GLYPHS[bool(a), bool(b)] for a, b in zip(up, low, strict=True)) for up, low in pairs]


def as_pdf(sheet: Sheet) -> bytes:
    """Return the sheet as a PDF in US letter size."""
    from reportlab.lib.pagesizes import letter  # noqa: PLC0415 - only to make a page
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 - likewise

    data = io.BytesIO()
    # Invariant: no creation time and no random id, so that the same sheet gives the same file.
    page = _Page(Canvas(data, pagesize=letter, invariant=1), letter[1])
    page.canvas.setTitle(sheet.title)
    page.write([sheet.title, ""], *_TITLE)
    page.write(sheet.lines, *_BODY)
    page.write(["", *(part for line in sheet.exact for part in _folded(line)), ""], *_EXACT)
    page.draw(sheet.code)
    page.canvas.showPage()
    page.canvas.save()
    return data.getvalue()


def _folded(line: str) -> list[str]:
    """Return the line in pieces that fit the page; all but the first are indented."""
    return [("    " if at else "") + line[at : at + _FITS] for at in range(0, max(1, len(line)), _FITS)]


class _Page:
    """The present page of a canvas, and the height of its free part, in points from the bottom."""

    def __init__(self, canvas: Canvas, height: float) -> None:
        self.canvas, self._height, self._y = canvas, height, height - _MARGIN

    def write(self, lines: Sequence[str], font: str, size: int) -> None:
        """Write lines, one below the other; start a new page when this one is full."""
        for line in lines:
            self._make_room(_LINE)
            self.canvas.setFont(font, size)
            # The standard fonts of a PDF have only Western letters.
            self.canvas.drawString(_MARGIN, self._y, line.encode("cp1252", "replace").decode("cp1252"))

    def draw(self, code: Modules) -> None:
        """Draw the code on one page."""
        self._make_room(len(code) * _MODULE)
        for n, row in enumerate(reversed(code)):
            for m, dark in enumerate(row):
                if dark:
                    x, y = _MARGIN + m * _MODULE, self._y + n * _MODULE
                    self.canvas.rect(x, y, _MODULE, _MODULE, stroke=0, fill=1)

    def _make_room(self, points: float) -> None:
        if self._y - points < _MARGIN:
            self.canvas.showPage()
            self._y = self._height - _MARGIN
        self._y -= points
