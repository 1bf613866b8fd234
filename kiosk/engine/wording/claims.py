"""Words that no protocol may tell its staff, or have them say aloud. Each may stand after `do not`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kiosk.engine.folding import folded
from kiosk.engine.wording import claims_en, claims_es
from kiosk.engine.wording.negation import inside, negated
from kiosk.engine.wording.passages import sentences

PAPER, ENTRY, DECEIT, LOCK, DELAY = "W110", "W111", "W113", "W114", "W115"


@dataclass(frozen=True, slots=True)
class Claim:
    """One kind of banned words: the code of its finding, the patterns, and parts of which one is in every match."""

    code: str
    pattern: re.Pattern[str]
    parts: tuple[str, ...]

    def found_in(self, sentence: str) -> re.Match[str] | None:
        """The first place in a folded sentence that says it and is not negated."""
        if not any(part in sentence for part in self.parts):
            return None
        spans = negated(sentence)
        return next((m for m in self.pattern.finditer(sentence) if not inside(m.start(), spans)), None)


def _claim(code: str, name: str) -> Claim:
    rules = [*getattr(claims_en, name), *getattr(claims_es, name)]
    parts = {part for _, needed in rules for part in needed}
    return Claim(code, re.compile("|".join(f"(?:{pattern})" for pattern, _ in rules)), tuple(sorted(parts)))


CLAIMS: Final = (
    _claim(PAPER, "PAPER"),
    _claim(ENTRY, "ENTRY"),
    _claim(DECEIT, "DECEIT"),
    _claim(LOCK, "LOCK"),
    _claim(DELAY, "DELAY"),
)


def claims(words: str) -> Iterator[tuple[str, str]]:
    """(code, the words that say it) for each kind of banned claim in a text, once each, in every language."""
    known: set[str] = set()
    for sentence in sentences(words):
        plain = folded(sentence)
        for claim in CLAIMS:
            if claim.code not in known and (found := claim.found_in(plain)):
                known.add(claim.code)
                yield claim.code, found[0].strip()
