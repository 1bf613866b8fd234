"""The times of one record: from its start to each answer, call, hand-off and closing, and at each step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from kiosk.protocol.model import REFERRAL, Protocol
from kiosk.protocol.replies import REACHED
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.endings import Ending
from kiosk.record.entries import LoggedEntry
from kiosk.record.entry_kinds import ANSWERS, EntryKind
from kiosk.system.clock import Instant
from kiosk.worded import Worded

_US: Final = 1_000_000
_NS: Final = 1_000_000_000


class Moment(Worded):
    """What a time in a record is of."""

    STEP = "step", "answered"
    CALL = "call", "call"
    HAND_OFF = "hand-off", "handed over"
    CLOSED = "closed", "closed"


@dataclass(frozen=True, slots=True)
class Mark:
    """One time of a record. name: the id of its step, role or outcome. seconds: from the start; None if unknown."""

    what: Moment
    name: str
    seconds: float | None


@dataclass(frozen=True, slots=True)
class AtStep:
    """One step of a record. seconds: the time spent there without pauses; None if a clock change hides it.

    partial, changed, paused: the number of partial and changed answers and of pauses there.
    """

    seconds: float | None = 0.0
    partial: int = 0
    changed: int = 0
    paused: int = 0


@dataclass(frozen=True, slots=True)
class Times:
    """The times of one record.

    marks:   each answer, call, hand-off and closing, in the order of the log.
    reached: seconds until a person was first reached; None: never. office: the same for the office.
    known:   whether `reached` and `office` are known: destroyed calls, or a changed clock, hide them.
    called:  whether any call was made or wanted. pauses: their number, wherever they were.
    steps:   by id, the steps that were answered.
    """

    marks: tuple[Mark, ...]
    reached: float | None
    office: float | None
    known: bool
    called: bool
    pauses: int = 0
    steps: Mapping[str, AtStep] = field(default_factory=dict)

    @property
    def partial(self) -> int:
        """The number of partial answers."""
        return sum(step.partial for step in self.steps.values())

    @property
    def changed(self) -> int:
        """The number of changed answers."""
        return sum(step.changed for step in self.steps.values())


def seconds_between(first: Instant, later: Instant) -> float | None:
    """Return the seconds between two times; None if the later one is earlier by its clock, which was set back.

    Without a restart between them, the boot clock gives the time, which nobody can set; else the wall clock.
    """
    if first.boot_id == later.boot_id:
        seconds = (later.boot_ns - first.boot_ns) / _NS
    else:
        seconds = (later.wall_us - first.wall_us) / _US
    return seconds if seconds >= 0 else None


def times_of(record: EncounterRecord, protocol: Protocol | None = None) -> Times:
    """Return the times of a record, from its entries. protocol: says which roles act for the office."""
    office = office_roles(protocol)
    answered = [call for call in record.calls if call.result in REACHED]
    first, told = (
        [seconds_between(record.opened_at, call.at) for call in calls[:1]]
        for calls in (answered, [call for call in answered if call.role in office])
    )
    return Times(
        marks=tuple(_marks(record, protocol)),
        reached=first[0] if first else None,
        office=told[0] if told else None,
        known=record.destroyed is None and None not in (*first, *told),
        called=bool(record.calls or record.not_notified or any(map(_is_call, record.entries))),
        pauses=sum(one.kind == "paused" for one in record.interruptions),
        steps=_steps(record),
    )


def office_roles(protocol: Protocol | None) -> frozenset[str]:
    """Return the roles that are the superintendent's office, or act for it: the reserved role and every designee."""
    roles = protocol.roles.values() if protocol else ()
    return frozenset({REFERRAL, *(role.id for role in roles if role.designee)})


def _is_call(entry: LoggedEntry) -> bool:
    return "attempts" in entry.body or "attempts" in entry.withheld


def _marks(record: EncounterRecord, protocol: Protocol | None) -> Iterator[Mark]:
    """Yield the times. The hand-off is the last answer before an outcome that refers the official to a role."""
    outcome = protocol.outcomes.get(record.outcome or "") if protocol else None
    refers = record.ending is Ending.OUTCOME and outcome is not None and outcome.refer is not None
    last = next((e.event_id for e in reversed(record.entries) if e.kind in ANSWERS), "") if refers else ""
    calls = {call.ref.event_id: call for call in record.calls}
    for entry in record.entries:
        after = seconds_between(record.opened_at, entry.at)
        if entry.kind in ANSWERS:
            yield Mark(Moment.STEP, entry.step or "", after)
        if call := calls.get(entry.event_id):
            yield Mark(Moment.CALL, call.role, after)
        if refers and entry.event_id == last:
            yield Mark(Moment.HAND_OFF, record.outcome or "", after)
        if entry.kind == EntryKind.ENCOUNTER_CLOSED:
            yield Mark(Moment.CLOSED, record.outcome or "", after)


def _steps(record: EncounterRecord) -> dict[str, AtStep]:
    """Return what happened at each step. A step has the time since the answer before it, except for pauses.

    A pause, and a partial answer, belong to the step that is answered next.
    """
    found: dict[str, AtStep] = {}
    since, spent, paused, waiting = record.opened_at, _Sum(), 0, False
    for entry in record.entries:
        if entry.kind == EntryKind.ENCOUNTER_PAUSED:
            spent.add(0 if waiting else seconds_between(since, entry.at))
            paused, waiting = paused + 1, True
        elif entry.kind == EntryKind.ENCOUNTER_RESUMED:
            since, waiting = entry.at, False
        elif entry.kind in ANSWERS:
            spent.add(0 if waiting else seconds_between(since, entry.at))
            since, waiting = entry.at, False
            found[entry.step or ""] = _added(found.get(entry.step or "", AtStep()), entry, spent.value, paused)
            spent, paused = _Sum(), 0
    return found


class _Sum:
    """A sum of seconds; None as soon as one of them is unknown."""

    value: float | None = 0.0

    def add(self, seconds: float | None) -> None:
        self.value = None if self.value is None or seconds is None else self.value + seconds


def _added(before: AtStep, entry: LoggedEntry, seconds: float | None, paused: int) -> AtStep:
    return AtStep(
        None if before.seconds is None or seconds is None else before.seconds + seconds,
        before.partial + (entry.kind == EntryKind.STEP_PARTIAL),
        before.changed + (entry.kind == EntryKind.STEP_CORRECTED),
        before.paused + paused,
    )
