"""What a change between two editions of a protocol is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from kiosk.authoring.describe import Telling
from kiosk.protocol.model import RETURN
from kiosk.protocol.validation.renames import current


class Matter(IntEnum):
    """What kind of thing changed, the weightiest first."""

    ROUTING = 0
    GUARANTEES = 1
    PEOPLE = 2
    STEPS = 3
    SETTINGS = 4
    FACTS = 5
    WORDS = 6
    TRANSLATIONS = 7
    RELEASE = 8
    SOURCES = 9
    FILES = 10


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed.

    place:       where, as ids from the outside in: ("steps", "wait", "say"), as they are called today.
    where:       the same in words.
    words:       a sentence that says what changed, or the wording with its marks.
    destructive: something that was promised, recorded or named is gone.
    """

    matter: Matter
    place: tuple[str, ...]
    where: str
    words: str
    destructive: bool = False

    @property
    def step(self) -> str | None:
        """The step that it touches."""
        return self.place[1] if self.place[0] == "steps" else None


@dataclass(frozen=True, slots=True)
class Both:
    """Two editions beside each other."""

    old: Telling
    new: Telling

    def today(self, *path: str) -> str:
        """What the last id of an earlier path is called today."""
        return current(self.new.protocol.renamed, path)[-1]

    def target(self, old: str) -> str:
        """What an earlier target is called today."""
        if old == RETURN:
            return old
        return self.today("steps" if old in self.old.protocol.steps else "outcomes", old)

    def named(self, target: str) -> str:
        """A target of the new edition, or else of the old one, in words with its id."""
        known = self.new if _knows(self.new, target) else self.old
        return f"“{known.name(target)}”" if target == RETURN else f"“{known.name(target)}” ({target})"


def _knows(telling: Telling, target: str) -> bool:
    return target in telling.protocol.steps or target in telling.protocol.outcomes
