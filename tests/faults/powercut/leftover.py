"""Check the state after a cut like the kiosk: read, verify, open, and continue at the desk. Name every fault."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from db.connections import bare
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
"""An acknowledged answer is gone, or another one stands in its place; or that an export was made got lost."""

ALTERED: Final = "altered"
"""The state does not verify."""

UNSIGNED: Final = "unsigned"
"""The log's head, or one of its checkpoints, is not signed by its key over exactly the entries that are there."""

UNREADABLE: Final = "unreadable"
"""The log is not there, or can't be read."""

STUCK: Final = "stuck"
"""The kiosk does not start, or the desk can't go on."""

TORN: Final = "torn"
"""A saved file is not whole, or older than the one that was acknowledged."""

NO_EXPORT: Final = hashlib.sha256(b"no export yet").hexdigest()


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What the world had been told: the newest answer's number and leaf (-1: none yet), and how many exports."""

    seq: int = -1
    leaf: str = ""
    exports: int = 0

    def told(self, operation: Operation) -> Acknowledged:
        """The same after one more operation."""
        words = json.loads(operation.data) if operation.kind == "told" else {}
        if "seq" in words:
            return replace(self, seq=words["seq"], leaf=words["leaf"])
        return replace(self, exports=words["export"]) if "export" in words else self


def exports_of(operations: Iterable[Operation]) -> list[str]:
    """The SHA-256 of every export that the writer made, in order."""
    told = (json.loads(operation.data) for operation in operations if operation.kind == "told")
    return [words["sha256"] for words in told if "sha256" in words]


def wrong_with(place: Path, acknowledged: Acknowledged, exports: Sequence[str]) -> Iterator[str]:
    """Return every fault of the state at `place`."""
    home = Home(place / "home")
    yield from _file_wrong(place / EXPORT, acknowledged, exports)
    if home.log("live").exists() or acknowledged.seq >= 0:
        yield from _log_wrong(home, acknowledged)
    yield from _desk_wrong(home, acknowledged)


def _file_wrong(path: Path, acknowledged: Acknowledged, exports: Sequence[str]) -> Iterator[str]:
    """The export is one that was made, whole, and none older than the last that was acknowledged."""
    there = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else NO_EXPORT
    if there not in [NO_EXPORT, *exports][acknowledged.exports :]:
        yield TORN


def _log_wrong(home: Home, acknowledged: Acknowledged) -> Iterator[str]:
    try:
        with closing(open_reader(home, "live")) as log:
            yield from _entries_wrong(log, acknowledged)
    except KioskError:
        yield UNREADABLE


def _entries_wrong(log: LogOnDisk, acknowledged: Acknowledged) -> Iterator[str]:
    entries = list(log.entries())
    if not _match(entries):
        yield ALTERED
    elif not _signed(log, [entry.leaf for entry in entries]):
        yield UNSIGNED
    at = acknowledged.seq
    if at >= len(entries) or (at >= 0 and entries[at].leaf.hex() != acknowledged.leaf):
        yield LOST


def _match(entries: Sequence[EncodedEntry]) -> bool:
    """Whether each entry is the next one, with every value that it committed to."""
    kept = [decoded_or_none(entry) for entry in entries]
    return all(one is not None and one.seq == n and not one.withheld for n, one in enumerate(kept))


def _signed(log: LogOnDisk, leaves: Sequence[bytes]) -> bool:
    """Whether the log's key signed its newest checkpoint, over all entries, and each kept one, over the first ones."""
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


def _desk_wrong(home: Home, acknowledged: Acknowledged) -> Iterator[str]:
    """The kiosk starts, continues with an open encounter or begins one, keeps a note, and the log is whole after it.

    What a command had left for it, it has entered by then.
    """
    try:
        force, _, opener = desk_of(home, SETTINGS, practice=False, clock=FixedClock())
        try:
            desk = opener.open()
            left = desk.unfinished()
            running = desk.resume(left.records[0]) if left.records else desk.open()
            desk.note(running, "The power was cut, and the desk goes on.")
            assert isinstance(desk._log, LogOnDisk)
            yield from _entries_wrong(desk._log, acknowledged)
            if len(list(desk._log.of_kind(EntryKind.EXPORT_MADE))) < acknowledged.exports:
                yield LOST
        finally:
            opener.close()
    except KioskError:
        yield STUCK
    else:
        if force.mode != "live" or left.trouble is not None:
            yield STUCK
