"""Make a scenario from a practice run: the actions, line by line, from the encounter's entries alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kiosk.protocol.field_types.registry import type_of
from kiosk.protocol.field_types.type_record import SAMPLE
from kiosk.protocol.kinds.calls import Calls, calls_of, neighbors
from kiosk.protocol.model import MISSING, Protocol
from kiosk.protocol.replies import (
    Attempt,
    Called,
    Missing,
    Part,
    Place,
    Pressed,
    Recorded,
    Reply,
    Value,
    joined,
)
from kiosk.record import bodies
from kiosk.record.entries import LoggedEntry
from kiosk.record.entry_kinds import ANSWERS, EntryKind
from kiosk.scenarios.model import Answered, CalledOutside, Line, PressedKey, WentBack

_NOWHERE = Place("", 0)
"""The place of an action that has none."""


@dataclass(frozen=True, slots=True)
class PracticeRun:
    """The actions of one encounter.

    lines:    the lines of `do`, with line number 0.
    complete: whether every answer is still stored; otherwise no scenario is possible.
    left_out: the number of notes and amendments, which a scenario can't express.
    """

    lines: tuple[Line, ...]
    complete: bool
    left_out: int


def practice_run(entries: Iterable[LoggedEntry], protocol: Protocol, *, keep_text: bool = False) -> PracticeRun:
    """Return the lines that repeat these entries, oldest first. keep_text: with the typed text instead of samples."""
    lines: list[tuple[Place, Line]] = []
    complete, left_out = True, 0
    made: dict[Place, tuple[Attempt, ...]] = {}
    parts: dict[Place, Part] = {}
    for entry in entries:
        left_out += entry.kind in {EntryKind.NOTE_ADDED, EntryKind.AMENDMENT_ADDED}
        if entry.kind == EntryKind.CALL_MADE:
            outside = bodies.call_of(entry.body)
            complete = complete and outside is not None
            lines += [(_NOWHERE, CalledOutside(0, calls_of((outside,), ())))] if outside else []
        if entry.kind not in ANSWERS:
            continue
        answered = bodies.reply_of(entry.step or "", entry.body)
        if answered is None or entry.withheld or entry.encrypted:
            complete = False
            continue
        place, reply = answered
        if isinstance(reply, Recorded):
            reply = parts[place] = joined(parts.get(place), reply)
        if entry.kind == EntryKind.STEP_PARTIAL:
            continue
        if entry.kind == EntryKind.STEP_CORRECTED:
            lines.append((place, WentBack(0, place.step, place.visit)))
            made.pop(place, None)
        lines.append((place, _line(place, reply, made.get(place, ()), protocol, keep_text=keep_text)))
        if isinstance(reply, Called):
            made[place] = reply.attempts
    return PracticeRun(tuple(_joined(lines)), complete, left_out)


def _line(
    place: Place, reply: Reply, made: tuple[Attempt, ...], protocol: Protocol, *, keep_text: bool
) -> Answered | PressedKey:
    match reply:
        case Pressed(interrupt):
            return PressedKey(0, interrupt)
        case Called(attempts):
            return Answered(0, place.step, calls_of(attempts[len(made) :], made))
        case Recorded(values):
            facts = {n: v if keep_text and _writable(v) else _sample(n, v, protocol) for n, v in values}
            return Answered(0, place.step, Recorded.of(facts))
        case _:  # every other reply is in a scenario as it is in the log
            return Answered(0, place.step, reply)


def _joined(lines: Iterable[tuple[Place, Line]]) -> Iterator[Line]:
    """Yield the lines, with consecutive calls at one place joined in one line."""
    place: Place | None = None
    before: Line | None = None
    for at, line in lines:
        both = _both(before, line) if at == place else None
        if both is None and before is not None:
            yield before
        place, before = at, both or line
    if before is not None:
        yield before


def _both(first: Line | None, second: Line) -> Answered | None:
    if not (isinstance(first, Answered) and isinstance(second, Answered)):
        return None
    if not (isinstance(first.reply, Calls) and isinstance(second.reply, Calls)):
        return None
    return Answered(0, first.step, Calls(neighbors((*first.reply.roles, *second.reply.roles))))


def _writable(value: Value) -> bool:
    """Check that text can be written to a file and read back: no invisible character, no reserved word."""
    return not isinstance(value, str) or (value not in MISSING and value.replace("\n", " ").isprintable())


def _sample(name: str, value: Value, protocol: Protocol) -> Value:
    field = protocol.fields.get(name)
    if isinstance(value, Missing):
        return value
    return type_of(field).example(field, value) if field else SAMPLE
