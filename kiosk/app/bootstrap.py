"""The one wiring place: joins home, settings, library, store and clock into what a command or a screen needs."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from pathlib import Path

from kiosk.desk.service import Desk
from kiosk.desk.station import Pack, Station
from kiosk.errors import KioskError, Refused, StoreUnusable, UsageError
from kiosk.log import destruction
from kiosk.log.archive import open_chain
from kiosk.log.log import LogOnDisk, open_writer
from kiosk.log.pending import PendingEntries
from kiosk.log.replace import replace_log
from kiosk.packs.install import restore_last_approved
from kiosk.packs.library import NOT_YET, InForce, Library, Refusal, warnings_of
from kiosk.packs.watch import Watch
from kiosk.record import kinds as h
from kiosk.record.approval import Approval
from kiosk.record.canonical import Json
from kiosk.record.clock_steps import step_between
from kiosk.record.disclosure.sealing import SealKey, closing, holds_sentences, seal_key
from kiosk.record.entries import Entry, SealedEntry, seal, unaltered
from kiosk.record.pack_entries import kept_content, protocol_in
from kiosk.record.verification.succession import AT_DESK, unseen
from kiosk.reports.events import new_log
from kiosk.settings import Home, Mode, Settings, read_settings
from kiosk.system.clock import Clock, Instant


def append_entry(home: Home, mode: Mode, clock: Clock, *entries: Entry) -> None:
    """Add entries to the mode's log from a command, all or none, with the seal of what is in force there.

    Before them, as at the desk, goes the clock's step if it was set since the newest entry.
    Raises StoreUnusable, also while a kiosk has it open.
    """
    log = open_writer(home, mode, clock)
    try:
        _append(log, home, mode, clock, *((entry, str(uuid.uuid4())) for entry in entries))
    finally:
        log.close()


def _append(log: LogOnDisk, home: Home, mode: Mode, clock: Clock, *entries: tuple[Entry, str]) -> None:
    newest, now, pack, key = log.last(), clock.now(), _seal_in_force(home, mode, clock), seal_key_of(home)
    last = unaltered(newest) if newest else None
    steps = [(e, str(uuid.uuid4())) for e in step_between(last.at if last else None, now, actor="command")]
    numbered = enumerate([*steps, *entries], log.size())
    log.append([_sealed(log, replace(e, pack=e.pack or pack), one, n, now, key) for n, (e, one) in numbered])


def _sealed(
    log: LogOnDisk, entry: Entry, event_id: str, seq: int, now: Instant, seal_to: SealKey | None
) -> SealedEntry:
    if seal_to is None or not holds_sentences(entry):
        return seal(entry, origin=log.origin, seq=seq, event_id=event_id, at=now)
    protocol = protocol_in(kept_content(log, entry.pack or ""), entry.pack or "")
    close = closing(entry, event_id, protocol, seal_to)
    return seal(entry, origin=log.origin, seq=seq, event_id=event_id, at=now, close=close)


def seal_key_of(home: Home) -> SealKey | None:
    """The district's key that sentences are sealed for; None where nothing is. Raises UsageError, BadNote."""
    words = read_settings(home).seal_to
    return seal_key(words) if words else None


def enter(home: Home, mode: Mode, clock: Clock, *entries: Entry) -> bool:
    """Write a command's entries, or leave them for the kiosk that has the log open; whether they are written already.

    Raises StoreUnusable when neither can be done; Refused for sentences that are to be sealed while the kiosk runs:
    what waits for it would lie there for everyone to read.
    """
    try:
        append_entry(home, mode, clock, *entries)
    except StoreUnusable as error:
        if not is_in_use(error):
            raise
        if any(map(holds_sentences, entries)) and seal_key_of(home) is not None:
            what = "The kiosk is running, and what you wrote is to be sealed for the district."
            raise Refused(what, "Close the kiosk, then try again.") from error
        for entry in entries:
            pending_of(home, mode).enqueue(entry, clock.now().wall_us)
        return False
    return True


