"""The diagram of a protocol as data: boxes, and arrows with the answers on them.

A diagram of sixty steps with a line for every answer can't be read. So a target of many answers gets a line only from
the first of them, and the others name it by its number. Interrupts, which are offered everywhere, have their own box.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kiosk.authoring.describe import Answer, Description
from kiosk.authoring.reading_order import WalkOrder, leads_here, numbers, walk_order
from kiosk.protocol.kinds.kind import Mark, Outline
from kiosk.protocol.kinds.registry import items_of, kind_of
from kiosk.protocol.model import RETURN, Outcome, Protocol, Step

MOST_LINES: Final = 2
"""Maximum number of steps with lines to one target; with more, only the first has a line."""

MAX_WORDS: Final = 160
"""Maximum number of characters of a text."""

MAX_DETAILS: Final = 20
"""Maximum number of roles, facts or checklist items of one step."""


@dataclass(frozen=True, slots=True)
class Box:
    """One step or outcome.

    number:  its number on paper, as in the review copy. heading: the kind of step.
    details: the roles it calls, the facts it records, its checklist, or the roles an outcome refers to and notifies.
    """

    id: str
    number: str
    heading: str
    outline: Outline
    words: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrow:
    """Answers of one step that lead to the same place.

    tail, head: ids of boxes; head may be RETURN.
    answers:    at least one.
    line:       whether it is drawn as a line; else its head is named by its number.
    """

    tail: str
    head: str
    answers: tuple[Answer, ...]
    line: bool

    @property
    def words(self) -> tuple[str, ...]:
        """The texts of its answers."""
        return tuple(cut(answer.with_key) for answer in self.answers)


@dataclass(frozen=True, slots=True)
class Key:
    """An interrupt: its key, its words, and the box it leads to."""

    key: str
    words: str
    head: str


@dataclass(frozen=True, slots=True)
class Diagram:
    """A complete diagram: boxes in reading order, outcomes last."""

    title: str
    start: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    keys: tuple[Key, ...]

    def box(self, box_id: str) -> Box | None:
        """Return the box with that id; None if there is none."""
        return next((box for box in self.boxes if box.id == box_id), None)

    def by_tail(self) -> dict[str, list[Arrow]]:
        """Return box id → the arrows from it, in the order of its answers."""
        found: dict[str, list[Arrow]] = {box.id: [] for box in self.boxes}
        for arrow in self.arrows:
            found[arrow.tail].append(arrow)
        return found

    def named(self) -> dict[str, str]:
        """Return box id or RETURN → its name for arrows without a line: `51 Who is with them now?`."""
        found = {box.id: cut(f"{box.number} {box.words}", 60) for box in self.boxes}
        return found | {RETURN: "back to where it was called from"}


def diagram(description: Description) -> Diagram:
    """Return the diagram of a protocol without unknown targets."""
    protocol, order, number = description.protocol, walk_order(description.protocol), numbers(description.protocol)
    release = protocol.release
    return Diagram(
        title=cut(f"{description.of(protocol.title)}, version {release.version} ({release.status})"),
        start=protocol.start,
        boxes=(
            *(_box(protocol.steps[i], number[i], description) for i in order.all),
            *(_end(outcome, number[outcome.id], description) for outcome in protocol.outcomes.values()),
        ),
        arrows=tuple(_arrows(protocol, order, description)),
        keys=tuple(Key(f"F{n}", cut(description.of(i.label)), i.next) for n, i in enumerate(protocol.interrupts, 6)),
    )


def cut(words: str, most: int = MAX_WORDS) -> str:
    """Return text cut to at most `most` characters."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _box(step: Step, number: str, description: Description) -> Box:
    kind = kind_of(step)
    dial = (f"dial {step.dial}",) if step.dial else ()
    # Answers with a key are on the arrows.
    details = (description.line(item) for item in items_of(step) if item.mark is not Mark.KEY)
    return Box(
        step.id, number, kind.name.upper(), kind.outline, cut(description.name(step.id)), _few((*dial, *details))
    )


def _end(outcome: Outcome, number: str, description: Description) -> Box:
    refers = (f"refers to: {description.role(outcome.refer)}",) if outcome.refer else ()
    roles = ", ".join(description.role(role) for role in outcome.to_notify)
    tells = (f"must be notified: {roles}",) if outcome.to_notify else ()
    duties = (f"duty of {description.role(duty.owner)}: {description.of(duty.do)}" for duty in outcome.duties)
    routine = ("an ordinary visit: refers to nobody",) if outcome.routine else ()
    return Box(
        outcome.id,
        number,
        "END",
        Outline.END,
        cut(description.of(outcome.title)),
        _few((*refers, *tells, *duties, *routine)),
    )


def _few(details: tuple[str, ...]) -> tuple[str, ...]:
    more = (f"… and {len(details) - MAX_DETAILS} more",) if len(details) > MAX_DETAILS else ()
    return (*(cut(words) for words in details[:MAX_DETAILS]), *more)


def _arrows(protocol: Protocol, order: WalkOrder, description: Description) -> Iterator[Arrow]:
    place = {step_id: n for n, step_id in enumerate(order.all)}
    tails = leads_here(protocol)
    for step_id in order.all:
        heads: dict[str, list[Answer]] = {}
        for answer in description.answers(protocol.steps[step_id]):
            heads.setdefault(answer.target, []).append(answer)
        for head, answers in heads.items():
            forward = place[step_id] < place.get(head, len(place))
            first = tails[head][0] == step_id or len(tails[head]) <= MOST_LINES
            yield Arrow(step_id, head, tuple(answers), head != RETURN and forward and first)
