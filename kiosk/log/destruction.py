"""Destruction of record details: the entry about it, the details, and the kiosk's own copies of them.

In the current log, the entries and the destruction are one commit. In a previous log, the details are destroyed after
it. If a power cut interrupts this, the next opening or destruction finishes it from the entries alone.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.log.archive_files import open_all
from kiosk.log.log import LogOnDisk, kiosk_errors, open_writer
from kiosk.record.entries import Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.settings import Home, Mode
from kiosk.system.clock import Clock

if TYPE_CHECKING:
    from db.store import Store


Enter = Callable[[LogOnDisk, Sequence[tuple[Entry, str]]], None]
"""Appends entries to the log, each under its id, in one commit."""


@contextmanager
def settled(home: Home, mode: Mode, clock: Clock) -> Iterator[LogOnDisk]:
    """Open the mode's log for writing, and finish interrupted destructions.

    Raises StoreUnusable, also while a kiosk has the log open.
    """
    log = open_writer(home, mode, clock)
    try:
        finish(home, mode)
        yield log
    finally:
        log.close()


def destroy(home: Home, mode: Mode, log: LogOnDisk, entries: Sequence[Entry], enter: Enter) -> bool:
    """Append an authorization and its `record.destroyed` entries, and destroy the details that these name.

    All entries are one commit, so an authorization in the log was used up. The log must be settled.
    Return False when another program reads the log: SQLite's second file may then hold the details until the log is
    closed next. Raises StoreUnusable, also under a hold; then nothing is destroyed.
    """
    destructions = [entry for entry in entries if entry.kind is EntryKind.RECORD_DESTROYED]
    with closing(open_all(home, mode)) as logs:
        files = {file for entry in destructions for file in logs.with_details(entry.encounter_id or "")}
    with ExitStack() as stack:
        for file in sorted(files):  # check that each file can be written before an entry records the destruction
            stack.enter_context(_store(file))
    for copy in copies(home, mode):  # before the entry, so that an interrupted command can simply be repeated
        with kiosk_errors():
            _remove(copy)
    enter(log, [(entry, str(uuid.uuid4())) for entry in entries])
    complete = finish(home, mode)
    return log.empty_wal() and complete


def finish(home: Home, mode: Mode) -> bool:
    """Destroy details in previous logs that later logs say were destroyed. Repeating is harmless. Raises StoreUnusable.

    Return False when another program reads one of them, which keeps SQLite's second file.
    """
    if not home.earlier.exists():
        return True
    with closing(open_all(home, mode)) as logs:
        unfinished = list(logs.unfinished_destructions())
    complete = True
    for details in unfinished:
        with _store(details.file) as store, kiosk_errors():
            store.destroy_in_previous_log(details.encounter_id, details.origin, details.seq)
            complete = store.empty_wal() and complete
    return complete


def copies(home: Home, mode: Mode) -> list[Path]:
    """Return the copies that the kiosk made of the log before upgrades; they contain all details of that time."""
    return sorted(home.log(mode).parent.glob(f"{mode}.before-*"))


@contextmanager
def _store(file: Path) -> Iterator[Store]:
    from db.store import Store  # noqa: PLC0415 - sqlalchemy, after first paint

    with kiosk_errors():
        store = Store.open(file, reserve=False)
    with closing(store):
        yield store


def _remove(copy: Path) -> None:
    from db.disk.durable import sync_folder  # noqa: PLC0415 - only with a store
    from db.error_mapping import translating  # noqa: PLC0415 - only with a store

    with translating(copy):
        copy.unlink(missing_ok=True)
        sync_folder(copy.parent)
