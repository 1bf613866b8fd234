"""A fast first test: which of many lists of words can match a text at all.

Each list names parts; every match contains one of them. A part is found by its first three letters. All groups of three
letters in a text are looked up together, and only the parts that begin with one of them are searched. Only lists with a
part in the text then run their slow patterns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from kiosk.privacy.folding import folded

_LETTERS: Final = 3


class TermFilter:
    """A filter for named lists of parts; each part has at least three letters and is folded."""

    def __init__(self, parts: Mapping[str, Iterable[str]]) -> None:
        self._parts: dict[str, list[tuple[str, str]]] = {}
        for name, of_one in parts.items():
            for part in of_one:
                if len(part) < _LETTERS:
                    raise ValueError(f"“{part}” is too short to look for")
                self._parts.setdefault(part[:_LETTERS], []).append((part, name))
        self._threes = frozenset(self._parts)

    def possible(self, words: str) -> frozenset[str]:
        """Return the names of the lists that may match these words."""
        plain, threes = _trigrams(words)
        hits = self._threes & threes
        return frozenset(name for three in hits for part, name in self._parts[three] if part in plain)


@lru_cache(maxsize=16)
def _trigrams(words: str) -> tuple[str, frozenset[str]]:
    """Return the folded words between two spaces, and all their groups of three letters."""
    plain = f" {folded(words)} "
    return plain, frozenset(map("".join, zip(*(plain[n:] for n in range(_LETTERS)), strict=False)))
