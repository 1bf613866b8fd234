"""The record of one encounter for lists and exports, built from its entries alone, without a protocol file.

A value that was withheld or destroyed is None or left out. An amendment never replaces the original value: the record
has both, and every report must show both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from kiosk.protocol.kinds.record import facts_in
from kiosk.protocol.replies import FACT, Missing, Value
from kiosk.record import bodies
from kiosk.record.amendments import NOTE, NOWHERE, Amendment, Ref, amendment_in, how_late
from kiosk.record.canonical import Json
from kiosk.record.duty import RecordDuty, duties_in
from kiosk.record.endings import Ending, ending_in
from kiosk.record.entries import ENCRYPTED, LoggedEntry
from kiosk.record.entry_kinds import ANSWERS, RETENTION, EntryKind
from kiosk.record.holds import in_force
from kiosk.system.clock import Instant

CHANNEL = "channel"
"""The step whose answer is the channel of the encounter: at the door, by telephone, in writing."""


@dataclass(frozen=True, slots=True)
class ProtocolUsed:
    """The exact version of the protocol at the opening of the encounter."""

    id: str
    version: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class LoggedCall:
    """One call: the role, the person called, the time, the result, and its entry."""

    role: str
    name: str
    at: Instant
    result: str
    person: int = 0
    ref: Ref = NOWHERE


@dataclass(frozen=True, slots=True)
class Note:
    """A note: its text, time and entry. The text is missing if only the district can read it.

    meaning: the id of what the text means, if it has two meanings.
    """

    at: Instant
    text: str | Missing
    ref: Ref = NOWHERE
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Passed:
    """One answer, in the order of the log.

    corrected: it replaced an earlier answer to that step. partial: a fact or a tick that was saved before the step was
    complete.
    """

    step: str
    at: Instant
    answer: Json
    corrected: bool
    ref: Ref = NOWHERE
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Interruption:
    """The encounter was `paused` or `resumed`, or an interrupt was `pressed`.

    what: the id of the interrupt.
    """

    at: Instant
    kind: Literal["paused", "resumed", "pressed"]
    what: str = ""


@dataclass(frozen=True, slots=True)
class Linked:
    """A link to an earlier record, by its number and id. how: the kind of link; newer versions may have others."""

    at: Instant
    how: str
    no: str
    id: str


@dataclass(frozen=True, slots=True)
class AtDesk:
    """The initials of the staff at the desk from this time on."""

    at: Instant
    initials: str


@dataclass(frozen=True, slots=True)
class Destroyed:
    """The destruction of a record's details: when, under which reference, who authorized it, and who did it."""

    at: Instant
    reference: str
    authorized_by: str
    by: str


