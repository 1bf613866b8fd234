"""Letting go: the entry that says so, the values that go with it, and the copies that the kiosk made of them.

In the log that is written, entry and values are one commit. In an earlier log the values go after it; what a power cut
leaves of that is finished at the next opening or the next purge, from the entries alone.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.errors import StoreUnusable
from kiosk.log.archive_files import open_all
from kiosk.log.log import LogOnDisk, kiosk_errors, open_writer
from kiosk.log.pending import PendingEntries
from kiosk.record.entries import Entry
from kiosk.settings import Home, Mode
from kiosk.system.clock import Clock

if TYPE_CHECKING:
    from db.store import Store


Enter = Callable[[LogOnDisk, Entry, str], None]
"""Writes an entry into the log under an id, as commands do."""


@contextmanager
def settled(home: Home, mode: Mode, inbox: PendingEntries, clock: Clock, enter: Enter) -> Iterator[LogOnDisk]:
    """The mode's log, open for writing, with all in it that commands left, and no purge half done.

    Raises StoreUnusable: also while a kiosk has it open, and when something lies in the inbox that can't be read.
    """
    log = open_writer(home, mode, clock)
    try:
        _take_in(log, inbox, enter)
        finish(home, mode)
        yield log
    finally:
        log.close()


def destroy(home: Home, mode: Mode, log: LogOnDisk, purges: Sequence[Entry], enter: Enter) -> bool:
    """Write these `retention.purged` entries and let go what each says with it; the log must be settled.

    False when a program that reads the log keeps SQLite's second file alive, which may still hold the values; they go
    when the log is next closed. Raises StoreUnusable, also under a hold; a record then went whole or not at all.
    """
    with closing(open_all(home, mode)) as logs:
        files = {file for purge in purges for file in logs.holding(purge.encounter_id or "")}
    with ExitStack() as tried:
        for file in sorted(files):  # what can't be written must not be said to be gone
            tried.enter_context(_store(file))
    for copy in copies(home, mode):  # before the entry: cut off here, the command is simply given again
        with kiosk_errors():
            _remove(copy)
    for purge in purges:
        enter(log, purge, str(uuid.uuid4()))
    whole = finish(home, mode)
    return log.checkpoint() and whole


def finish(home: Home, mode: Mode) -> bool:
    """Let go, in earlier logs, what later ones say was let go. Doing it again changes nothing. Raises StoreUnusable.

    False when a program that reads one of them keeps its second file alive.
    """
    if not home.earlier.exists():
        return True
    with closing(open_all(home, mode)) as logs:
        left = list(logs.half_done())
    whole = True
    for half in left:
        with _store(half.file) as store, kiosk_errors():
            store.let_go_earlier(half.encounter_id, half.origin, half.seq)
            whole = store.checkpoint() and whole
    return whole


def copies(home: Home, mode: Mode) -> list[Path]:
    """The copies of the log that the kiosk made beside it before an update; they hold all that it held then."""
    return sorted(home.log(mode).parent.glob(f"{mode}.before-*"))


@contextmanager
def _store(file: Path) -> Iterator[Store]:
    from db.store import Store  # noqa: PLC0415 - sqlalchemy, after first paint

    with kiosk_errors():
        store = Store.open(file, reserve=False)
    with closing(store):
        yield store


def _take_in(log: LogOnDisk, inbox: PendingEntries, enter: Enter) -> None:
    """Enter what commands left while a kiosk had the log open. Raises StoreUnusable for what can't be read."""
    while waiting := list(inbox.waiting()):
        for left in waiting:
            if not log.has(left.event_id):
                enter(log, left.entry, left.event_id)
            with suppress(OSError):
                inbox.recorded(left)
        if any(left.file.exists() for left in waiting):
            break
    stuck = sorted(inbox.folder.glob("*.json"))
    if stuck:
        raise StoreUnusable(
            f"{stuck[0]} can't be taken into the log; it may be a hold, so nothing can be let go.",
            "Ask IT to keep that file elsewhere, and the Superintendent's Office what it is.",
        )


def _remove(copy: Path) -> None:
    from db.disk.durable import sync_folder  # noqa: PLC0415 - only with a store
    from db.error_mapping import translating  # noqa: PLC0415 - only with a store

    with translating(copy):
        copy.unlink(missing_ok=True)
        sync_folder(copy.parent)
