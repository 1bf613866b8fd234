"""An open record as the desk and the screens see it: one frozen value, rebuilt from the log alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kiosk.desk.station import Pack, Station
from kiosk.engine.encounter import Encounter, Given, replay
from kiosk.privacy.meanings import Meaning, Meant
from kiosk.protocol.model import REFERRAL, Outcome, Text
from kiosk.protocol.replies import FACT, PUT_OFF, REACHED, Attempt, Called, CallResult, Place, Recorded, Reply
from kiosk.protocol.slots import filling
from kiosk.record import bodies
from kiosk.record.canonical import Json
from kiosk.record.entries import LoggedEntry
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.transparency.verification_code import VerificationCode
from kiosk.system.clock import Instant


@dataclass(frozen=True, slots=True)
class CallMade:
    """One logged call: the person, the time and the result."""

    role: str
    person: int
    name: str
    result: CallResult
    at: Instant


@dataclass(frozen=True, slots=True)
class Running:
    """An open record, with all that the log holds about it.

    walk:    its position in the protocol it was opened with; pack: that protocol's content hash.
    calls:   all calls, at call steps and outside them, oldest first.
    resumed: whether it was continued after an interruption. last_at: time of its newest entry.
    staff:   initials of the person at the desk; empty when not entered.
    meant:   what staff said that texts with two meanings mean, by the text.
    code: verification code of the log when the record was closed; None before that.
    """

    id: str
    no: str
    opened_at: Instant
    walk: Encounter
    pack: str
    calls: tuple[CallMade, ...] = ()
    notes: tuple[str, ...] = ()
    resumed: bool = False
    closed: bool = False
    code: VerificationCode | None = None
    last_at: Instant | None = field(default=None, compare=False)
    staff: str = ""
    meant: Meant = field(default_factory=dict, hash=False)

    @property
    def outcome(self) -> Outcome | None:
        """The outcome it has reached, if any."""
        return None if self.walk.outcome is None else self.walk.protocol.outcomes[self.walk.outcome]

    @property
    def notified(self) -> frozenset[str]:
        """The roles in which a person was reached."""
        return frozenset(call.role for call in self.calls if call.result in REACHED)

    @property
    def put_off(self) -> tuple[str, ...]:
        """Ids of the fields to fill in later, in the order they were asked."""
        return tuple(name for name, value in self.walk.facts().items() if value == PUT_OFF)

    @property
    def to_notify(self) -> tuple[str, ...]:
        """The roles to notify: those its outcome names; before an outcome, the referral role."""
        if self.outcome is not None:
            return self.outcome.to_notify
        roles = self.walk.protocol.roles
        return (REFERRAL,) if REFERRAL in roles else tuple(role.id for role in roles.values() if role.required)[:1]

    @property
    def not_notified(self) -> tuple[str, ...]:
        """The roles that the outcome requires to be notified and that were not reached."""
        return () if self.outcome is None else tuple(r for r in self.outcome.to_notify if r not in self.notified)


def rebuild(kept: Iterable[LoggedEntry], pack: Pack) -> Running:
    """Return the open record that these entries describe, oldest first. The first is its `encounter.opened`.

    Entries of other kinds change nothing that the desk shows of an open record.
    """
    opened, *later = kept
    replies: list[Given] = []
    calls: tuple[CallMade, ...] = ()
    outside: list[Attempt] = []
    notes: list[str] = []
    staff = str(opened.body.get("staff", ""))
    meant: dict[str, Meaning] = {}
    for entry in later:
        meant |= bodies.meant_in(entry.body)
        if given := bodies.given_in(entry.kind, entry.step or "", entry.body):
            replies.append(given)
            if isinstance(given.reply, Called):
                again = entry.kind == EntryKind.STEP_CORRECTED
                calls = with_call(calls, _call(given.reply.attempts[-1], entry), again=again)
        elif entry.kind == EntryKind.CALL_MADE and (tried := bodies.call_of(entry.body)):
            outside.append(tried)
            calls = with_call(calls, _call(tried, entry))
        elif entry.kind == EntryKind.NOTE_ADDED and "text" in entry.body:
            notes.append(entry.body["text"])
        elif entry.kind == EntryKind.STAFF_CHANGED:
            staff = str(entry.body.get("staff", staff))
    return Running(
        id=opened.encounter_id or "",
        no=opened.body["no"],
        opened_at=opened.at,
        walk=replay(pack.protocol, bodies.situation_of(opened.body), replies, outside),
        pack=pack.content_hash,
        calls=calls,
        notes=tuple(notes),
        resumed=any(entry.kind == EntryKind.ENCOUNTER_RESUMED for entry in later),
        closed=any(entry.kind == EntryKind.ENCOUNTER_CLOSED for entry in later),
        last_at=(later or [opened])[-1].at,
        staff=staff,
        meant=meant,
    )


def with_call(calls: tuple[CallMade, ...], call: CallMade, *, again: bool = False) -> tuple[CallMade, ...]:
    """Return the calls with one more. `again`: it replaces the newest call to the same person."""
    same = [c for c in calls if again and (c.role, c.person) == (call.role, call.person)]
    return (*(c for c in calls if c not in same[-1:]), call)


def slots(station: Station, walk: Encounter, language: str) -> dict[str, Text | str]:
    """Return the values of the `{id}` slots in this protocol's texts: district's text, school's text, and numbers."""
    return filling(walk.protocol, walk.situation.settings, station.contacts, language)


def filled_slots(station: Station, walk: Encounter, language: str) -> dict[str, Json]:
    """Return the values of the slots as the log stores them: a text, or a table from languages to texts."""
    return {
        name: words if isinstance(words, str) else dict(words.words)
        for name, words in slots(station, walk, language).items()
    }


def _call(tried: Attempt, entry: LoggedEntry) -> CallMade:
    # The name may have been destroyed since; the role still identifies the call.
    name = entry.body.get("name", tried.role)
    return CallMade(tried.role, tried.person, name, tried.result, entry.at)


def new_in(before: Encounter, now: Encounter, place: Place, kind: EntryKind) -> Reply:
    """Return the reply for the entry, with only the facts that are new at this place: each is in one entry only."""
    reply = now.parts[place] if kind == EntryKind.STEP_PARTIAL else now.replies[place]
    known = before.answered(place)
    if not (isinstance(reply, Recorded) and isinstance(known, Recorded)):
        return reply
    return Recorded(tuple(fact for fact in reply.values if fact not in known.values))


def typed_in(reply: Reply) -> Iterable[str]:
    """Return the names of the values in this reply's entry that staff typed."""
    values = reply.values if isinstance(reply, Recorded) else ()
    return (FACT + name for name, value in values if isinstance(value, str))
