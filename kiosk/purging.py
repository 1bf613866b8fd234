"""Letting go: the entry that says so, the values that go with it, and the copies that the kiosk made of them.

In the log that is written, entry and values are one commit. In an earlier log the values go after it; what a power cut
leaves of that is finished at the next opening or the next purge, from the entries alone.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.clock import Clock
from kiosk.errors import StoreUnusable
from kiosk.inbox import Inbox
from kiosk.logchain import LogChain, earlier_file, earlier_files, open_chain
from kiosk.logfile import LogOnDisk, kiosk_errors, open_writer
from kiosk.post import Mode
from kiosk.record import happenings as h
from kiosk.record.entries import Entry, SealedEntry, seal, unaltered
from kiosk.record.steps import step_between
from kiosk.settings import Home

if TYPE_CHECKING:
    from db.store import Store


@contextmanager
def settled(home: Home, mode: Mode, inbox: Inbox, pack: str | None, clock: Clock) -> Iterator[LogOnDisk]:
    """The mode's log, open for writing, with all in it that commands left, and no purge half done.

    pack: the seal of what is in force, for entries that name none.
    Raises StoreUnusable: also while a kiosk has it open, and when something lies in the inbox that can't be read.
    """
    log = open_writer(home, mode, clock)
    try:
        _take_in(log, inbox, pack, clock)
        finish(home, mode)
        yield log
    finally:
        log.close()


def let_go(home: Home, mode: Mode, log: LogOnDisk, purges: Sequence[Entry], clock: Clock) -> bool:
    """Write these `retention.purged` entries and let go what they say, all or nothing; the log must be settled.

    False when a program that reads the log keeps SQLite's second file alive, which may still hold the values; they go
    when the log is next closed. Raises StoreUnusable, also under a hold; then no entry was written and no value went.
    """
    about = [purge.encounter_id or "" for purge in purges]
    with closing(open_chain(home, mode)) as chain, ExitStack() as tried:
        for earlier in chain.logs[:-1]:
            if any(has_values(earlier, encounter_id) for encounter_id in about):
                tried.enter_context(_store(home, mode, earlier))  # what can't be written must not be said to be gone
    for copy in copies(home, mode):  # before the entry: cut off here, the command is simply given again
        with kiosk_errors():
            _remove(copy)
    log.append(_sealed(log, [(purge, str(uuid.uuid4())) for purge in purges], purges[0].pack, clock))
    whole = finish(home, mode)
    return log.checkpoint() and whole


def finish(home: Home, mode: Mode) -> bool:
    """Let go, in earlier logs, what later ones say was let go. Doing it again changes nothing. Raises StoreUnusable.

    False when a program that reads one of them keeps its second file alive.
    """
    if not earlier_files(home, mode):
        return True
    with closing(open_chain(home, mode)) as chain:
        left = list(_half_done(chain))
    whole = True
    for earlier, encounter_id, origin, seq in left:
        with _store(home, mode, earlier) as store, kiosk_errors():
            store.let_go_earlier(encounter_id, origin, seq)
            whole = store.checkpoint() and whole
    return whole


def copies(home: Home, mode: Mode) -> list[Path]:
    """The copies of the log that the kiosk made beside it before an update; they hold all that it held then."""
    return sorted(home.log(mode).parent.glob(f"{mode}.before-*"))


def has_values(log: LogOnDisk, encounter_id: str) -> bool:
    """Whether that log still has values of an encounter that can be let go."""
    return any(
        (entry.disclosures or entry.sealed) and json.loads(entry.header)["kind"] not in h.KEEPING
        for entry in log.entries(encounter_id)
    )


def _half_done(chain: LogChain) -> Iterator[tuple[LogOnDisk, str, str, int]]:
    """(earlier log, encounter, origin and number of the entry that let it go) wherever values are left."""
    for n, later in enumerate(chain.logs):
        for entry in later.of_kind(h.PURGED):
            encounter_id = json.loads(entry.header)["encounter_id"]
            for earlier in chain.logs[:n]:
                if has_values(earlier, encounter_id):
                    yield earlier, encounter_id, later.origin, entry.seq


@contextmanager
def _store(home: Home, mode: Mode, earlier: LogOnDisk) -> Iterator[Store]:
    from db.store import Store  # noqa: PLC0415 - sqlalchemy, after first paint

    with kiosk_errors():
        store = Store.open(earlier_file(home, mode, earlier.origin), reserve=False)
    with closing(store):
        yield store


def _take_in(log: LogOnDisk, inbox: Inbox, pack: str | None, clock: Clock) -> None:
    """Enter what commands left while a kiosk had the log open. Raises StoreUnusable for what can't be read."""
    while waiting := list(inbox.waiting()):
        for left in waiting:
            if not log.has(left.event_id):
                log.append(_sealed(log, [(left.entry, left.event_id)], pack, clock))
            with suppress(OSError):
                inbox.taken(left)
        if any(left.file.exists() for left in waiting):
            break
    stuck = sorted(inbox.folder.glob("*.json"))
    if stuck:
        raise StoreUnusable(
            f"{stuck[0]} can't be taken into the log; it may be a hold, so nothing can be let go.",
            "Ask IT to keep that file elsewhere, and the Superintendent's Office what it is.",
        )


def _sealed(log: LogOnDisk, entries: Sequence[tuple[Entry, str]], pack: str | None, clock: Clock) -> list[SealedEntry]:
    """The bytes of these (entry, id), and before them of the clock's step if it was set since the newest entry."""
    newest, size, now = log.last(), log.size(), clock.now()
    last = unaltered(newest) if newest else None
    steps = [(step, str(uuid.uuid4())) for step in step_between(last.at if last else None, now, actor="command")]
    return [
        seal(replace(entry, pack=entry.pack or pack), origin=log.origin, seq=size + n, event_id=event_id, at=now)
        for n, (entry, event_id) in enumerate((*steps, *entries))
    ]


def _remove(copy: Path) -> None:
    from db.durable import sync_folder  # noqa: PLC0415 - only with a store
    from db.translate import translating  # noqa: PLC0415 - only with a store

    with translating(copy):
        copy.unlink(missing_ok=True)
        sync_folder(copy.parent)
