"""Whether the protocol was followed in one record: steps skipped, facts late, answers superseded, roles not called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.engine.encounter import Encounter, Given, replay
from kiosk.protocol.model import Protocol
from kiosk.protocol.replies import PUT_OFF, Attempt, Pressed
from kiosk.record import bodies
from kiosk.record.encounter_record import EncounterRecord, ref_of
from kiosk.record.endings import Ending
from kiosk.record.entry_kinds import ANSWERS, EntryKind


@dataclass(frozen=True, slots=True)
class Followed:
    """How a closed record differs from its protocol.

    checked:      whether the engine could walk the record again: its protocol and all answers are there.
    skipped:      the steps to which the engine led, but which have no complete answer: left by an interrupt and never
                  answered later, or the one at which the record was closed early.
    elsewhere:    the engine arrives at another outcome than the record has.
    put_off:      the facts left to fill in later. late: those filled in or added after the closing.
    superseded:   the places whose answers a changed answer took off the path.
    early:        it was closed before an outcome.
    not_notified: the roles that did not know when it was closed.
    """

    checked: bool = False
    skipped: tuple[str, ...] = ()
    elsewhere: bool = False
    put_off: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    superseded: tuple[str, ...] = ()
    early: bool = False
    not_notified: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether nothing differs."""
        differs = (self.skipped, self.put_off, self.late, self.superseded, self.not_notified)
        return not (self.elsewhere or self.early or any(differs))


def followed(record: EncounterRecord, protocol: Protocol | None) -> Followed:
    """Compare a record with the protocol that it used; None if the log does not have that.

    Nothing is compared of an open record, or of a void one, which should never have been started.
    """
    if record.closing is None or record.ending is Ending.VOID:
        return Followed()
    walk = walk_again(record, protocol) if protocol else None
    put_off = tuple(name for name, value in record.fields.items() if value == PUT_OFF)
    return Followed(
        checked=walk is not None,
        skipped=tuple(_skipped(walk, record)) if walk else (),
        elsewhere=walk is not None and record.ending is Ending.OUTCOME and walk.outcome != record.outcome,
        put_off=put_off,
        late=tuple(_late(record, put_off)),
        superseded=record.superseded,
        early=record.ending is Ending.UNFINISHED,
        not_notified=record.not_notified,
    )


def walk_again(record: EncounterRecord, protocol: Protocol) -> Encounter | None:
    """Return the encounter as the engine walks it with the record's answers; None if one of them is not there."""
    given: list[Given] = []
    outside: list[Attempt] = []
    for entry in record.entries:
        if entry.kind in ANSWERS:
            one = bodies.given_in(entry.kind, entry.step or "", entry.body)
            if one is None:
                return None
            given.append(one)
        elif entry.kind == EntryKind.CALL_MADE and not record.is_late(ref_of(entry)):
            outside += filter(None, [bodies.call_of(entry.body)])
    try:
        situation = bodies.situation_of(record.entries[0].body)
    except (KeyError, IndexError):
        return None
    return replay(protocol, situation, given, outside)


def _skipped(walk: Encounter, record: EncounterRecord) -> Iterator[str]:
    """Yield each step on the engine's path that has no complete answer at any visit, once."""
    answered = {p.step for p in walk.path if not isinstance(walk.replies[p], Pressed)}
    left = [place.step for place in walk.path if place.step in walk.protocol.steps]
    waiting = [walk.at.step] if walk.outcome is None and record.ending is not Ending.OUTCOME else []
    yield from dict.fromkeys(step for step in (*left, *waiting) if step not in answered)


def _late(record: EncounterRecord, put_off: tuple[str, ...]) -> Iterator[str]:
    """Yield the facts that an amendment filled in or added."""
    yield from (name for name in put_off if record.amended_field(name))
    yield from record.late_fields
