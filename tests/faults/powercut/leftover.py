"""What a cut left, looked at as the kiosk would: read, verified, opened, and the desk goes on. Says what is wrong."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from kiosk.bootstrap import LogOnDisk, desk_of, open_reader
from kiosk.clock import FixedClock
from kiosk.errors import KioskError
from kiosk.record.entries import SealedEntry
from kiosk.record.verifying import verify
from kiosk.settings import Home
from tests.faults.powercut.operation import Operation
from tests.faults.powercut.writer import EXPORT, SETTINGS

LOST, ALTERED, UNREADABLE, STUCK, TORN = "lost", "altered", "unreadable", "stuck", "torn"
"""An acknowledged answer is gone; what is there does not verify; can't be read; can't go on; a file is not whole."""

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
    """Everything that is wrong with what was left at `place`."""
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
        log = open_reader(home, "live")
        try:
            entries = list(log.entries())
            yield from _entries_wrong(entries, log.origin, acknowledged)
        finally:
            log.close()
    except KioskError:
        yield UNREADABLE


def _entries_wrong(entries: Sequence[SealedEntry], origin: str, acknowledged: Acknowledged) -> Iterator[str]:
    if not verify(entries, origin).whole:
        yield ALTERED
    at = acknowledged.seq
    if at >= len(entries) or (at >= 0 and entries[at].leaf.hex() != acknowledged.leaf):
        yield LOST


def _desk_wrong(home: Home, acknowledged: Acknowledged) -> Iterator[str]:
    """The kiosk starts, goes on with an open encounter or begins one, keeps a note, and the log is whole after it."""
    try:
        force, _, opener = desk_of(home, SETTINGS, practice=False, clock=FixedClock())
        try:
            desk = opener.open()
            left = desk.unfinished()
            running = desk.open() if left is None else desk.resume(left)
            desk.note(running, "The power was cut, and the desk goes on.")
            assert isinstance(desk._log, LogOnDisk)
            entries = list(desk._log.entries())
            yield from _entries_wrong(entries, desk._log.origin, acknowledged)
        finally:
            opener.close()
    except KioskError:
        yield STUCK
    else:
        if force.mode != "live":
            yield STUCK
