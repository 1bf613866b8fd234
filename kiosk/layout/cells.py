"""The width of words in columns of a terminal, and where a line of them must end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_CHUNK: Final = re.compile(r"\s*\S+\s*")
_NARROW: Final = re.compile(r"[ -~\u00a0-\u02ff\u2010-\u2027←↑→↓⌫✓○█]*")
"""Western text and the kiosk's own signs, each one column wide. No tables are needed, so no desk waits for them."""


def cells(words: str) -> int:
    """Return the width of words in columns; a character of several code points counts as drawn."""
    if words.isascii() or _NARROW.fullmatch(words):
        return len(words)
    from wcwidth import width  # noqa: PLC0415 - 20 ms, and only for what most desks never show

    return width(words)


def breaks(words: str, width: int) -> list[int]:
    """Return where every line but the first begins. Lines have at most `width` columns.

    A word is not broken, except one longer than a line: it begins a line and is cut between characters.
    """
    measure = len if _NARROW.fullmatch(words) else cells
    if measure(words) <= width:
        return []
    found: list[int] = []
    used = 0
    for chunk in _CHUNK.finditer(words):
        at, length = chunk.start(), measure(chunk[0].rstrip())
        if length <= width - used:
            used += measure(chunk[0])
        elif length > width:
            for piece in _pieces(chunk[0], width):
                found += [at] if at else []
                at, used = at + len(piece), measure(piece)
        elif used and at:
            found.append(at)
            used = measure(chunk[0])
    return found


def lines(words: str, width: int) -> list[str]:
    """Return the words in lines of at most `width` columns, without the spaces at the breaks."""
    ends = breaks(words, width)
    if not ends:
        return [words]
    parts = (words[a:b].rstrip() for a, b in zip([0, *ends], ends, strict=False))
    return [*parts, words[ends[-1] :]]


def _pieces(word: str, width: int) -> Iterator[str]:
    """Return a word longer than a line, cut into pieces that fit."""
    if _NARROW.fullmatch(word):
        yield from (word[at : at + width] for at in range(0, len(word), width))
        return
    from wcwidth import iter_graphemes  # noqa: PLC0415 - as above

    piece, used = "", 0
    for character in iter_graphemes(word):
        wide = cells(character)
        if piece and used + wide > width:
            yield piece
            piece, used = "", 0
        piece, used = piece + character, used + wide
    yield piece
