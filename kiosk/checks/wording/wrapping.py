"""How many lines words take on the screen, counted as the screen wraps them."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_CHUNK: Final = re.compile(r"\s*\S+\s*")
_PLAIN_BELOW: Final = "\u0300"
"""Below this every printable character is one cell wide."""

_SIGN_CELLS: Final = 8
"""Cells of `<U+202E>`, which stands for a character that can't be shown."""


def line_count(words: str, width: int) -> int:
    """Lines of at most `width` cells: words stay whole where they can, and one longer than a line is cut."""
    shown = words if words.isprintable() else "".join(_shown(c) for c in words)
    plain = _is_plain(shown)
    if plain and len(shown) <= width:
        return 1
    measure = len if plain else cells
    lines, used = 1, 0
    for chunk in _CHUNK.finditer(shown):
        length = measure(chunk[0].rstrip())
        if length <= width - used:
            used += measure(chunk[0])
        elif length > width:
            pieces = _cut(chunk[0], width)
            lines += len(pieces) - (chunk.start() == 0)
            used = pieces[-1]
        elif used and chunk.start():
            lines, used = lines + 1, measure(chunk[0])
    return lines


def cells(words: str) -> int:
    """How wide words are, in cells."""
    return len(words) if _is_plain(words) else sum(_cells(c) for c in words)


def _cells(c: str) -> int:
    if c < _PLAIN_BELOW:
        return 1
    if unicodedata.combining(c) or unicodedata.category(c) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(c) in "WF" else 1


def _is_plain(words: str) -> bool:
    return words.isascii() or max(words, default="") < _PLAIN_BELOW


def _shown(c: str) -> str:
    """A character as it is drawn: line ends and controls as a sign, every space as a plain one."""
    if c.isprintable():
        return c
    if c < " ":
        return chr(0x2400 + ord(c))
    return " " if c.isspace() else "?" * _SIGN_CELLS


def _cut(chunk: str, width: int) -> list[int]:
    """The widths of the pieces of a chunk that is longer than a line."""
    pieces = [0]
    for c in chunk:
        wide = _cells(c)
        if pieces[-1] + wide > width:
            pieces.append(wide)
        else:
            pieces[-1] += wide
    return pieces
