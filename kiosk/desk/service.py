"""The desk's use cases, which every front end calls.

Each use case turns one action into one entry, waits until it is durable, and only then returns the new `Running`
value. So the screen never shows anything as done that a power cut could undo. An action that changes nothing (a
second press, a stale answer) writes nothing and returns the same value.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Final, Protocol

from kiosk.desk.closing import at_outcome, before_outcome
from kiosk.desk.entry_writer import EntryWriter, Writable
from kiosk.desk.running import CallMade, Running, filled_slots, new_in, rebuild, typed_in, with_call
from kiosk.desk.station import Pack, Station
from kiosk.desk.unfinished import Overview, UnfinishedRecords, overview_of, require_left, unfinished_records
from kiosk.engine import encounter
from kiosk.engine.encounter import Encounter, Situation
from kiosk.errors import NotConfirmed, StoreUnusable
from kiosk.privacy.guard import require_storable
from kiosk.privacy.meanings import UNSAID, Meant
from kiosk.protocol.kinds.call import attempt_json
from kiosk.protocol.replies import Attempt, Called, Missing, Place, Pressed, Recorded, Reply, Ticked, Value
from kiosk.protocol.site.people import after_hours
from kiosk.record import amend_targets, bodies
from kiosk.record.amendments import NOTE, NOWHERE, Amendment, entry_of
from kiosk.record.bodies import meant_in, with_meanings
from kiosk.record.canonical import Json
from kiosk.record.disclosure.encryption import encryptor
from kiosk.record.duties.open_tasks import tasks_of, with_completion
from kiosk.record.encounter_record import EncounterRecord, fold
from kiosk.record.endings import Ending, Link
from kiosk.record.entries import (
    Actor,
    Altered,
    EncodedEntry,
    Entry,
    LoggedEntry,
    decode,
    decoded_or_none,
    no_encryption,
    random_salt,
)
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.pack_entries import is_kept, kept_content, kept_entry, protocol_in, repeats_newest
from kiosk.record.sessions import PreviousSession, previous_session
from kiosk.record.transparency.checkpoint import Checkpoint
from kiosk.record.transparency.verification_code import VerificationCode, code_of
from kiosk.record.verification.succession import numbered_before
from kiosk.system.clock import Clock, Instant

RECENT: Final = 9
"""Number of recent records offered for a link."""

PUT_OFF_REASON: Final = "filled in later"
"""The reason stored with an amendment that fills in a postponed fact."""


class Log(Writable, Protocol):
    """The log that the desk needs."""

    def entries(self, encounter_id: str | None = None) -> Iterable[EncodedEntry]:
        """Return entries in order, of one record or of all."""

    def count(self, kind: EntryKind) -> int:
        """Return the number of entries of this kind."""

    def lacking(self, kind: EntryKind, other: EntryKind) -> Iterable[str]:
        """Return the ids of records with an entry of `kind` and none of `other`, newest first."""

    def newest(self, kind: EntryKind | None = None) -> Iterable[EncodedEntry]:
        """Return entries, or those of one kind, newest first."""

    def number_of(self, event_id: str) -> int | None:
        """Return the number of the entry with this id; None if there is none."""

    def last(self) -> EncodedEntry | None:
        """Return the newest entry."""

    def of_kind(self, kind: EntryKind) -> Iterable[EncodedEntry]:
        """Return all entries of this kind, oldest first."""

    def signed_checkpoint(self) -> Checkpoint:
        """Return the checkpoint signed with the newest entries, as durable as they are."""


class Desk:
    """The use cases over one log. They write, so call them from one thread at a time."""

    def __init__(
        self,
        log: Log,
        clock: Clock,
        station: Station,
        pack: Pack,
        *,
        pack_by_hash: Callable[[str], Pack | None],
        new_id: Callable[[], str] = lambda: str(uuid.uuid4()),
        salt: Callable[[], bytes] = random_salt,
    ) -> None:
        self.station, self.pack, self.clock = station, pack, clock
        self._log, self._pack_by_hash, self._new_id = log, pack_by_hash, new_id
        self._later: Callable[[], Iterable[Entry]] = tuple
        self._unreported: list[Entry] = []
        self._last, self._altered = _newest(log)
        self._staff: tuple[date, str] | None = None
        self._together: list[Entry] | None = None
        last_at = None if self._last is None else self._last.at
        self._writer = EntryWriter(log, clock, self._encryptor, last_at, new_id=new_id, salt=salt)

    # -- the session ---------------------------------------------------------------------------------------------

    def start_session(
        self,
        news: Sequence[Entry] = (),
        overdue: Entry | None = None,
        later: Callable[[], Iterable[Entry]] = tuple,
    ) -> None:
        """Log the start: how the last session ended, the state of the clock, and changes to the pack.

        news: entries about what was refused or changed; each written once for each cause. overdue: written each time.
        later: returns entries about changes to the pack since the last check; called before each record opens.
        """
        self._later = later
        self._staff = _last_staff(self._log)
        sync = self.clock.sync()
        clock: dict[str, Json] = {"state": sync.state, "error_us": sync.error_us}
        self._write(Entry(EntryKind.SESSION_STARTED, {"before": self._before(), "clock": clock}, actor=Actor.KIOSK))
        if self.pack.content and not is_kept(self._log, self.pack.content_hash):
            self._write(kept_entry(self.pack.protocol, self.pack.content_hash, self.pack.content, self.pack.note))
        for one in news:
            if not repeats_newest(self._log, one):
                self._write(one)
        if overdue is not None:
            self._write(overdue)

    def end_session(self) -> None:
        """Log an orderly end of the session."""
        self._write(Entry(EntryKind.SESSION_ENDED, actor=Actor.KIOSK))

    # -- the encounter -------------------------------------------------------------------------------------------

    def open(self) -> Running:
        """Open a record at the protocol's first step, after logging changes to the pack."""
        if (committed := self._writer.committed(EntryKind.ENCOUNTER_OPENED)) is not None:
            return rebuild([committed], self.pack)
        self._log_pack_changes()
        people = {role: len(self.station.contacts.roles.get(role, ())) for role in self.pack.protocol.roles}
        late = after_hours(self.pack.protocol, self.station.contacts, self.clock.now().local())
        walk = encounter.begin(self.pack.protocol, Situation(self.station.settings, people, late))
        encounter_id, no = self._new_id(), self._next_no()
        staff = self.staff
        body: dict[str, Json] = {
            "no": no,
            "school": self.station.school,
            "desk": self.station.desk,
            "mode": self.station.mode,
            "language": self.station.language,
            "visitor_language": self.station.spoken,
            "settings": dict(walk.situation.settings),
            "slots": filled_slots(self.station, walk, self.station.language),
            "people": people,
            "after_hours": late,
            "protocol": {
                "id": walk.protocol.id,
                "version": walk.protocol.release.version,
                "content_hash": self.pack.content_hash,
            },
            **({"staff": staff} if staff else {}),
        }
        at = self._write(Entry(EntryKind.ENCOUNTER_OPENED, body, encounter_id, pack=self.pack.content_hash))
        return Running(encounter_id, no, at, walk, self.pack.content_hash, last_at=at, staff=staff)

    def unfinished(self) -> UnfinishedRecords:
        """Return the unfinished records that can be continued, newest first, and the first problem found.

        Each continues with the protocol version it was opened with.
        """
        left = unfinished_records(self._log, self._pack_of)
        return replace(left, trouble=left.trouble or self._altered)

    def resume(self, running: Running) -> Running:
        """Continue an unfinished record. Log the continuation, and new staff initials if known.

        If the record was closed meanwhile, return it closed and write nothing.
        """
        running = self._reloaded(running)
        if running.closed:
            return running
        resumed = self._entry(running, EntryKind.ENCOUNTER_RESUMED)
        changed = self.staff and self.staff != running.staff
        now = self._staff_entry(running, self.staff) if changed else None
        at = self._write(resumed, *([now] if now else []))
        return replace(running, resumed=True, last_at=at, staff=self.staff if changed else running.staff)

    def caught_up(self, running: Running) -> Running:
        """Return the record as logged if its unconfirmed entry is in the log after all, else unchanged.

        Call this before another action replaces the failed one. Raises StoreUnusable while the result is unknown.
        """
        committed = self._writer.committed()
        of_it = committed is not None and committed.encounter_id == running.id
        return self._reloaded(running) if of_it else running

    @contextmanager
    def together(self) -> Iterator[None]:
        """Write all entries made inside this block in one append, all or none."""
        kept: list[Entry] = []
        self._together = kept
        try:
            yield
        finally:
            self._together = None
        if kept:
            self._write(*kept)

    def pause(self, running: Running) -> Running:
        """Pause the record, because another visitor has come or the desk has other work."""
        if running.closed:
            return running
        at = self._write(self._entry(running, EntryKind.ENCOUNTER_PAUSED, step=running.walk.at.step))
        return replace(running, last_at=at)

    def link(self, running: Running, to: Running | EncounterRecord, how: Link) -> Running:
        """Link the record to an earlier one."""
        self._write(self._entry(running, EntryKind.ENCOUNTER_LINKED, {"to": to.id, "no": to.no, "how": how.value}))
        return running

    @property
    def staff(self) -> str:
        """Initials of the person at the desk, as entered today; else empty."""
        today = self.clock.now().local().date()
        return self._staff[1] if self._staff is not None and self._staff[0] == today else ""

    def staffed_by(self, running: Running | None, initials: str) -> Running | None:
        """Log the initials of the person now at the desk, in the open record if there is one. Raises PrivateText."""
        if not (initials := initials.strip()):
            return running
        require_storable(initials)
        at = self._write(self._staff_entry(running, initials))
        self._staff = (at.local().date(), initials)
        return None if running is None else replace(running, staff=initials, last_at=at)

    def answer(self, running: Running, place: Place, reply: Reply, meant: Meant = UNSAID) -> Running:
        """Answer the current step. Raises InvalidAnswer, or PrivateText for text that must not be stored.

        meant: what staff said that texts with two meanings mean.
        """
        walk = encounter.answer(running.walk, place, reply)
        return self._move(running, walk, place, EntryKind.STEP_ANSWERED, meant)

    def answer_in_part(self, running: Running, place: Place, part: Recorded | Ticked, meant: Meant = UNSAID) -> Running:
        """Log a fact or checked options at once; the step stays open. A step already passed is corrected.

        Raises InvalidAnswer, or PrivateText for text that must not be stored.
        """
        walk = running.walk
        if place in walk.path and not isinstance(walk.replies[place], Pressed):
            return self.correct(running, place, part, meant)
        return self._move(running, encounter.answer_in_part(walk, place, part), place, EntryKind.STEP_PARTIAL, meant)

    def press(self, running: Running, place: Place, interrupt: str) -> Running:
        """Press an interrupt at the current step."""
        return self._move(running, encounter.press(running.walk, place, interrupt), place, EntryKind.STEP_ANSWERED)

    def correct(self, running: Running, place: Place, reply: Reply, meant: Meant = UNSAID) -> Running:
        """Change the answer to an earlier step; both answers stay in the log."""
        walk = encounter.correct(running.walk, place, reply)
        return self._move(running, walk, place, EntryKind.STEP_CORRECTED, meant)

    def attempt(self, running: Running, place: Place, tried: Attempt) -> Running:
        """Log the due call of a call step, with its result."""
        return self._move(running, encounter.attempt(running.walk, place, tried), place, EntryKind.STEP_ANSWERED)

    def call(self, running: Running, tried: Attempt) -> Running:
        """Log a call made outside a call step (the calls screen). It also completes a `once` step that waits for it."""
        made = attempt_json(tried) | {"name": self._name(tried)}
        at = self._write(self._entry(running, EntryKind.CALL_MADE, made, step=running.walk.at.step))
        walk = encounter.called_outside(running.walk, tried)
        return replace(running, walk=walk, calls=with_call(running.calls, self._call(tried, at)))

    def note(self, running: Running, words: str, meant: Meant = UNSAID) -> Running:
        """Log a note; an empty one writes nothing. Raises PrivateText for text that must not be stored."""
        if not (words := words.strip()):
            return running
        body = with_meanings({NOTE: words}, [NOTE], {**running.meant, **meant})
        self._write(self._entry(running, EntryKind.NOTE_ADDED, body, step=running.walk.at.step))
        return replace(running, notes=(*running.notes, words), meant={**running.meant, **meant_in(body)})

    def card_shown(self, running: Running, role: str) -> None:
        """Log that the agent was shown the referral card."""
        self._write(self._entry(running, EntryKind.CARD_SHOWN, {"refer": role}, step=running.walk.at.step))

    def close(self, running: Running, *, names_child: bool | None = None) -> Running:
        """Close the record at its outcome, with a verification code. A second call does nothing.

        A closed record can be amended, never changed.
        names_child: staff's answer whether typed text names a child, class or room; None: not asked.
        """
        if running.closed or running.outcome is None:
            return running
        answers = {"facts_only": True, "names_child": names_child}
        reviewed = () if names_child is None else (self._entry(running, EntryKind.ENCOUNTER_REVIEWED, answers),)
        self._write(*reviewed, *at_outcome(running, self.clock.now(), self.station.closed_days))
        code = self._verification_code()
        return replace(running, closed=True, code=code)

    def end(self, running: Running, ending: Ending, reason: str) -> Running:
        """Close a record without an outcome: void, or ended early. A second call does nothing. Raises PrivateText."""
        if running.closed or ending is Ending.OUTCOME:
            return running
        running = self._reloaded(running)
        if running.closed:
            return running
        require_storable(reason)
        self._write(*before_outcome(running, ending, reason, running.staff))
        return replace(running, closed=True)

    def overview(self) -> Overview:
        """Return the unfinished records and open tasks, for the home screen."""
        return overview_of(self._log, self.unfinished().records, self._pack_of)

    def recent(self, most: int = RECENT) -> list[EncounterRecord]:
        """Return the newest readable records, open or closed, at most `most`."""
        found: list[EncounterRecord] = []
        for opened in islice(self._log.newest(EntryKind.ENCOUNTER_OPENED), most):
            with suppress(Altered, ValueError):
                found.append(fold(map(decode, self._log.entries(decode(opened).encounter_id))))
        return found

    # -- afterwards ----------------------------------------------------------------------------------------------

    def call_later(self, record: EncounterRecord, tried: Attempt) -> None:
        """Log a call for a closed record. It fulfills the duty when the person was reached."""
        made = attempt_json(tried) | {"name": self._name(tried)} | ({"staff": self.staff} if self.staff else {})
        self._enter_later(record, Entry(EntryKind.CALL_MADE, made, record.id, pack=record.protocol.content_hash))

    def fill_in(self, record: EncounterRecord, field_id: str, value: Value, meant: Meant = UNSAID) -> None:
        """Fill in a postponed fact of a closed record, as an amendment. Raises PrivateText, UsageError."""
        entries = map(decode, self._log.entries(record.id))
        subject = amend_targets.fact(record, field_id, entries)
        protocol = protocol_in(kept_content(self._log, record.protocol.content_hash), record.protocol.content_hash)
        given = value if isinstance(value, Missing) else str(value)
        made = Amendment(
            ref=NOWHERE,
            target=subject.target,
            name=subject.name,
            was=subject.newest(record.amendments),
            now=amend_targets.new_value(subject, given, protocol, meant),
            reason=PUT_OFF_REASON,
            by=self.staff or self.station.desk,
            at=self.clock.now(),
        )
        step, pack = record.step_of(made.target), record.protocol.content_hash
        entry = entry_of(made, encounter_id=record.id, no=record.no, pack=pack, step=step)
        body = with_meanings(entry.body, [subject.name], meant)
        self._enter_later(record, replace(entry, body=body, actor=Actor.DESK))

    def _enter_later(self, record: EncounterRecord, entry: Entry) -> None:
        self._write(*with_completion(tasks_of(record), entry))

    # -- commands ------------------------------------------------------------------------------------------------

    def record_entries(self, entries: Sequence[Entry], ids: Sequence[str]) -> int:
        """Record the entries of a command together, each under its id; return the number of the last.

        Entries that the log has under these ids are not recorded again. Raises StoreUnusable, also while it is
        unknown whether the log has the desk's last entry: the desk looks that up when staff try again.
        Raises Refused when an entry closes a record that the desk has open.
        """
        if self._writer.is_unconfirmed():
            raise StoreUnusable("The desk could not save its last entry yet.", "Look at the desk's screen first.")
        number = self._log.number_of(ids[-1])
        if number is not None:
            return number
        require_left(self._log, entries)
        try:
            self._write(*entries, ids=ids)
        except NotConfirmed as error:
            if not self._writer.settle():
                raise StoreUnusable("The disk refused the entry. Nothing was entered.", "Try again.") from error
        return self._log.size() - 1

    # -- inside --------------------------------------------------------------------------------------------------

    def _reloaded(self, running: Running) -> Running:
        pack = self._pack_of(running.pack) or self.pack
        return replace(rebuild(map(decode, self._log.entries(running.id)), pack), resumed=running.resumed)

    def _move(self, running: Running, walk: Encounter, place: Place, kind: EntryKind, meant: Meant = UNSAID) -> Running:
        if walk is running.walk or running.closed:
            return running
        reply = new_in(running.walk, walk, place, kind)
        entry = self._reply(running, place, reply, kind)
        body = with_meanings(entry.body, typed_in(reply), {**running.meant, **meant})
        at = self._write(replace(entry, body=body))
        moved = replace(running, walk=walk, last_at=at, meant={**running.meant, **meant_in(body)})
        if not isinstance(reply, Called):
            return moved
        call = self._call(reply.attempts[-1], at)
        return replace(moved, calls=with_call(running.calls, call, again=kind == EntryKind.STEP_CORRECTED))

    def _staff_entry(self, running: Running | None, initials: str) -> Entry:
        if running is None:
            return Entry(EntryKind.STAFF_CHANGED, {"staff": initials})
        return self._entry(running, EntryKind.STAFF_CHANGED, {"staff": initials}, step=running.walk.at.step)

    def _verification_code(self) -> VerificationCode | None:
        with suppress(StoreUnusable):  # the record is closed anyway; `kiosk log checkpoint code` makes a code later
            return code_of(self._log.signed_checkpoint())
        return None

    def _reply(self, running: Running, place: Place, reply: Reply, kind: EntryKind) -> Entry:
        body = bodies.reply_body(place, reply)
        if isinstance(reply, Called):
            body["name"] = self._name(reply.attempts[-1])
        return self._entry(running, kind, body, step=place.step)

    def _entry(
        self, running: Running, kind: EntryKind, body: Mapping[str, Json] | None = None, *, step: str | None = None
    ) -> Entry:
        return Entry(kind, body or {}, running.id, step=step, pack=running.pack)

    def _name(self, tried: Attempt) -> str:
        people = self.station.contacts.roles.get(tried.role, ())
        return people[tried.person].name if tried.person < len(people) else tried.role

    def _call(self, tried: Attempt, at: Instant) -> CallMade:
        return CallMade(tried.role, tried.person, self._name(tried), tried.result, at)

    def _next_no(self) -> str:
        count = numbered_before(self._log) + self._log.count(EntryKind.ENCOUNTER_OPENED) + 1
        year = self.clock.now().local().year
        return f"{'P-' if self.station.mode == 'practice' else ''}{year}-{count:04d}"

    def _pack_of(self, content_hash: str) -> Pack | None:
        if content_hash == self.pack.content_hash:
            return self.pack
        return self._pack_by_hash(content_hash) or self._pack_in_log(content_hash)

    def _pack_in_log(self, content_hash: str) -> Pack | None:
        protocol = protocol_in(kept_content(self._log, content_hash), content_hash)
        return None if protocol is None else Pack(protocol, content_hash)

    def _log_pack_changes(self) -> None:
        self._unreported += self._later()  # reported once, so an entry that can't be written now must wait
        while self._unreported:
            self._write(self._unreported[0])
            del self._unreported[0]

    def _write(self, *entries: Entry, ids: Sequence[str] = ()) -> Instant:
        """Append these entries and return their time once durable. An entry without a pack gets the one in force.

        Inside `together`, they wait for the end of the block.
        """
        if self._together is not None:
            self._together += entries
            return self.clock.now()
        with_pack = (entry if entry.pack else replace(entry, pack=self.pack.content_hash) for entry in entries)
        return self._writer.write(*with_pack, ids=ids)

    def _encryptor(self, entry: Entry, event_id: str) -> Callable[[str, bytes], bytes | None]:
        if self.station.encrypt_notes_to is None:
            return no_encryption
        pack = self._pack_of(entry.pack or "")
        return encryptor(entry, event_id, pack.protocol if pack else None, self.station.encrypt_notes_to)

    def _before(self) -> PreviousSession:
        """Return how the last session ended, as far as the log can be read."""
        altered = self._altered is not None
        return PreviousSession.ALTERED if altered else previous_session(self._last, self._log.newest())


def _last_staff(log: Log) -> tuple[date, str] | None:
    """Return the day of the newest entry with staff initials, and the initials."""
    kept = next(map(decoded_or_none, log.newest(EntryKind.STAFF_CHANGED)), None)
    return (kept.at.local().date(), str(kept.body["staff"])) if kept and "staff" in kept.body else None


def _newest(log: Log) -> tuple[LoggedEntry | None, Altered | None]:
    """Return the newest entry, or the reason it can't be read; the desk reports the reason and still opens."""
    last = log.last()
    try:
        return (None if last is None else decode(last)), None
    except Altered as altered:
        return None, altered
