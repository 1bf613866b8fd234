"""The replies to steps, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kiosk.worded import Worded


class CallResult(Worded):
    """The result of a call."""

    REACHED = "reached", "reached"
    CALLED_BACK = "called-back", "called back"
    NO_ANSWER = "no-answer", "no answer"
    NOT_CALLED = "nobody", "not called"


REACHED: Final = frozenset({CallResult.REACHED, CallResult.CALLED_BACK})
"""The results that reach a person: the desk called them, or they called back."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A step at its n-th visit in this encounter, counted from 1. Each answer names its place."""

    step: str
    visit: int = 1

    def __str__(self) -> str:
        """Return `step`, or `step#2` for the second visit."""
        return self.step if self.visit == 1 else f"{self.step}#{self.visit}"


@dataclass(frozen=True, slots=True)
class Missing:
    """A missing fact, with its reason: one of `model.MISSING`."""

    reason: str


FACT: Final = "field."
"""Prefix of a fact's id in an entry, so that one fact can be withheld without the others."""

PUT_OFF: Final = Missing("deferred")
"""The value of a fact to fill in later."""

Value = str | int | Missing


@dataclass(frozen=True, slots=True)
class Chosen:
    """One option of an ask step."""

    option: str


@dataclass(frozen=True, slots=True)
class Ticked:
    """The checked items of a choose step, in the file's order."""

    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recorded:
    """Facts of a form, by field id: the value of each field, or the reason it is missing."""

    values: tuple[tuple[str, Value], ...]

    @classmethod
    def of(cls, values: Mapping[str, Value]) -> Recorded:
        """Return the reply for a mapping of field id to value."""
        return cls(tuple(sorted(values.items(), key=lambda item: item[0])))

    def get(self, field_id: str) -> Value | None:
        """Return the value of this field, or None."""
        return dict(self.values).get(field_id)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One call of the `person`-th contact (from 0) of a role, and its result."""

    role: str
    person: int
    result: CallResult


@dataclass(frozen=True, slots=True)
class Called:
    """All calls of a call step so far, oldest first; at least one."""

    attempts: tuple[Attempt, ...]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """An instruction was read and done."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """An interrupt was pressed instead of answering."""

    interrupt: str


Answer = Chosen | Ticked | Recorded | Called | Confirmed
"""A reply to a step."""

Reply = Answer | Pressed

Part = Ticked | Recorded | Called
"""A partial reply: some of the facts, checked items not confirmed yet, or calls that nobody answered."""


def joined(before: Part | None, part: Part) -> Part:
    """Return the answer at a place after adding `part` to the answer `before`.

    Facts are merged, with the newest value of each. Checked items and calls are always complete, so they replace
    earlier ones.
    """
    if isinstance(before, Recorded) and isinstance(part, Recorded):
        return Recorded.of({**dict(before.values), **dict(part.values)})
    return part