def is_in_use(error: StoreUnusable) -> bool:
    """Whether the log could not be opened because a kiosk has it open."""
    from db.errors import Locked  # noqa: PLC0415 - only with a store

    return isinstance(error.__cause__, Locked)


def settled(home: Home, mode: Mode, clock: Clock) -> AbstractContextManager[LogOnDisk]:
    """The mode's log, open for writing, with all in it that commands left, and no purge half done.

    Entering it raises StoreUnusable, also while a kiosk has the log open.
    """
    return destruction.settled(home, mode, pending_of(home, mode), clock, _entering(home, mode, clock))


def destroy(home: Home, mode: Mode, log: LogOnDisk, purges: Sequence[Entry], clock: Clock) -> bool:
    """Write these entries into the settled log and destroy what they name; as `destruction.destroy`."""
    return destruction.destroy(home, mode, log, purges, _entering(home, mode, clock))


def _entering(home: Home, mode: Mode, clock: Clock) -> destruction.Enter:
    return lambda log, entry, event_id: _append(log, home, mode, clock, (entry, event_id))


def _seal_in_force(home: Home, mode: Mode, clock: Clock) -> str | None:
    try:
        force = in_force(home, read_settings(home), clock)
    except KioskError:
        return None
    return force.found.seal or None if force.mode == mode else None


def in_force(home: Home, settings: Settings, clock: Clock, *, practice: bool = False) -> InForce:
    """What runs on this home today; `practice` asks for PRACTICE whatever is approved."""
    force = Library(home).in_force(settings, clock.now().local().date(), draft=practice)
    if practice and force.mode == "live":
        return replace(force, mode="practice", reasons=("You asked for practice.",), refused=None, overdue=False)
    return force


def news_of(force: InForce) -> tuple[Entry | None, Entry | None]:
    """What a live session writes of its pack: that a copy was refused, and that what runs is overdue."""
    if force.mode != "live":
        return None, None
    why = force.refused
    refused = None if why is None or why.code == NOT_YET else _entry_of(why, force)
    return refused, _entry_of(force.approval, force) if force.overdue and force.approval else None


def _entry_of(news: Refusal | Approval, force: InForce) -> Entry:
    """The entry of a refused copy, with the seal of what runs instead; or of an approval that is overdue."""
    if isinstance(news, Refusal):
        body: dict[str, Json] = {"id": news.pack, "version": news.version, "seal": news.seal, "why": news.code}
        return Entry(h.PACK_REJECTED, body | {"instead": force.found.seal}, actor="kiosk")
    due = {"id": news.pack, "version": news.version, "seal": news.seal, "review_by": news.review_by.isoformat()}
    return Entry(h.PACK_OVERDUE, due, actor="kiosk")


def pending_of(home: Home, mode: Mode) -> PendingEntries:
    """Where commands leave entries for the kiosk that has the mode's log open."""
    return PendingEntries(home.log(mode).with_suffix(".inbox"))


