"""Labels that fit: the width of words as drawn, lines of them, and shortened words."""

from __future__ import annotations

from typing import Final
from unicodedata import combining, east_asian_width

from kiosk.record.printable import printable

_WIDTHS: Final = (
    "26 27 41 65 57 83 73 22 30 30 55 57 27 32 27 37 57 57 57 57 57 57 57 57 57 57 27 27 57 57 57 43 90 64 65 63 73 56 "
    "52 73 74 34 27 62 52 91 76 78 60 78 62 55 56 73 60 93 59 57 57 33 37 33 57 44 28 56 62 48 62 56 34 62 62 26 26 53 "
    "26 94 62 60 62 62 41 48 36 62 51 79 53 51 47 38 55 38 57"
)
"""Widths of the ASCII characters from the space on, in hundredths of the type size, in Noto Sans."""

_ASCII: Final = tuple(int(width) / 100 for width in _WIDTHS.split())
_OTHER: Final = 0.7
"""The width of any other letter; most are narrower."""

_BOLD: Final = 1.1
_MORE: Final = "…"


def width(words: str, size: float, *, bold: bool = False) -> float:
    """Return about how wide the words are at this type size; rather too much than too little."""
    return sum(map(_em, words)) * size * (_BOLD if bold else 1)


def _em(character: str) -> float:
    if " " <= character <= "~":
        return _ASCII[ord(character) - 32]
    if combining(character):
        return 0
    return 1.0 if east_asian_width(character) in "WF" else _OTHER


def shortened(words: str, room: float, size: float, *, bold: bool = False) -> str:
    """Return the words, cut with “…” if they are wider than the room. What can't be seen is made visible."""
    words = printable(words)
    if width(words, size, bold=bold) <= room:
        return words
    while words and width(words + _MORE, size, bold=bold) > room:
        words = words[:-1]
    return words.rstrip() + _MORE


def lines(words: str, room: float, size: float, most: int = 2) -> list[str]:
    """Return the words in at most so many lines, the last one shortened."""
    found, rest = list[str](), printable(words).split()
    while rest and len(found) < most - 1:
        line = rest.pop(0)
        while rest and width(f"{line} {rest[0]}", size) <= room:
            line = f"{line} {rest.pop(0)}"
        found.append(shortened(line, room, size))
    return [*found, shortened(" ".join(rest), room, size)] if rest or not found else found
