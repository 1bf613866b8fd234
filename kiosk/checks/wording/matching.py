"""A first, quick look at a text: which of many lists of words can be in it at all.

Each list names parts of which one is in every match. A part is remembered by its first three letters; the threes of a
text are looked up together, and only the parts that begin with one of them are looked for. Only lists with a part in
the text are then looked for with their slow patterns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from kiosk.privacy.folding import folded

_LETTERS: Final = 3


class Hunt:
    """Lists by name, each with its parts (three letters or more, folded)."""

    def __init__(self, parts: Mapping[str, Iterable[str]]) -> None:
        self._parts: dict[str, list[tuple[str, str]]] = {}
        for name, of_one in parts.items():
            for part in of_one:
                if len(part) < _LETTERS:
                    raise ValueError(f"“{part}” is too short to look for")
                self._parts.setdefault(part[:_LETTERS], []).append((part, name))
        self._threes = frozenset(self._parts)

    def possible(self, words: str) -> frozenset[str]:
        """The names of the lists that may have something in these words."""
        plain, threes = _taken_apart(words)
        hits = self._threes & threes
        return frozenset(name for three in hits for part, name in self._parts[three] if part in plain)


@lru_cache(maxsize=16)
def _taken_apart(words: str) -> tuple[str, frozenset[str]]:
    """The folded words between two spaces, and every three letters that stand together in them."""
    plain = f" {folded(words)} "
    return plain, frozenset(map("".join, zip(*(plain[n:] for n in range(_LETTERS)), strict=False)))
