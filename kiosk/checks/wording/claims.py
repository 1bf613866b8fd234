"""Claims that no protocol may make to staff or let them say, except after `do not`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kiosk.checks.wording import claims_en, claims_es
from kiosk.checks.wording.matching import TermFilter
from kiosk.checks.wording.negation import inside, negated
from kiosk.checks.wording.sentences import sentences
from kiosk.privacy.folding import folded

PAPER, ENTRY, DECEIT, LOCK, DELAY, REVEAL = "W110", "W111", "W113", "W114", "W115", "W116"


@dataclass(frozen=True, slots=True)
class Claim:
    """One banned claim: the code of its finding, its pattern, and parts; every match contains one of the parts."""

    code: str
    pattern: re.Pattern[str]
    parts: tuple[str, ...]

    def found_in(self, sentence: str) -> re.Match[str] | None:
        """Return the first match in a folded sentence that is not negated."""
        first = self.pattern.search(sentence)
        if first is None:
            return None
        spans = negated(sentence)
        later = self.pattern.finditer(sentence, first.start())
        return next((found for found in later if not inside(found.start(), spans)), None)


def _claims(code: str, name: str) -> list[Claim]:
    rules = [*getattr(claims_en, name), *getattr(claims_es, name)]
    return [Claim(code, re.compile(pattern), parts) for pattern, parts in rules]


CLAIMS: Final = (
    *_claims(PAPER, "PAPER"),
    *_claims(ENTRY, "ENTRY"),
    *_claims(DECEIT, "DECEIT"),
    *_claims(LOCK, "LOCK"),
    *_claims(DELAY, "DELAY"),
    *_claims(REVEAL, "REVEAL"),
)

_FILTER: Final = TermFilter({str(n): claim.parts for n, claim in enumerate(CLAIMS)})


def claims(words: str) -> Iterator[tuple[str, str]]:
    """Return (code, matching words) for each kind of banned claim in a text, once each, in every language."""
    possible = _FILTER.possible(words)
    plain = [folded(sentence) for sentence in sentences(words)] if possible else []
    known: set[str] = set()
    for claim in (claim for n, claim in enumerate(CLAIMS) if str(n) in possible and claim.code not in known):
        found = next((found for sentence in plain if (found := claim.found_in(sentence))), None)
        if found:
            known.add(claim.code)
            yield claim.code, found[0].strip()