@dataclass(frozen=True, slots=True)
class EncounterRecord:
    """One encounter, closed or not.

    fields:    the newest value of each fact, or why it is missing, without superseded answers and amendments.
    places:    the entry of each of these values.
    meanings:  the ids of the meanings of these values, by field id, where a text has two.
    path:      every answer, with corrections. superseded: the steps whose answers are superseded.
    review:    the answers of the closing review; None before it, and without typed text.
    closing:   the entry that closed it, if any. last_seq: the number of its newest entry.
    ending:    how it was closed, None while it is open. reason, its
               meaning if it has two, closed_by: of a closing without an outcome.
    staff:     the staff at the desk; links: the earlier records that it is linked to.
    retention: its entries about holds and destruction. destroyed: the newest destruction.
    duties:    what the district must do after it; none if it is void, or if its details were destroyed.
    settings:  the district's choices at its opening. entries: all of its entries, oldest first.
    """

    id: str
    no: str
    school: str
    desk: str
    mode: str
    protocol: ProtocolUsed
    opened_at: Instant
    closed_at: Instant | None = None
    outcome: str | None = None
    channel: str | None = None
    fields: Mapping[str, Value] = field(default_factory=dict)
    places: Mapping[str, Ref] = field(default_factory=dict)
    meanings: Mapping[str, str] = field(default_factory=dict)
    calls: tuple[LoggedCall, ...] = ()
    notes: tuple[Note, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    path: tuple[Passed, ...] = ()
    interruptions: tuple[Interruption, ...] = ()
    review: Mapping[str, bool] | None = None
    cards: tuple[Instant, ...] = ()
    not_notified: tuple[str, ...] = ()
    superseded: tuple[str, ...] = ()
    closing: Ref | None = None
    ending: Ending | None = None
    reason: str = ""
    reason_meaning: str = ""
    closed_by: str = ""
    staff: tuple[AtDesk, ...] = ()
    links: tuple[Linked, ...] = ()
    retention: tuple[LoggedEntry, ...] = ()
    destroyed: Destroyed | None = None
    duties: tuple[RecordDuty, ...] = ()
    last_seq: int = 0
    settings: Mapping[str, str] = field(default_factory=dict)
    entries: tuple[LoggedEntry, ...] = ()

    @property
    def on_hold(self) -> bool | None:
        """Whether a legal hold applies; None if a copy does not show which hold was released."""
        placed, released = (
            [k for k in self.retention if k.kind == kind] for kind in (EntryKind.HOLD_PLACED, EntryKind.HOLD_RELEASED)
        )
        if any("hold" in k.withheld for k in released):
            return None
        return bool(in_force(placed, released))

    @property
    def state(self) -> Literal["open", "closed"]:
        """Whether the record was closed."""
        return "open" if self.closed_at is None else "closed"

    def is_late(self, ref: Ref) -> bool:
        """Check that this entry came after the record was closed."""
        return self.closing is not None and ref.entry > self.closing.entry

    def amended(self, name: str, target: Ref) -> tuple[Amendment, ...]:
        """Return the amendments of one value, oldest first, by its name and entry."""
        return tuple(a for a in self.amendments_of(target) if a.name == name)

    def lateness(self, made: Amendment) -> str:
        """Say how late an amendment was made. The order of the log decides if it was after the closing."""
        early = self.closing is None or 0 <= made.ref.entry < self.closing.entry
        return "before it was closed" if early or self.closed_at is None else how_late(made, self.closed_at)

    @property
    def late_fields(self) -> tuple[str, ...]:
        """The ids of facts that the desk did not record but an amendment added."""
        amended = dict.fromkeys(a.field for a in self.amendments)
        return tuple(field_id for field_id in amended if field_id is not None and field_id not in self.fields)

    def step_of(self, target: Ref) -> str | None:
        """Return the step of one of its entries; None for an entry without a step, or that it does not have."""
        return next((kept.step for kept in self.entries if kept.event_id == target.event_id), None)

    def amendments_of(self, target: Ref) -> tuple[Amendment, ...]:
        """Return the amendments of any value in one entry, oldest first."""
        return tuple(a for a in self.amendments if a.target.event_id == target.event_id)

    def amended_field(self, field_id: str) -> tuple[Amendment, ...]:
        """Return the amendments of one fact, oldest first, even if the desk never recorded it."""
        return tuple(a for a in self.amendments if a.field == field_id)


def fold(kept: Iterable[LoggedEntry]) -> EncounterRecord:
    """Build the record from an encounter's entries, oldest first. Raises ValueError unless the first one opens it."""
    entries = list(kept)
    if not entries or entries[0].kind != EntryKind.ENCOUNTER_OPENED:
        raise ValueError("the first entry of an encounter must open it")
    opened, of = entries[0], defaultdict[str, list[LoggedEntry]](list)
    for entry in entries:
        of[entry.kind].append(entry)
    retention = tuple(_any_of(RETENTION, entries, of))
    # After a destruction, the entry that destroyed the details identifies the record. No other one may: commands
    # write them.
    destroyed = of[EntryKind.RECORD_DESTROYED]
    frame = {**next((e.body["record"] for e in destroyed if "record" in e.body), {}), **opened.body}
    closed = next(iter(of[EntryKind.ENCOUNTER_CLOSED]), None)
    end: Mapping[str, Any] = {} if closed is None else closed.body
    superseded = tuple(end.get("superseded", ()))
    answers = _any_of(ANSWERS, entries, of)
    used = frame.get("protocol", {})
    facts = _fields(answers, superseded)
    places = {name: ref for name, (_, ref) in facts.items()}
    return EncounterRecord(
        id=opened.encounter_id or "",
        no=frame.get("no", ""),
        school=frame.get("school", ""),
        desk=frame.get("desk", ""),
        mode=frame.get("mode", ""),
        protocol=ProtocolUsed(used.get("id", ""), used.get("version", ""), used.get("content_hash", opened.pack or "")),
        opened_at=opened.at,
        closed_at=None if closed is None else closed.at,
        outcome=end.get("outcome") or frame.get("outcome"),
        channel=_channel(answers),
        fields={name: value for name, (value, _) in facts.items()},
        places=places,
        meanings=_meanings(answers, places),
        calls=_calls(_any_of(_CALLING, entries, of)),
        notes=tuple(_notes(of[EntryKind.NOTE_ADDED])),
        amendments=tuple(map(amendment_in, of[EntryKind.AMENDMENT_ADDED])),
        path=tuple(map(_passed, answers)),
        interruptions=tuple(_interruptions(_any_of(_INTERRUPTING, entries, of))),
        review=next((e.body for e in reversed(of[EntryKind.ENCOUNTER_REVIEWED])), None),
        cards=tuple(e.at for e in of[EntryKind.CARD_SHOWN]),
        not_notified=tuple(end.get("not_notified", ())),
        superseded=superseded,
        closing=None if closed is None else ref_of(closed),
        ending=None if closed is None else ending_in(closed.body),
        reason=str(end.get("reason", "")),
        reason_meaning=str(end.get(f"{bodies.MEANING}reason", "")),
        closed_by=str(end.get("by", "")),
        staff=tuple(_staff(_any_of(_STAFFING, entries, of))),
        links=tuple(map(_link, of[EntryKind.ENCOUNTER_LINKED])),
        retention=retention,
        destroyed=_destroyed(retention),
        duties=duties_in(_any_of(_DUTIES, entries, of)) if of[EntryKind.DUTIES_OWED] else (),
        last_seq=entries[-1].seq,
        settings=opened.body.get("settings", {}),
        entries=tuple(entries),
    )


_CALLING: Final = ANSWERS | {EntryKind.CALL_MADE}
_DUTIES: Final = frozenset(
    {EntryKind.DUTIES_OWED, EntryKind.DUTY_ASSIGNED, EntryKind.DUTY_DONE, EntryKind.DUTY_EXCEPTED}
)
_STAFFING: Final = frozenset({EntryKind.ENCOUNTER_OPENED, EntryKind.STAFF_CHANGED})
_INTERRUPTING: Final = ANSWERS | {EntryKind.ENCOUNTER_PAUSED, EntryKind.ENCOUNTER_RESUMED}


def _any_of(
    kinds: AbstractSet[str], entries: Sequence[LoggedEntry], of: Mapping[str, Sequence[LoggedEntry]]
) -> Sequence[LoggedEntry]:
    """Return the entries of these kinds, in order."""
    found = kinds & of.keys()
    return of[found.pop()] if len(found) == 1 else [e for e in entries if e.kind in found] if found else ()


def frame_of(record: EncounterRecord) -> dict[str, Json]:
    """Return the values that identify a record, for the entry that destroys its details."""
    used = record.protocol
    protocol: Json = {"id": used.id, "version": used.version, "content_hash": used.content_hash}
    outcome = {} if record.outcome is None else {"outcome": record.outcome}
    frame = {"no": record.no, "school": record.school, "desk": record.desk, "mode": record.mode, "protocol": protocol}
    return frame | outcome


def _destroyed(retention: Iterable[LoggedEntry]) -> Destroyed | None:
    entries = [e for e in retention if e.kind == EntryKind.RECORD_DESTROYED]
    if not entries:
        return None
    reference, officer, by = (str(entries[-1].body.get(name, "")) for name in ("reference", "authorized_by", "by"))
    return Destroyed(entries[-1].at, reference, officer, by)


def ref_of(kept: LoggedEntry) -> Ref:
    """Return a reference to this entry."""
    return Ref(kept.seq, kept.event_id)


def _passed(entry: LoggedEntry) -> Passed:
    corrected, partial = entry.kind == EntryKind.STEP_CORRECTED, entry.kind == EntryKind.STEP_PARTIAL
    return Passed(entry.step or "", entry.at, bodies.answer_of(entry.body), corrected, ref_of(entry), partial)


def _place(entry: LoggedEntry) -> str:
    visit = entry.body.get("visit", 1)
    return f"{entry.step}" if visit == 1 else f"{entry.step}#{visit}"


def _channel(answers: Iterable[LoggedEntry]) -> str | None:
    chosen = [e.body["chosen"] for e in answers if e.step == CHANNEL and "chosen" in e.body]
    return str(chosen[-1]) if chosen else None


def _fields(answers: Iterable[LoggedEntry], superseded: tuple[str, ...]) -> dict[str, tuple[Value, Ref]]:
    # At one place, the newest value of a fact counts. A value from an earlier place stays when a later place has only a
    # reason why it is missing. The engine applies the same rule.
    at_place: dict[str, dict[str, tuple[Value, Ref]]] = {}
    for entry in answers:
        here = at_place.setdefault(_place(entry), {})
        for name, value in facts_in(entry.body).items():
            here[name] = value, ref_of(entry)
    found: dict[str, tuple[Value, Ref]] = {}
    for place, given in at_place.items():
        kept = given.items() if place not in superseded else ()
        found |= {k: (v, ref) for k, (v, ref) in kept if not (isinstance(v, Missing) and k in found)}
    return found


def _meanings(answers: Iterable[LoggedEntry], places: Mapping[str, Ref]) -> dict[str, str]:
    in_entries = {entry.event_id: bodies.meanings_in(entry.body) for entry in answers}
    found = {name: in_entries[ref.event_id].get(FACT + name, "") for name, ref in places.items()}
    return {name: meaning for name, meaning in found.items() if meaning}


def _notes(entries: Iterable[LoggedEntry]) -> Iterator[Note]:
    for entry in entries:
        if NOTE in entry.encrypted:
            yield Note(entry.at, Missing(ENCRYPTED), ref_of(entry), bodies.meanings_in(entry.body).get(NOTE, ""))
        elif NOTE in entry.body:
            yield Note(entry.at, entry.body[NOTE], ref_of(entry), bodies.meanings_in(entry.body).get(NOTE, ""))


def _calls(entries: Iterable[LoggedEntry]) -> tuple[LoggedCall, ...]:
    calls: list[LoggedCall] = []
    for entry in entries:
        made = _newest_call(entry)
        if "result" not in made:
            continue
        role, name, result = str(made.get("role", "")), str(entry.body.get("name", "")), str(made["result"])
        call = LoggedCall(role, name, entry.at, result, made.get("person", 0), ref_of(entry))
        same = [c for c in calls if (c.role, c.person) == (call.role, call.person)]
        if entry.kind == EntryKind.STEP_CORRECTED and same:
            calls.remove(same[-1])
        calls.append(call)
    return tuple(calls)


def _newest_call(entry: LoggedEntry) -> Mapping[str, Any]:
    """Return the call that an entry records; empty if it records none."""
    if entry.kind == EntryKind.CALL_MADE:
        return entry.body
    attempts = entry.body.get("attempts")
    return attempts[-1] if attempts else {}


def _link(entry: LoggedEntry) -> Linked:
    how, no, to = (str(entry.body.get(name, "")) for name in ("how", "no", "to"))
    return Linked(entry.at, how, no, to)


def _staff(entries: Iterable[LoggedEntry]) -> Iterator[AtDesk]:
    for entry in entries:
        if initials := entry.body.get("staff"):
            yield AtDesk(entry.at, str(initials))


def _interruptions(entries: Iterable[LoggedEntry]) -> Iterator[Interruption]:
    for entry in entries:
        if entry.kind == EntryKind.ENCOUNTER_RESUMED:
            yield Interruption(entry.at, "resumed")
        elif entry.kind == EntryKind.ENCOUNTER_PAUSED:
            yield Interruption(entry.at, "paused")
        elif "pressed" in entry.body:
            yield Interruption(entry.at, "pressed", str(entry.body["pressed"]))
