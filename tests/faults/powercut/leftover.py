"""Check the state after a cut like the kiosk: read, verify, open, and continue at the desk. Name every fault."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from db.connections import bare
from db.errors import StoreError
from kiosk.app.bootstrap import desk_of
from kiosk.errors import KioskError
from kiosk.log.log import LogOnDisk, open_reader
from kiosk.record.entries import EncodedEntry, decoded_or_none
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.transparency.checkpoint import Checkpoint, read_checkpoint
from kiosk.record.transparency.merkle import Tree
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.faults.powercut.operation import Operation
from tests.faults.powercut.writer import EXPORT, SETTINGS

LOST: Final = "lost"
"""An acknowledged answer is missing or replaced, or the entry of an acknowledged export is missing."""

ALTERED: Final = "altered"
"""The state does not verify."""

UNSIGNED: Final = "unsigned"
"""A checkpoint of the log has no signature by its key over exactly the entries that it covers."""

UNREADABLE: Final = "unreadable"
"""The log is missing, or can't be read."""

STUCK: Final = "stuck"
"""The kiosk does not start, or the desk can't continue."""

TORN: Final = "torn"
"""A saved file is incomplete, or an acknowledged one is missing."""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The acknowledged data: the newest answer (its entry's number, or -1, and leaf) and the number of exports."""

    seq: int = -1
    leaf: str = ""
    exports: int = 0

    def after(self, operation: Operation) -> Acknowledged:
        """Return the acknowledgements after one more operation."""
        words = json.loads(operation.data) if operation.kind == "report" else {}
        if "seq" in words:
            return replace(self, seq=words["seq"], leaf=words["leaf"])
        return replace(self, exports=words["export"]) if "export" in words else self


def export_hashes(operations: Iterable[Operation]) -> list[str]:
    """Return the SHA-256 of every export that the writer made, in order."""
    reports = (json.loads(operation.data) for operation in operations if operation.kind == "report")
    return [words["sha256"] for words in reports if "sha256" in words]


def faults_in(place: Path, acknowledged: Acknowledged, exports: Sequence[str]) -> Iterator[str]:
    """Yield the faults of the state at `place`. exports: the hashes of all exports, in order."""
    home = Home(place / "home")
    yield from _export_faults(place, acknowledged, exports)
    if home.log("live").exists() or acknowledged.seq >= 0:
        yield from _log_faults(home, acknowledged)
    yield from _desk_faults(home, acknowledged)


def _export_faults(place: Path, acknowledged: Acknowledged, exports: Sequence[str]) -> Iterator[str]:
    """Yield TORN for each export that is not complete; only one that was not acknowledged may be missing."""
    for number, made in enumerate(exports, 1):
        path = place / EXPORT.format(number)
        missing = not path.exists()
        if (missing and number <= acknowledged.exports) or (not missing and _hash(path) != made):
            yield TORN


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _log_faults(home: Home, acknowledged: Acknowledged) -> Iterator[str]:
    try:
        with closing(open_reader(home, "live")) as log:
            yield from _entry_faults(log, acknowledged)
    except (KioskError, StoreError, sqlite3.Error):
        yield UNREADABLE


def _entry_faults(log: LogOnDisk, acknowledged: Acknowledged) -> Iterator[str]:
    entries = list(log.entries())
    if not _match(entries):
        yield ALTERED
    elif not _signed(log, [entry.leaf for entry in entries]):
        yield UNSIGNED
    at = acknowledged.seq
    if at >= len(entries) or (at >= 0 and entries[at].leaf.hex() != acknowledged.leaf):
        yield LOST


def _match(entries: Sequence[EncodedEntry]) -> bool:
    """Check that the entries are numbered without a gap, and that each has every value that it commits to."""
    kept = [decoded_or_none(entry) for entry in entries]
    return all(one is not None and one.seq == n and not one.withheld for n, one in enumerate(kept))


def _signed(log: LogOnDisk, leaves: Sequence[bytes]) -> bool:
    """Check that the log's key signed the newest checkpoint over all entries, and each stored one over those before."""
    checkpoint, key = log._store.newest_checkpoint(), log.key
    assert checkpoint is not None
    with bare(log._store._reading) as connection:
        lasting = connection.execute("SELECT size, root, note FROM checkpoint ORDER BY size").fetchall()
    kept = [(checkpoint.size, checkpoint.root, checkpoint.note), *lasting]
    signed = [read_checkpoint(note.encode(), key) for _, _, note in kept]
    right = [Checkpoint(log.origin, size, Tree().grown(leaves[:size]).root) for size, _, _ in kept]
    return (
        checkpoint.size == len(leaves) and signed == right and [root for _, root, _ in kept] == [c.root for c in right]
    )


def _desk_faults(home: Home, acknowledged: Acknowledged) -> Iterator[str]:
    """Start the kiosk, continue or open a record, save a note, and yield the faults after it.

    The log then has the entry of each export that a command said was made.
    """
    try:
        force, _, opener = desk_of(home, SETTINGS, practice=False, clock=FixedClock())
        try:
            desk = opener.open()
            left = desk.unfinished()
            running = desk.resume(left.records[0]) if left.records else desk.open()
            desk.note(running, "The power was cut, and the desk continues.")
            assert isinstance(desk._log, LogOnDisk)
            yield from _entry_faults(desk._log, acknowledged)
            if len(list(desk._log.of_kind(EntryKind.EXPORT_MADE))) < acknowledged.exports:
                yield LOST
        finally:
            opener.close()
    except KioskError:
        yield STUCK
    else:
        if force.mode != "live" or left.trouble is not None:
            yield STUCK
