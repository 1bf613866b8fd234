"""The school grade at which a text can be read, by the formula of its language; none without a formula.

en: Flesch-Kincaid grade level (Kincaid, Fishburne, Rogers and Chissom, 1975).
es: the readability of Fernández Huerta (1959), with words per sentence as Gwillim Law corrected it (2011), and the
    grades of its own table: 90 to 100 is grade 4, 80 grade 5, 70 grade 6, 60 grades 7 and 8, 50 before university.
The formulas were made for pages. One long word in a line of five changes the grade by two, so short texts get none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Final

from kiosk.checks.wording.sentences import sentences, words_of
from kiosk.checks.wording.syllables import syllables

LIMIT: Final = 7.0
"""The grade from which a text is too hard: the desk is written for sixth-grade readers."""

FEWEST_WORDS: Final = 12
"""A text with fewer words has no grade."""

_SPANISH_TABLE: Final = ((100.0, 4.0), (90.0, 5.0), (80.0, 6.0), (70.0, 7.0), (60.0, 9.0), (50.0, 12.0), (0.0, 18.0))
"""(readability, grade); between two lines the grade is interpolated linearly."""


def grade(words: str, language: str) -> float | None:
    """Return the grade of these words, 0 or more; None for few words or a language without a formula."""
    formula = _FORMULAS.get(language.partition("-")[0])
    found = words_of(words)
    if formula is None or len(found) < FEWEST_WORDS:
        return None
    base = language.partition("-")[0]
    spoken = sum(syllables(word, base) for word in found)
    return round(max(0.0, formula(len(found) / max(1, len(sentences(words))), spoken / len(found))), 1)


def _english(words_per_sentence: float, syllables_per_word: float) -> float:
    return 0.39 * words_per_sentence + 11.8 * syllables_per_word - 15.59


def _spanish(words_per_sentence: float, syllables_per_word: float) -> float:
    ease = 206.84 - 60 * syllables_per_word - 1.02 * words_per_sentence
    for (above, low), (below, high) in pairwise(_SPANISH_TABLE):
        if ease >= below:
            return low + (high - low) * (above - ease) / (above - below)
    return _SPANISH_TABLE[-1][1]


_FORMULAS: Final[Mapping[str, Callable[[float, float], float]]] = {"en": _english, "es": _spanish}
