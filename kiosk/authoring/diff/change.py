"""A change between two versions of a protocol."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from kiosk.authoring.describe import Description
from kiosk.protocol.model import RETURN
from kiosk.protocol.validation.renames import current


class Matter(IntEnum):
    """The kind of a change, the most important first."""

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
    """One change.

    place:       its path, with current ids: ("steps", "wait", "say").
    where:       the same in words.
    words:       a sentence about the change, or the wording with marks.
    destructive: whether a guarantee, a recorded fact or a named part was removed.
    """

    matter: Matter
    place: tuple[str, ...]
    where: str
    words: str
    destructive: bool = False

    @property
    def step(self) -> str | None:
        """The step that the change affects."""
        return self.place[1] if self.place[0] == "steps" else None


@dataclass(frozen=True, slots=True)
class Both:
    """Two versions to compare."""

    old: Description
    new: Description

    def today(self, *path: str) -> str:
        """Return the current name of the last id of an earlier path."""
        return current(self.new.protocol.renamed, path)[-1]

    def target(self, old: str) -> str:
        """Return the current name of an earlier target."""
        if old == RETURN:
            return old
        return self.today("steps" if old in self.old.protocol.steps else "outcomes", old)

    def named(self, target: str) -> str:
        """Return the name of a target of the new version, else of the old one, with its id."""
        known = self.new if _knows(self.new, target) else self.old
        return f"“{known.name(target)}”" if target == RETURN else f"“{known.name(target)}” ({target})"


def _knows(description: Description, target: str) -> bool:
    return target in description.protocol.steps or target in description.protocol.outcomes
