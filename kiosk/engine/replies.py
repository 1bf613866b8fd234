"""What a person can reply to a step, as frozen values, and whether a reply fits its step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from kiosk.errors import InvalidAnswer
from kiosk.protocol.model import MISSING, Ask, Call, Choose, Field, Protocol, Record, Step, Tell

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


Reply = Chosen | Ticked | Recorded | Called | Confirmed | Pressed

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


def require_fit(
    protocol: Protocol, step: Step | None, reply: Reply, *, known: Reply | None = None, part: bool = False
) -> None:
    """Raise InvalidAnswer, naming the step, unless `reply` is one this step can take. An outcome (None) takes
    interrupts.

    known: what was answered there before; facts in it need not be given again.
    part: whether it may be some of an answer: not every fact, no tick.
    """
    match step, reply:
        case _, Pressed(interrupt):
            fits = protocol.interrupt(interrupt) is not None
        case Ask(), Chosen(option):
            fits = any(o.id == option for o in step.options)
        case Choose(), Ticked(choices):
            fits = (part or bool(choices)) and all(c in step.choices for c in choices)
        case Record(), Recorded(values):
            names = {name for name, _ in values}
            before = {name for name, _ in known.values} if isinstance(known, Recorded) else set[str]()
            wanted = set(step.fields)
            enough = bool(names) and names <= wanted if part else names | before == wanted
            fits = enough and all(value_fits(protocol, name, value) for name, value in values)
        case Call(), Called(attempts):
            fits = bool(attempts) and _called(protocol, step, attempts)
        case Tell(), Confirmed():
            fits = True
        case _:
            fits = False
    if not fits:
        raise unfit(step.id if step else "the end")


def _called(protocol: Protocol, step: Call, attempts: tuple[Attempt, ...]) -> bool:
    """Whether a call step can hold these calls. Whether it is after hours, only an encounter knows."""
    known = frozenset((*step.roles, *protocol.after_hours))
    return all(a.role in known and not (step.pick and a.result == "no-answer") for a in attempts)


def unfit(step_id: str) -> InvalidAnswer:
    """The error for an answer that the named step can't take."""
    return InvalidAnswer(
        f"The step “{step_id}” can't take that answer.",
        "Choose one of the answers on the screen.",
        "error.answer",
    )


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
