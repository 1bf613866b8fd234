"""What a person can reply to a step, as frozen values, and whether a reply fits its step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from kiosk.protocol.model import MISSING, Field, Protocol

CallResult = Literal["reached", "called-back", "no-answer", "nobody"]
CALL_RESULTS: Final[tuple[CallResult, ...]] = ("reached", "called-back", "no-answer", "nobody")

REACHED: Final[frozenset[CallResult]] = frozenset({"reached", "called-back"})
"""The results after which somebody knows: the desk called them, or they called the desk."""

MAX_COUNT = 99_999
"""The largest number a count field takes; more digits are a slip, or no count."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A step at its n-th visit in this encounter, counted from 1. An answer names the place it answers."""

    step: str
    visit: int = 1

    def __str__(self) -> str:
        """`step`, or `step#2` for the second visit."""
        return self.step if self.visit == 1 else f"{self.step}#{self.visit}"


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that was not got, and why: one of `model.MISSING`."""

    reason: str


FACT: Final = "field."
"""Before a fact's id: the name of its value in an entry, so that one fact can be withheld without the others."""

PUT_OFF: Final = Missing("deferred")
"""What stands for a fact that is still to be filled in."""

Value = str | int | Missing


@dataclass(frozen=True, slots=True)
class Chosen:
    """One option of an ask step."""

    option: str


@dataclass(frozen=True, slots=True)
class Ticked:
    """The choices of a choose step, in the file's order."""

    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recorded:
    """Facts of a record step, by field id: every field of the step, with its value or why it is missing."""

    values: tuple[tuple[str, Value], ...]

    @classmethod
    def of(cls, values: Mapping[str, Value]) -> Recorded:
        """From a mapping of field id to value."""
        return cls(tuple(sorted(values.items(), key=lambda item: item[0])))

    def get(self, field_id: str) -> Value | None:
        """What stands for that field."""
        return dict(self.values).get(field_id)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One call of the `person`-th contact (from 0) of a role, and what came of it."""

    role: str
    person: int
    result: CallResult


@dataclass(frozen=True, slots=True)
class Called:
    """All attempts of a call step so far, oldest first."""

    attempts: tuple[Attempt, ...]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A tell step was read and done."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """An interrupt was pressed instead of answering."""

    interrupt: str


Answer = Chosen | Ticked | Recorded | Called | Confirmed
"""What answers a step."""

Reply = Answer | Pressed

Part = Ticked | Recorded | Called
"""What can be answered in part: some of the facts, ticks that were not confirmed yet, calls that nobody answered."""


def joined(before: Part | None, part: Part) -> Part:
    """What was answered at a place once `part` joins what was answered there `before`.

    Facts join facts, each the newest; ticks and calls always say all of theirs, so they take the place of earlier ones.
    """
    if isinstance(before, Recorded) and isinstance(part, Recorded):
        return Recorded.of({**dict(before.values), **dict(part.values)})
    return part


def typed(field: Field, words: str) -> Value:
    """What stands for words typed into a field's box: a whole number in a count field, else the words, trimmed.

    An empty box is `deferred`. Words that are no number stay words in a count field too (“four or five”); of a fact
    that is chosen, the word is the id of a choice.
    """
    said = words.strip()
    if not said:
        return Missing("deferred")
    if field.type == "count" and said.isascii() and said.isdigit() and len(said) <= len(str(MAX_COUNT)):
        return int(said)
    return said


def value_fits(protocol: Protocol, field_id: str, value: Value) -> bool:
    """Whether a field of the protocol can hold that value."""
    field = protocol.fields[field_id]
    match value:
        case Missing(reason):
            return reason in MISSING and (reason == "deferred" or reason in field.missing)
        case int():
            return field.type == "count" and 0 <= value <= MAX_COUNT
        case str():
            return value in field.choices if field.type == "choice" else bool(value.strip())
