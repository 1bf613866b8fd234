"""Text made fit for a PDF: each character is one that the fonts have, and each long word can be broken.

A PDF that names its text for screen readers can't be made with a character that no font has, and a word without a
place to break runs off the page. So one emoji or one long word in a note would stop a report, or lose a part of it.
"""

from __future__ import annotations

import re
from typing import Any, Final

from kiosk.reports.paper.font_files import covered

_USUAL: Final = 15.0
"""The width of a word that fits the usual places, in the size of its letters; 24 letters or so."""
_PIECE: Final = 7.0
_BREAK: Final = "\u200b"
_WORD: Final = re.compile(rf"[^\s{_BREAK}]+")
_WIDTHS: Final = {**dict.fromkeys("iljI.,:;'|! ", 0.33), **dict.fromkeys("MWmw@%", 1.0)}
_CAPITAL, _OTHER = 0.75, 0.62
_IDEOGRAPHS: Final = 0x2E80
"""From here on, a character is as wide as high, and a line may be broken between any two."""

EXACT: Final = frozenset({"exact", "svg", "modules", "kind", "style", "paper", "lang", "size"})
"""The names of values whose words stay in one piece."""


def fitting(words: str) -> str:
    """Return `words` with a mark such as `[U+1F600]` for each character that is invisible, or that no font has.

    A space of any width becomes a plain one, as in `record.printable`.
    """
    known = covered()
    if words.isprintable() and all(ord(character) in known for character in words):
        return words
    return "".join(character if _shows(character, known) else _mark(character) for character in words)


def breakable(words: str, fits: float = _USUAL) -> str:
    """Return `words` with places to break in each word that may be wider than its place.

    fits: the width of the place, in the size of its letters.
    """
    return _WORD.sub(lambda found: _broken(found[0], fits), words)


def fitted(data: Any, name: str = "") -> Any:
    """Return the data of a template with each text made fit; of drawings, all but the markup.

    name: the name of this value in the mapping around it. Those of EXACT get no places to break; `words` next to `fits`
    have a place of that width.
    """
    match data:
        case str():
            if name == "svg":
                return "\n".join(fitting(line) for line in data.splitlines())
            return fitting(data) if name in EXACT else breakable(fitting(data))
        case {"words": str(words), "fits": float(fits), **rest}:
            return {**fitted(rest), "words": breakable(fitting(words), fits)}
        case dict():
            return {key: fitted(value, key) for key, value in data.items()}
        case list() | tuple():
            return [fitted(value, name) for value in data]
    return data


def _shows(character: str, known: frozenset[int]) -> bool:
    return character.isprintable() and ord(character) in known


def _mark(character: str) -> str:
    if character.isspace() and not (character.isprintable() or character < " " or character in "\x85\u2028\u2029"):
        return " "
    return f"[U+{ord(character):04X}]"


def _broken(word: str, fits: float) -> str:
    widths = [*map(_width, word)]
    if sum(widths) <= fits or all(ord(character) >= _IDEOGRAPHS for character in word):
        return word
    made, wide = "", 0.0
    for character, width in zip(word, widths, strict=True):
        if made and wide + width > min(fits, _PIECE):
            made, wide = made + _BREAK, 0.0
        made, wide = made + character, wide + width
    return made


def _width(character: str) -> float:
    """Return the width of a character, in the size of its letters; rather too much."""
    if ord(character) >= _IDEOGRAPHS:
        return 1.0
    return _WIDTHS.get(character) or (_CAPITAL if character.isupper() else _OTHER)
