"""Find the negated parts of a sentence: `do not hide or move anyone`, `no esconda`.

A negation extends to the next word or comma that begins another clause. A comma in a list that ends in `or` does not
end it: `do not touch, block or chase them`. In doubt the negation ends, because an author can easily repeat `do not`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import Final

Spans = tuple[tuple[int, int], ...]
"""(start, end) of each part of a sentence that is negated."""

_TURNED: Final = (
    r"(?! (?:forget|hesitate|fail|be (?:afraid|shy|sorry)|worry|mind|only|just|stop|matter|problem|harm|doubt|need to"
    r"|wonder|time to|olvide|olviden|dude|duden|deje[ns]? de|se preocupe|importa|hay problema|solo)\b)"
)
"""Words that reverse a negation: `do not forget to …`, `no dude en …`."""

_NEGATION: Final = re.compile(
    r"(?:\b(?:not|never|no|nobody|neither|nor|cannot|without|avoid|instead of|rather than|leave out|nothing|dont"
    r"|deje fuera|excluya|nunca|jamas|ni|sin|tampoco|nadie|ningun[oa]?|evite|en vez de|en lugar de|omita|nao)|n't)\b"
    + _TURNED
)
_TURN: Final = re.compile(
    r" (?:but|and|instead|then|unless|until|so|when|because|rather|just|before|after|while|y|e|pero|sino|hasta"
    r"|entonces|cuando|porque|antes|despues|mientras|mas bien)\b(?! (?:of|than)\b)|,"
    # Not `do not say if …`, `usted no decide si …`.
    r"|(?<!say)(?<!tell)(?<!judge)(?<!decide)(?<!guess)(?<!ask)(?<!know)(?<!write)(?<!diga)(?<!juzgue)(?<!escriba)"
    r" (?:if|si)\b"
)
_LIST_ENDS: Final = re.compile(r" (?:or|nor|o|u|ni|ou) ")
_CONDITION: Final = re.compile(r"(?:if|when|while|unless|because|although|once|si|cuando|mientras|aunque|como)\b")


@lru_cache(maxsize=16)  # each sentence is searched for several kinds of words
def negated(sentence: str) -> Spans:
    """Return the negated parts of a folded sentence."""
    spans: list[tuple[int, int]] = []
    turns = _turns(sentence)
    for found in _NEGATION.finditer(sentence):
        if not spans or found.start() >= spans[-1][1]:
            at = bisect_right(turns, found.end() - 1)
            spans.append((found.end(), turns[at] if at < len(turns) else len(sentence)))
    return tuple(spans)


def inside(at: int, spans: Spans) -> bool:
    """Check whether a position in a sentence is in one of its negated parts."""
    return any(start <= at < end for start, end in spans)


def _turns(sentence: str) -> list[int]:
    """Return the positions that end a negation. Most commas before the last `or` only separate items of a list."""
    last_or = max((found.start() for found in _LIST_ENDS.finditer(sentence)), default=-1)
    found = [match.start() for match in _TURN.finditer(sentence)]
    first_comma = sentence.find(",")
    conditional = _CONDITION.match(sentence) is not None
    return [
        at
        for at in found
        if sentence[at] != "," or at > last_or or (conditional and at == first_comma) or _ends_negation(sentence, at)
    ]


def _ends_negation(sentence: str, comma: int) -> bool:
    """Check whether the comma directly follows the negation: `no, hide them`."""
    return any(found.end() == comma for found in _NEGATION.finditer(sentence, max(0, comma - 12), comma))