class Opener:
    """Opens the log and makes the desk, once the first screen is painted; closes the log again."""

    def __init__(
        self, home: Home, library: Library, force: InForce, station: Station, clock: Clock, watch: Watch | None = None
    ) -> None:
        self._home, self._library, self._force, self._station, self._clock = home, library, force, station, clock
        self._log: LogOnDisk | None = None
        self._watch = watch
        self._began = ""

    def open(self) -> Desk:
        """The desk over the opened log. Raises StoreUnusable."""
        self.close()
        with suppress(StoreUnusable):  # the log keeps its words too; a folder in the way keeps no desk closed
            self._library.keep(self._force.found, approved=self._force.approval is not None)
        log = open_writer(self._home, self._force.mode, self._clock)
        self._log, kept = log, unseen(log)
        self._began = "" if kept is None else new_log(kept)
        with suppress(StoreUnusable):  # told at the next purge; no visit waits for it
            destruction.finish(self._home, self._force.mode)
        desk = Desk(
            log,
            self._clock,
            self._station,
            self.pack,
            pack_by_seal=self._pack_by_seal,
            inbox=pending_of(self._home, self._force.mode),
        )
        desk.start_session(*news_of(self._force), self._news)
        return desk

    @property
    def pack(self) -> Pack:
        """The protocol in force with its seal."""
        found = self._force.found
        return Pack(self._force.protocol, found.seal, found.content, found.note.decode("utf-8", "replace"))

    def reasons(self) -> tuple[str, ...]:
        """Why it is only PRACTICE, or what is to be said while it runs live, as it was looked at last."""
        began = (self._began,) if self._began else ()
        return (*began, *self._of_the_pack()) if self._force.mode == "live" else (*self._of_the_pack(), *began)

    def _of_the_pack(self) -> tuple[str, ...]:
        force, watch = self._force, self._watch
        if watch is None or force.approval is None:
            return (*force.reasons, *force.warnings)
        then = set(warnings_of(force.approval, force.refused, overdue=force.overdue))
        now = warnings_of(force.approval, watch.refused, overdue=watch.overdue)
        return (*now, *(words for words in force.warnings if words not in then))

    def _news(self) -> Iterator[Entry]:
        """Entries of what happened to the pack since it was looked at last; asked before an encounter opens."""
        today = self._clock.now().local().date()
        yield from (_entry_of(news, self._force) for news in (self._watch.look(today) if self._watch else ()))

    def replace_log(self, reason: str) -> None:
        """Set the log aside and begin a new one, as somebody at the desk decided. Raises StoreUnusable, Refused."""
        self.close()
        replace_log(self._home, self._force.mode, self._clock, reason, by=AT_DESK)

    def close(self) -> None:
        """Close the log if it is open."""
        if self._log is not None:
            self._log.close()
            self._log = None

    def _pack_by_seal(self, seal_then: str) -> Pack | None:
        found = self._library.kept(seal_then)
        return None if found is None or found.protocol is None else Pack(found.protocol, found.seal)


def desk_of(home: Home, settings: Settings, *, practice: bool, clock: Clock) -> tuple[InForce, Station, Opener]:
    """What is in force, where the desk stands, and what opens it. Raises UsageError without a readable protocol."""
    library = Library(home)
    force = in_force(home, settings, clock, practice=True) if practice else _live_if_ever(home, settings, clock)
    school = settings.school or force.contacts.school
    languages = settings.language, settings.say_language or force.protocol.source_language
    station = Station(school, settings.desk, force.mode, force.contacts, languages[0], force.choices, languages[1])
    station = replace(station, seal_to=seal_key(settings.seal_to) if settings.seal_to else None)
    watch = Watch(library, settings, force) if force.mode == "live" else None
    return force, station, Opener(home, library, force, station, clock, watch)


def _live_if_ever(home: Home, settings: Settings, clock: Clock) -> InForce:
    """What runs today, once the log has put back what was good before and lies here no more. Raises UsageError."""
    running, failed = None, None
    try:
        running = in_force(home, settings, clock)
    except UsageError as wrong:
        failed = wrong
    if _put_back(home, settings, running, clock):
        return in_force(home, settings, clock)
    if running is None:
        assert failed is not None  # noqa: S101 - one of the two
        raise failed
    return running


def _put_back(home: Home, settings: Settings, running: InForce | None, clock: Clock) -> bool:
    approval, today = running.approval if running else None, clock.now().local().date()
    with suppress(KioskError, OSError):  # opening the log says what is wrong with it
        if not home.log("live").exists():
            return False
        log = open_chain(home, "live")
        try:
            return restore_last_approved(Library(home), log, settings, approval, today)
        finally:
            log.close()
    return False


def strangers(names: Iterable[str] = ("kiosk", "db", "protocols")) -> tuple[str, ...]:
    """Which of our packages were imported from another place than the kiosk itself; empty when all is well."""
    from importlib.util import find_spec  # noqa: PLC0415 - only for the morning check

    home = Path(__file__).resolve().parents[2]
    specs = {name: find_spec(name) for name in names}
    return tuple(
        name
        for name, spec in specs.items()
        if spec is None or spec.origin is None or Path(spec.origin).resolve().parent.parent != home
    )
