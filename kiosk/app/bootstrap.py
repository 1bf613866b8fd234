"""Composition root: connects home, settings, pack library, store and clock for commands and screens."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, suppress
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.app.intake import Taker
from kiosk.desk.contact_changes import RecordedContacts, are_of_bundle, change, recorded_contacts, warnings
from kiosk.desk.service import Desk
from kiosk.desk.station import Pack, Station
from kiosk.district.status import home_warnings
from kiosk.errors import KioskError, LogMustBeReplaced, NotConfirmed, ReplaceReason, StoreUnusable, UsageError
from kiosk.i18n.strings import Sentence
from kiosk.log import destruction
from kiosk.log.archive import archived_files, newest_day, open_history
from kiosk.log.intake.checks import require_enterable
from kiosk.log.intake.client import PATIENCE_S, ask, no_answer, unknown
from kiosk.log.intake.messages import Entered, EntryRequest, Rejected, new_request
from kiosk.log.intake.server import Intake, open_intake
from kiosk.log.log import LogOnDisk, open_reader, open_writer
from kiosk.log.people.known import known_in, known_people
from kiosk.log.recorded_keys import (
    KeyOwner,
    key_of_home,
    recorded_key,
    recorded_key_of_home,
    refused_key,
    with_recorded_key,
)
from kiosk.log.replace import replace_log
from kiosk.packs.install import restore_last_approved
from kiosk.packs.judged_names import require_storable_settings
from kiosk.packs.library import InForce, Library, Refusal, warnings_of
from kiosk.packs.newest_contacts import with_newest
from kiosk.packs.today import in_force_today
from kiosk.packs.watch import Watch
from kiosk.record.approval import Approval
from kiosk.record.canonical import Json
from kiosk.record.clock_changes import change_between
from kiosk.record.disclosure.encryption import DistrictKey, district_key, encryptor, is_narrative
from kiosk.record.entries import Actor, Entry, NewEntry, decoded_or_none, encode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.pack_entries import PackRefusal, kept_content, protocol_in
from kiosk.record.people.people import refused
from kiosk.record.verification.succession import AT_DESK, unacknowledged
from kiosk.reports.audit_trail import warning
from kiosk.settings import Home, Mode, Settings, read_settings
from kiosk.system.clock import Clock, Instant

if TYPE_CHECKING:
    from kiosk.presentation.services import Submit

_AGAIN_S: Final = 0.02
"""Seconds between two attempts to reach the log or the kiosk that has it open."""


def append_entry(home: Home, mode: Mode, clock: Clock, *entries: Entry) -> None:
    """Append entries from a command to the mode's log, all or none, with the content hash of the protocol in force.

    If the clock was changed since the newest entry, an entry about the change comes first, as at the desk.
    Raises StoreUnusable, also while a kiosk has the log open.
    """
    log = open_writer(home, mode, clock)
    try:
        append_to(log, home, mode, clock, *entries)
    finally:
        log.close()


def append_to(log: LogOnDisk, home: Home, mode: Mode, clock: Clock, *entries: Entry) -> None:
    """Append entries from a command to a log that it has open already, all or none. Raises StoreUnusable."""
    _append(log, home, mode, clock, *((entry, str(uuid.uuid4())) for entry in entries))


def _append(log: LogOnDisk, home: Home, mode: Mode, clock: Clock, *entries: tuple[Entry, str]) -> None:
    newest, now, pack, key = log.last(), clock.now(), _hash_in_force(home, mode, clock), district_key_of(home)
    last = decoded_or_none(newest) if newest else None
    steps = [(e, str(uuid.uuid4())) for e in change_between(last.at if last else None, now, actor=Actor.COMMAND)]
    numbered = enumerate([*steps, *entries], log.size())
    log.append([_encoded(log, replace(e, pack=e.pack or pack), one, n, now, key) for n, (e, one) in numbered])


def _encoded(log: LogOnDisk, entry: Entry, event_id: str, seq: int, now: Instant, key: DistrictKey | None) -> NewEntry:
    if key is None or not is_narrative(entry):
        return encode(entry, origin=log.origin, seq=seq, event_id=event_id, at=now)
    protocol = protocol_in(kept_content(log, entry.pack or ""), entry.pack or "")
    encrypt = encryptor(entry, event_id, protocol, key)
    return encode(entry, origin=log.origin, seq=seq, event_id=event_id, at=now, encrypt=encrypt)


def district_key_of(home: Home) -> DistrictKey | None:
    """Return the district key that notes are encrypted for; None when they are not. Raises UsageError, BadNote."""
    words = read_settings(home).encrypt_notes_to
    return district_key(words) if words else None


def enter(
    home: Home, mode: Mode, clock: Clock, *entries: Entry, newest: str = "", patience_s: float = PATIENCE_S
) -> int:
    """Record a command's entries together, directly or through the kiosk that has the log open.

    Return the number of the last entry once all are durable. newest: as in `EntryRequest`. patience_s: maximum wait
    for another program.
    Raises Refused, PrivateText or StoreUnusable when nothing was entered, NotConfirmed when that is unknown.
    """
    request, until, begun = new_request(*entries, newest=newest), time.monotonic() + patience_s, False
    while True:
        try:
            answer = ask(home.log(mode), request, until)
            if isinstance(answer, Entered):
                return answer.number
            begun = begun or answer.begun
            return _enter_directly(home, mode, clock, request)
        except NotConfirmed as error:
            return _looked_up(home, mode, request, error)
        except StoreUnusable as error:
            if not is_in_use(error):
                raise
            if time.monotonic() >= until:
                return _looked_up(home, mode, request, unknown() if begun else no_answer())
        time.sleep(_AGAIN_S)  # a kiosk that is starting or closing, or another command


def _enter_directly(home: Home, mode: Mode, clock: Clock, request: EntryRequest) -> int:
    log = open_writer(home, mode, clock)
    try:
        number = log.number_of(request.ids[-1])  # a kiosk that ended before it answered may have recorded them
        if number is None:
            require_enterable(home, mode, request.entries, request.newest)
            _append(log, home, mode, clock, *zip(request.entries, request.ids, strict=True))
            number = log.size() - 1
        return number
    finally:
        log.close()


def _looked_up(home: Home, mode: Mode, request: EntryRequest, late: StoreUnusable) -> int:
    """Return the number of the entry if it is in the log after all. Raises the error `late` otherwise."""
    with suppress(StoreUnusable), closing(open_reader(home, mode)) as log:
        number = log.number_of(request.ids[-1])
        if number is not None:
            return number
    raise late


def is_in_use(error: StoreUnusable) -> bool:
    """Check whether the error means that a kiosk has the log open."""
    from db.errors import Locked  # noqa: PLC0415 - only with a store

    return isinstance(error.__cause__, Locked)


def is_closed_to_all(error: StoreUnusable) -> bool:
    """Check whether the error means that nobody can write to the log now: it must be replaced, or the disk is full."""
    from db.errors import Full, ReadOnly  # noqa: PLC0415 - only with a store

    return isinstance(error, LogMustBeReplaced) or isinstance(error.__cause__, Full | ReadOnly)


def settled(home: Home, mode: Mode, clock: Clock) -> AbstractContextManager[LogOnDisk]:
    """Return the mode's log, open for writing, with interrupted destructions finished.

    Entering it raises StoreUnusable, also while a kiosk has the log open.
    """
    return destruction.settled(home, mode, clock)


def destroy(home: Home, mode: Mode, log: LogOnDisk, entries: Sequence[Entry], clock: Clock) -> bool:
    """Append an authorization and its destructions to the settled log, and destroy the details that these name.

    The result is that of `destruction.destroy`.
    """
    return destruction.destroy(home, mode, log, entries, _entry_writer(home, mode, clock))


def _entry_writer(home: Home, mode: Mode, clock: Clock) -> destruction.Enter:
    return lambda log, entries: _append(log, home, mode, clock, *entries)


def _hash_in_force(home: Home, mode: Mode, clock: Clock) -> str | None:
    try:
        force = in_force(home, read_settings(home), clock)
    except KioskError:
        return None
    return force.found.content_hash or None if force.mode == mode else None


def in_force(
    home: Home, settings: Settings, clock: Clock, *, practice: bool = False, recorded: str | None = None
) -> InForce:
    """Return what is in force at this home today.

    practice: for PRACTICE, even when a version is approved. recorded: the superintendent's key in the log, if known.
    """
    library, today = Library(home), clock.now().local().date()
    key = key_of_home(home) if recorded is None else recorded
    settings, found = with_recorded_key(settings, key), settings.superintendent_key
    if not practice:
        force = in_force_today(library, settings, today, lambda: newest_day(home))
        refused = refused_key(found, key)
        warnings = (Sentence.of("pack.other-key"),) if refused else ()
        return replace(force, refused_key=refused, warnings=(*warnings, *force.warnings))
    force = library.in_force(settings, today, draft=True)
    if force.mode == "live":
        return replace(force, mode="practice", reasons=(Sentence.of("practice.asked"),), refused=None, overdue=False)
    return force


def news_of(force: InForce) -> tuple[tuple[Entry, ...], Entry | None]:
    """Return the entries a live session starts with: a refused key or pack, and an overdue approval."""
    if force.mode != "live":
        return (), None
    why = force.refused
    refused = None if why is None or why.code is PackRefusal.NOT_YET else _entry_of(why, force)
    news = tuple(filter(None, (force.refused_key, refused)))
    return news, _entry_of(force.approval, force) if force.overdue and force.approval else None


def _entry_of(news: Refusal | Approval, force: InForce) -> Entry:
    """Return the entry about a refused copy, with the hash of the version in force, or about an overdue approval."""
    if isinstance(news, Refusal):
        body: dict[str, Json] = {
            "id": news.pack,
            "version": news.version,
            "content_hash": news.content_hash,
            "why": news.code,
        }
        return Entry(EntryKind.PACK_REJECTED, body | {"instead": force.found.content_hash}, actor=Actor.KIOSK)
    due = {
        "id": news.pack,
        "version": news.version,
        "content_hash": news.content_hash,
        "review_by": news.review_by.isoformat(),
    }
    return Entry(EntryKind.PACK_OVERDUE, due, actor=Actor.KIOSK)


class Opener:
    """Opens the log and creates the desk after the first screen is painted; closes the log."""

    def __init__(
        self,
        home: Home,
        library: Library,
        force: InForce,
        station: Station,
        clock: Clock,
        watch: Watch | None = None,
        records_key: str = "",
    ) -> None:
        """records_key: the records officer's key in the settings."""
        self._home, self._library, self._force, self._station, self._clock = home, library, force, station, clock
        self._records_key = records_key
        self._log: LogOnDisk | None = None
        self._intake: Intake | None = None
        self._taker: Taker | None = None
        self._watch = watch
        self._waiting: tuple[Sentence, ...] = ()
        self._contact_warnings: tuple[str, ...] = ()
        self._key_warnings: tuple[Sentence, ...] = ()
        self._people_warnings: tuple[Sentence, ...] = ()

    def open(self) -> Desk:
        """Open the log and return the desk that writes to it. Raises StoreUnusable."""
        self.close()
        with suppress(StoreUnusable):  # the log has a copy too, so a failure here must not stop the desk
            self._library.keep(self._force.found, approved=self._force.approval is not None)
        log = open_writer(self._home, self._force.mode, self._clock)
        self._log, self._waiting = log, tuple(map(warning, unacknowledged(log)))
        with suppress(StoreUnusable):  # the next destruction reports it; the desk must not wait
            destruction.finish(self._home, self._force.mode)
        desk = Desk(
            log,
            self._clock,
            self._station,
            self.pack,
            pack_by_hash=self._pack_by_hash,
        )
        news, overdue = news_of(self._force)
        own = (*self._key_news(log), *self._people_news(log), *self._contact_news(log))
        desk.start_session((*news, *own), overdue, partial(self._changes, log))
        return desk

    @property
    def pack(self) -> Pack:
        """The protocol in force with its content hash."""
        found = self._force.found
        return Pack(self._force.protocol, found.content_hash, found.content, found.note.decode("utf-8", "replace"))

    def reasons(self) -> tuple[str, ...]:
        """Return why this is only PRACTICE, or the warnings of a live desk, from the newest check."""
        found, live = self._pack_reasons(), self._force.mode == "live"
        return (*self._waiting, *found) if live else (*found, *self._waiting)

    def _pack_reasons(self) -> tuple[str, ...]:
        force, watch = self._force, self._watch
        if watch is None or force.approval is None:
            return (*force.reasons, *force.warnings)
        then = set(warnings_of(force.approval, force.refused, overdue=force.overdue))
        now = warnings_of(force.approval, watch.refused, overdue=watch.overdue)
        return (
            *self._key_warnings,
            *self._people_warnings,
            *home_warnings(self._home, self._clock.now().wall_us),
            *self._contact_warnings,
            *(words for words in force.warnings if words not in then),
            *now,
        )

    def _key_news(self, log: LogOnDisk) -> Iterator[Entry]:
        """Yield the entry about another records officer's key in the settings, and keep the home screen's warning."""
        if self._force.mode == "live":
            recorded = recorded_key(log, KeyOwner.RECORDS_OFFICER).text or self._key_of_previous_logs()
            refused = refused_key(self._records_key, recorded, KeyOwner.RECORDS_OFFICER)
            self._key_warnings = (Sentence.of("log.other-records-key"),) if refused else ()
            yield from filter(None, [refused])

    def _key_of_previous_logs(self) -> str:
        """Return the records officer's key in the previous logs; they are read only if the current one has none.

        If one of them can't be read, it may be the one in the settings.
        """
        if not archived_files(self._home, "live"):
            return ""
        found = recorded_key_of_home(self._home, KeyOwner.RECORDS_OFFICER)
        return self._records_key if found is None else found.text

    def _people_news(self, log: LogOnDisk) -> Iterator[Entry]:
        """Yield the entry about passphrases that are not the recorded ones, and keep the home screen's warning.

        A previous log that can't be read must not stop the desk, which needs nobody.
        """
        if self._force.mode == "live":
            known = known_in(self._home, log)
            with suppress(StoreUnusable):
                known = known_people(self._home) if archived_files(self._home, "live") else known
            self._people_warnings = (Sentence.of("people.changed"),) if known.is_changed else ()
            if known.missing:
                yield refused(known.missing)

    def _contact_news(self, log: LogOnDisk) -> Iterator[Entry]:
        """Yield the entry about contacts that differ from those in the log, and keep the home screen's warning."""
        if self._force.mode == "live":
            recorded = self._recorded_contacts(log)
            yield from filter(None, [change(self._force.contacts, recorded, Actor.KIOSK)])

    def _recorded_contacts(self, log: LogOnDisk) -> RecordedContacts | None:
        """Return the contacts in the log, and keep the home screen's warning about those that differ, or did lately."""
        recorded = recorded_contacts(self._home, log)
        found = tuple(warnings(self._force.contacts, recorded, self._clock.now()))
        self._contact_warnings = () if found and are_of_bundle(self._home, log) else found
        return recorded

    def newest_station(self, day: date) -> Station:
        """Return the station with the contacts and closed days as they are now, in calling order on this day.

        It reads files; the next record has the entry about contacts that changed.
        """
        self._force = with_newest(self._library, self._force)
        if self._log is not None and self._force.mode == "live":
            self._recorded_contacts(self._log)
        return replace(self._station, contacts=self._force.contacts.on(day), closed_days=self._force.closed_days)

    def _changes(self, log: LogOnDisk) -> Iterator[Entry]:
        """Yield entries about changes to pack and contacts since the last check; called before a record opens."""
        today = max(self._clock.now().local().date(), self._force.behind or date.min)
        yield from (_entry_of(news, self._force) for news in (self._watch.check(today) if self._watch else ()))
        yield from self._contact_news(log)

    def attend(self, submit: Submit, entered: Callable[[], object]) -> None:
        """Begin to take entries of commands, for the open log. submit: queues work for the desk's thread.

        entered: called in another thread after each recorded request.
        """
        if self._log is not None and self._intake is None:
            home, mode = self._home, self._force.mode
            self._taker = Taker(home, mode, submit, lambda: district_key_of(home), entered)
            self._intake = open_intake(home.log(mode), self._taker)

    def enter(self, *entries: Entry) -> None:
        """Record entries of the screen, by the rules for those of commands. Not for the desk's thread.

        Raises Refused and StoreUnusable.
        """
        answer = self._taker(new_request(*entries), lambda: True) if self._taker is not None else None
        if isinstance(answer, Rejected):
            raise answer.error()
        if answer is None:
            raise StoreUnusable("The log is not open now. Nothing was entered.", "Try again in a minute.")

    def replace_log(self, reason: ReplaceReason) -> None:
        """Archive the log and start a new one, as staff decided at the desk. Raises StoreUnusable, Refused."""
        self.close()
        replace_log(self._home, self._force.mode, self._clock, reason, by=AT_DESK)

    def close(self) -> None:
        """Close the log if it is open, after its socket: only the program that has the log may remove that."""
        self._taker = None
        if self._intake is not None:
            self._intake.close()
            self._intake = None
        if self._log is not None:
            self._log.close()
            self._log = None

    def _pack_by_hash(self, content_hash: str) -> Pack | None:
        found = self._library.kept(content_hash)
        return None if found is None or found.protocol is None else Pack(found.protocol, found.content_hash)


