"""Text normalization, so that a check finds a word however it is spelled."""

from __future__ import annotations

import unicodedata
from typing import Final

_DASHES: Final = "\u2212\u2043"


def folded(words: str) -> str:
    """Return the text in lower case, without accents, invisible characters or compatibility forms; single spaces.

    Digits of all scripts become 0 to 9, all dashes `-`, and the typographic apostrophe `'`.
    """
    if words.isascii():
        return _plain(words.casefold())
    return _plain(_decomposed(unicodedata.normalize("NFKC", words).casefold()))


def unaccented(words: str) -> str:
    """Return the text normalized as by `folded`, but with its capitals, which mark names."""
    return _plain(words if words.isascii() else _decomposed(words))


def _decomposed(words: str) -> str:
    return unicodedata.normalize("NFKD", words).replace("’", "'")


def _plain(words: str) -> str:
    kept = words if words.isascii() and words.isprintable() else words.translate(_FOLDED)
    return " ".join(kept.split())


_MOST_KEPT: Final = 4_096
"""Maximum number of cached characters; text in a few languages uses fewer."""


class _Folded(dict[int, str]):
    """Cache from a character code to its folded text."""

    def __missing__(self, code: int) -> str:
        found = _letter(chr(code))
        if len(self) < _MOST_KEPT:
            self[code] = found
        return found


_FOLDED: Final = _Folded()


def _letter(c: str) -> str:
    category = unicodedata.category(c)
    if category == "Nd":
        return str(unicodedata.digit(c))
    if category == "Pd" or c in _DASHES:
        return "-"
    return "" if category in ("Cf", "Mn", "Me", "Cc") and not c.isspace() else c
