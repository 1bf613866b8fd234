"""The number of syllables in a word, for the languages with a reading grade.

There are two counts, and the larger one is used. pyphen divides words by the patterns of LibreOffice. A syllable ends
at each division, but a printed line never breaks after one letter (`a·gen·cy`) nor, in Spanish, between vowels
(`dí·a`). So the vowels are counted as well: in Spanish by the rule of its orthography, which is exact; in English by
silent endings.
textstat uses a pronunciation dictionary that nltk downloads at first use, which a kiosk can't do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, Final

_DICTIONARIES: Final[Mapping[str, str]] = {"en": "en_US", "es": "es"}
_MOST_LETTERS: Final = 40
"""Maximum length of a word; a longer string is cut."""

_SILENT: Final = re.compile(r"(?:[^aeiouylr]|[aeiouy]r|[aeiouy]l)e[sd]?$|[^aeiouydt]ed$|[^aeioulrsxzh]es$|ely$|^every")
_SOUNDED: Final = re.compile(r"(?:s|x|z|ch|sh|[^n]c|g)es$|[dt]ed$|[^aeiouyl]le[sd]?$")
_APART: Final = re.compile(r"ia(?!l\b|n\b)|io(?!n|us)|iu|eo(?!n|p)|(?<=[dr])ea$|[aeo]ing|ua(?!r)|ier\b")
_ENGLISH: Final = re.compile(r"[aeiouy]+")

_SPANISH_SILENT: Final = re.compile(r"(?<=[gq])u(?=[eiéí])")
_VOWELS: Final = re.compile(r"[aeiouáéíóúüy]+")
_STRONG: Final = frozenset("aeoáéó")
_STRESSED: Final = frozenset("íú")


@lru_cache(maxsize=8_192)
def syllables(word: str, language: str) -> int:
    """Return the syllables of one word, at least 1. Raise KeyError for a language without a count."""
    letters = "".join(c for c in word[:_MOST_LETTERS].casefold() if c.isalpha())
    if not letters:
        return 1
    return max(1, _COUNTS[language](letters), _divided(language, letters))


def _divided(language: str, letters: str) -> int:
    return len(_dictionary(language).positions(letters)) + 1


@cache
def _dictionary(language: str) -> Any:
    import pyphen  # noqa: PLC0415 - 25 ms and a dictionary; a kiosk that starts needs neither

    return pyphen.Pyphen(lang=_DICTIONARIES[language])


def _english(letters: str) -> int:
    """Count groups of vowels; groups with two syllables count twice, silent endings not at all."""
    count = len(_ENGLISH.findall(letters)) + len(_APART.findall(letters))
    silent = _SILENT.search(letters) and not _SOUNDED.search(letters)
    return count - (1 if silent and count > 1 else 0)


def _spanish(letters: str) -> int:
    """Count vowels: two strong ones, or a strong and a stressed weak one, are two syllables; other groups are one."""
    plain = _SPANISH_SILENT.sub("", letters)
    return sum(_nuclei(group) for group in _VOWELS.findall(plain))


def _nuclei(vowels: str) -> int:
    parts = 1
    for before, after in pairwise(vowels):
        pair = {before, after}
        parts += bool(pair <= _STRONG or (pair & _STRESSED and pair & _STRONG))
    return parts


_COUNTS: Final[Mapping[str, Callable[[str], int]]] = {"en": _english, "es": _spanish}
