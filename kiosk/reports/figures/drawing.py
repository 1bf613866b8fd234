"""SVG text: shapes, words and fills. The same calls give the same bytes.

A drawing is described for people who don't see it (`role="img"`, title and description); with links in it, it is a
group, because nothing in an image can be reached with the keyboard. Words are real text, escaped here. Ids begin with
the prefix of the drawing, because several are on one page.
"""

from __future__ import annotations

from html import escape
from typing import Final

from kiosk.record.printable import printable

WIDTH: Final = 640
"""The width of every drawing; a page scales it."""

INK: Final = "#111111"
GRAY: Final = "#444444"
WHITE: Final = "#ffffff"
BLUE: Final = "#1f4e79"
GRID: Final = "#cccccc"
"""Of grid lines only, which are ornament: every number is written."""

SIZE: Final = 12
SMALL: Final = 11
_FONTS: Final = "Noto Sans, Helvetica, Arial, sans-serif"

KINDS: Final = 5
"""The number of fills that are told apart in gray; the last one is for everything else."""

_AMBER: Final = "#e0a84a"
_PALE: Final = "#a9d2ea"
_PATTERNS: Final = {
    1: f'<rect width="6" height="6" fill="{_AMBER}"/><path d="M-1 7 7 -1M-1 1 1 -1M5 7 7 5" stroke="{INK}"/>',
    2: f'<rect width="6" height="5" fill="{_PALE}"/><path d="M0 2.5H6" stroke="{INK}"/>',
    3: f'<rect width="6" height="6" fill="{WHITE}"/><circle cx="3" cy="3" r="0.9" fill="{INK}"/>',
}
"""Fills by number. The first, 0, is solid blue; the last is plain white."""

_SIZES: Final = {1: (6, 6), 2: (6, 5), 3: (6, 6)}


def number(value: float) -> str:
    """Return a coordinate with at most one decimal."""
    return (
        f"{value:.1f}".removesuffix(".0").replace("-0", "0") if abs(value) < 0.05 else f"{value:.1f}".removesuffix(".0")
    )


class Drawing:
    """One drawing, from top to bottom of its layers."""

    def __init__(self, prefix: str, title: str, description: str) -> None:
        """prefix: of its ids, letters only and different for each drawing of a page."""
        if not (prefix.isascii() and prefix.isalpha()):
            raise ValueError("the prefix of a drawing is letters")
        self._prefix, self._title, self._description = prefix, title, description
        self._parts: list[str] = []
        self._linked = False

    def rect(self, x: float, y: float, w: float, h: float, fill: str, *, outline: str = "") -> None:
        """Draw a rectangle."""
        stroke = f' stroke="{outline}"' if outline else ""
        place = f'x="{number(x)}" y="{number(y)}" width="{number(w)}" height="{number(h)}"'
        self._parts.append(f'<rect {place} fill="{fill}"{stroke}/>')

    def part(self, kind: int, x: float, y: float, w: float, h: float) -> None:
        """Draw a rectangle in the fill of a kind, with a dark outline."""
        self.rect(x, y, w, h, self._fill(kind), outline=INK)

    def line(
        self, x: float, y: float, x2: float, y2: float, color: str = INK, *, width: float = 1, dash: str = ""
    ) -> None:
        """Draw a straight line."""
        place = f'x1="{number(x)}" y1="{number(y)}" x2="{number(x2)}" y2="{number(y2)}"'
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(f'<line {place} stroke="{color}" stroke-width="{number(width)}"{dashes}/>')

    def dot(self, x: float, y: float, r: float, *, open_: bool = False, label: str = "", link: str = "") -> None:
        """Draw a dot, or a ring. label: its name. link: the id of an element on the page."""
        look = (
            f'fill="{WHITE}" stroke="{INK}" stroke-width="1.5"'
            if open_
            else f'fill="{BLUE}" stroke="{WHITE}" stroke-width="0.5"'
        )
        name = f"<title>{_text(label)}</title>" if label else ""
        made = f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(r)}" {look}>{name}</circle>'
        self._linked = self._linked or bool(link)
        named = f' aria-label="{_text(label)}"' if label else ""
        self._parts.append(f'<a href="#{_text(link)}"{named}>{made}</a>' if link else made)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        anchor: str = "start",
        size: int = SIZE,
        bold: bool = False,
        fill: str = INK,
    ) -> None:
        """Write words on one line. anchor: start, middle or end."""
        look = f' text-anchor="{anchor}"' * (anchor != "start") + ' font-weight="700"' * bold
        self._parts.append(
            f'<text x="{number(x)}" y="{number(y)}" font-size="{size}" fill="{fill}"{look}>{_text(words)}</text>'
        )

    def svg(self, height: float) -> str:
        """Return the drawing, of this height."""
        p, size = self._prefix, f'width="{WIDTH}" height="{number(height)}" viewBox="0 0 {WIDTH} {number(height)}"'
        patterns = "".join(
            f'<pattern id="{p}-k{kind}" width="{_SIZES[kind][0]}" height="{_SIZES[kind][1]}" '
            f'patternUnits="userSpaceOnUse">{body}</pattern>'
            for kind, body in _PATTERNS.items()
            if f"url(#{p}-k{kind})" in "".join(self._parts)
        )
        role = f'role="{"group" if self._linked else "img"}" aria-labelledby="{p}-t {p}-d"'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} {role} font-family="{_FONTS}">'
        names = f'<title id="{p}-t">{_text(self._title)}</title><desc id="{p}-d">{_text(self._description)}</desc>'
        ground = f'<rect width="{WIDTH}" height="{number(height)}" fill="{WHITE}"/>'
        defs = f"<defs>{patterns}</defs>" if patterns else ""
        return "\n".join([head, names + defs, ground, *self._parts, "</svg>\n"])

    def _fill(self, kind: int) -> str:
        if kind == 0:
            return BLUE
        return f"url(#{self._prefix}-k{kind})" if kind in _PATTERNS else WHITE


def _text(words: str) -> str:
    return escape(printable(words))
