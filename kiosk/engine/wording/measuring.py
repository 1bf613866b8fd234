"""What can be counted about each text, for whoever proofreads it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kiosk.engine.model import Protocol, Text
from kiosk.engine.shapes import Path
from kiosk.engine.wording.aloud import seconds_aloud
from kiosk.engine.wording.grade import grade
from kiosk.engine.wording.passages import passages, words_of
from kiosk.engine.wording.slots import fill, longest


@dataclass(frozen=True, slots=True)
class Measure:
    """One text in one language, with the longest words its slots can hold.

    grade:   school grade at which it is read; None for few words, or a language without a formula.
    words:   how many there are.
    seconds: how long it takes to say; None for what is not said.
    """

    grade: float | None
    words: int
    seconds: float | None = None


def measures(protocol: Protocol, texts: Iterable[tuple[Path, Text]]) -> Mapping[tuple[Path, str], Measure]:
    """(path, language) → measure, for every text in every language it is in; `texts` as in `Reading.texts`."""
    found: dict[tuple[Path, str], Measure] = {}
    for passage in passages(texts):
        spoken = fill(passage.shown, longest(protocol, passage.language))
        read = fill(passage.shown, longest(protocol, passage.language, number=""))
        found[passage.path, passage.language] = Measure(
            grade(read, passage.language),
            len(words_of(spoken)),
            seconds_aloud(spoken) if passage.use == "say" else None,
        )
    return found
