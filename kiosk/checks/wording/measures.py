"""The counts for each text, for proofreading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kiosk.checks.wording.grade import grade
from kiosk.checks.wording.sentences import Passage, passages, words_of
from kiosk.checks.wording.slots import Fillings, fill
from kiosk.checks.wording.speaking_time import seconds_aloud
from kiosk.protocol.model import Protocol, Text
from kiosk.protocol.syntax.cursor import Path


@dataclass(frozen=True, slots=True)
class Measure:
    """One text in one language, with the longest words its slots can hold.

    grade:   school grade of its readers; None for few words, or a language without a formula.
    words:   number of words.
    seconds: time to say it, in seconds; None for a text that is not said.
    """

    grade: float | None
    words: int
    seconds: float | None = None


def measures(protocol: Protocol, texts: Iterable[tuple[Path, Text]]) -> Mapping[tuple[Path, str], Measure]:
    """Return (path, language) → measure, for every text in every language it is in; `texts` as in `Reading.texts`."""
    found: dict[tuple[Path, str], Measure] = {}
    fillings: dict[str, Fillings] = {}
    for passage in passages(texts):
        if passage.language not in fillings:
            fillings[passage.language] = Fillings.of(protocol, passage.language)
        found[passage.path, passage.language] = _measure(passage, fillings[passage.language])
    return found


def _measure(passage: Passage, filling: Fillings) -> Measure:
    spoken = fill(passage.shown, filling.spoken)
    seconds = seconds_aloud(spoken) if passage.use == "say" else None
    return Measure(grade(fill(passage.shown, filling.read), passage.language), len(words_of(spoken)), seconds)