def desk_of(home: Home, settings: Settings, *, practice: bool, clock: Clock) -> tuple[InForce, Station, Opener]:
    """Return what is in force, the station, and the opener of the desk.

    Raises UsageError when no protocol can be read.
    """
    require_storable_settings(home, settings)
    library, recorded = Library(home), key_of_home(home)
    if practice:
        force = in_force(home, settings, clock, practice=True, recorded=recorded)
    else:
        force = _restored_and_in_force(home, settings, clock, recorded)
    school = settings.school or force.contacts.school
    languages = settings.language, settings.visitor_language or force.protocol.source_language
    station = Station(school, settings.desk, force.mode, force.contacts, languages[0], force.choices, languages[1])
    station = replace(
        station,
        contacts=force.contacts.on(clock.now().local().date()),
        encrypt_notes_to=district_key(settings.encrypt_notes_to) if settings.encrypt_notes_to else None,
        closed_days=force.closed_days,
    )
    watch = Watch(library, with_recorded_key(settings, recorded), force) if force.mode == "live" else None
    return force, station, Opener(home, library, force, station, clock, watch, settings.records_key)


def _restored_and_in_force(home: Home, settings: Settings, clock: Clock, recorded: str) -> InForce:
    """Return what is in force today, after restoring the last approved version if its files are missing.

    Raises UsageError when no protocol can be read.
    """
    running, failed = None, None
    try:
        running = in_force(home, settings, clock, recorded=recorded)
    except UsageError as wrong:
        failed = wrong
    if _restore_if_missing(home, with_recorded_key(settings, recorded), running, clock):
        return in_force(home, settings, clock, recorded=recorded)
    if running is None:
        assert failed is not None  # noqa: S101 - one of the two
        raise failed
    return running


def _restore_if_missing(home: Home, settings: Settings, running: InForce | None, clock: Clock) -> bool:
    approval = running.approval if running else None
    behind = running.behind if running else newest_day(home)
    today = max(clock.now().local().date(), behind or date.min)
    with suppress(KioskError, OSError):  # opening the log later reports its errors
        if not home.log("live").exists():
            return False
        log = open_history(home, "live")
        try:
            return restore_last_approved(Library(home), log, settings, approval, today)
        finally:
            log.close()
    return False


def foreign_packages(names: Iterable[str] = ("kiosk", "db", "protocols")) -> tuple[str, ...]:
    """Return the product's packages that would be imported from another folder; empty when all are right."""
    from importlib.util import find_spec  # noqa: PLC0415 - only for the morning check

    home = Path(__file__).resolve().parents[2]
    specs = {name: find_spec(name) for name in names}
    return tuple(
        name
        for name, spec in specs.items()
        if spec is None or spec.origin is None or Path(spec.origin).resolve().parent.parent != home
    )
