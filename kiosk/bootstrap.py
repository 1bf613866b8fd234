"""The one wiring place: joins home, settings, library, store and clock into what a command or a screen needs."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.clock import Clock
from kiosk.desk import Desk
from kiosk.errors import NotConfirmed, StoreUnusable
from kiosk.files import ensure_folder
from kiosk.inbox import Inbox
from kiosk.library import InForce, Library
from kiosk.post import Mode, Pack, Post
from kiosk.record.entries import Entry, SealedEntry, seal
from kiosk.settings import Home, Settings

if TYPE_CHECKING:
    from db.store import Reader, Row, Store


class LogOnDisk:
    """The desk's log port over `db`: the same rows, and its errors as the kiosk's."""

    def __init__(self, store: Store | Reader) -> None:
        self._store = store

    @property
    def origin(self) -> str:
        """Which log this is."""
        return self._store.origin

    def size(self) -> int:
        """How many entries it holds."""
        with kiosk_errors():
            return self._store.size()

    def append(self, entries: Sequence[SealedEntry]) -> None:
        """Keep these entries; returns only when they are durable."""
        from db.store import Store  # noqa: PLC0415 - sqlalchemy, after first paint

        if not isinstance(self._store, Store):
            raise StoreUnusable("The log was opened for reading.", "Close the kiosk, then try again.")
        with kiosk_errors():
            self._store.append(entries)

    def entries(self, encounter_id: str | None = None) -> Iterator[SealedEntry]:
        """Entries in order, of one encounter or all."""
        with kiosk_errors():
            yield from map(_sealed, self._store.entries(encounter_id))

    def encounter_ids(self, kind: str) -> Sequence[str]:
        """The encounters that have an entry of this kind, oldest first."""
        with kiosk_errors():
            return self._store.encounter_ids(kind)

    def last(self) -> SealedEntry | None:
        """The newest entry."""
        with kiosk_errors():
            row = self._store.last()
        return None if row is None else _sealed(row)

    def close(self) -> None:
        """Let go of the log; a second time does nothing."""
        with kiosk_errors():
            self._store.close()


def _sealed(row: Row) -> SealedEntry:
    return SealedEntry(row.seq, row.header, row.leaf, row.disclosures)


@contextmanager
def kiosk_errors() -> Iterator[None]:
    """Turn the store's errors into the kiosk's, word for word."""
    from db.errors import StoreError, Unconfirmed  # noqa: PLC0415 - only with a store

    try:
        yield
    except Unconfirmed as error:
        raise NotConfirmed(error.what, error.repair) from error
    except StoreError as error:
        raise StoreUnusable(error.what, error.repair) from error


def ensure_log(home: Home, mode: Mode, clock: Clock, *, upgrade: bool = False) -> Path:
    """The path of the mode's log, made when it is missing; `upgrade` also brings an older one to today's tables."""
    path = home.log(mode)
    if upgrade or not path.exists():
        from db.migrate import create_or_upgrade  # noqa: PLC0415 - alembic, only here

        name = str(uuid.uuid4())
        with kiosk_errors():
            ensure_folder(path.parent)
            create_or_upgrade(path, origin=f"front-office-kiosk/{name}", kiosk_id=name, created_us=clock.now().wall_us)
    return path


def open_writer(home: Home, mode: Mode, clock: Clock) -> LogOnDisk:
    """The mode's log for writing. Raises StoreUnusable when it is locked, damaged, full or of another version."""
    path = ensure_log(home, mode, clock)
    from db.store import Store  # noqa: PLC0415 - sqlalchemy, after first paint

    with kiosk_errors():
        return LogOnDisk(Store.open(path))


def open_reader(home: Home, mode: Mode) -> LogOnDisk:
    """The mode's log for reading, beside a running kiosk or not. Raises StoreUnusable."""
    path = home.log(mode)
    if not path.exists():
        raise StoreUnusable(f"There is no {mode} log in {home.path} yet.", "It is made by the first encounter.")
    from db.store import Reader  # noqa: PLC0415 - sqlalchemy, only for log commands

    with kiosk_errors():
        return LogOnDisk(Reader.open(path))


def append_entry(home: Home, mode: Mode, entry: Entry, clock: Clock) -> None:
    """Add one entry to the mode's log from a command. Raises StoreUnusable, also while a kiosk has it open."""
    log = open_writer(home, mode, clock)
    try:
        event_id = str(uuid.uuid4())
        log.append([seal(entry, origin=log.origin, seq=log.size(), event_id=event_id, at=clock.now())])
    finally:
        log.close()


def in_force(home: Home, settings: Settings, clock: Clock, *, practice: bool = False) -> InForce:
    """What runs on this home today; `practice` asks for PRACTICE whatever is approved."""
    force = Library(home).in_force(settings, clock.now().local().date())
    if practice and force.mode == "live":
        return InForce(
            "practice", force.found, force.protocol, force.contacts, ("You asked for practice.",), force.cautions
        )
    return force


def inbox_of(home: Home, mode: Mode) -> Inbox:
    """Where commands leave entries for the kiosk that has the mode's log open."""
    return Inbox(home.log(mode).with_suffix(".inbox"))


class Opener:
    """Opens the log and makes the desk, once the first screen is painted; closes the log again."""

    def __init__(self, home: Home, library: Library, force: InForce, post: Post, clock: Clock) -> None:
        self._home, self._library, self._force, self._post, self._clock = home, library, force, post, clock
        self._log: LogOnDisk | None = None

    def open(self) -> Desk:
        """The desk over the opened log. Raises StoreUnusable."""
        self.close()
        self._library.keep(self._force.found)
        log = open_writer(self._home, self._force.mode, self._clock)
        self._log = log
        desk = Desk(
            log,
            self._clock,
            self._post,
            self.pack,
            pack_by_seal=self._pack_by_seal,
            inbox=inbox_of(self._home, self._force.mode),
        )
        desk.start_session()
        return desk

    @property
    def pack(self) -> Pack:
        """The protocol in force with its seal."""
        return Pack(self._force.protocol, self._force.found.seal)

    def close(self) -> None:
        """Close the log if it is open."""
        if self._log is not None:
            self._log.close()
            self._log = None

    def _pack_by_seal(self, seal_then: str) -> Pack | None:
        found = self._library.kept(seal_then)
        return None if found is None or found.protocol is None else Pack(found.protocol, found.seal)


def desk_of(home: Home, settings: Settings, *, practice: bool, clock: Clock) -> tuple[InForce, Post, Opener]:
    """What is in force, where the desk stands, and what opens it. Raises WrongUse without a readable protocol."""
    force = in_force(home, settings, clock, practice=practice)
    school = settings.school or force.contacts.school
    languages = settings.language, settings.say_language
    post = Post(school, settings.desk, force.mode, force.contacts, languages[0], settings.choices, languages[1])
    return force, post, Opener(home, Library(home), force, post, clock)


def strangers(names: Iterable[str] = ("kiosk", "db", "protocols")) -> tuple[str, ...]:
    """Which of our packages were imported from another place than the kiosk itself; empty when all is well."""
    from importlib.util import find_spec  # noqa: PLC0415 - only for the morning check

    home = Path(__file__).resolve().parent.parent
    specs = {name: find_spec(name) for name in names}
    return tuple(
        name
        for name, spec in specs.items()
        if spec is None or spec.origin is None or Path(spec.origin).resolve().parent.parent != home
    )
