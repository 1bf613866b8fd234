"""Entries that a command could not write because the kiosk has the log open: left here, and taken in by the kiosk.

Each is one small file beside the log. What is taken in keeps the time at which it was left, in its body (`left_us`).
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.record import kinds as h
from kiosk.record.canonical import canonical
from kiosk.record.entries import Entry
from kiosk.system.files import ensure_folder, save_file

MOST: Final = 1000
"""How many are taken in at one time; the rest waits for the next."""

LARGEST: Final = 1 << 16
"""How many bytes one may have; what is larger was not left by a command."""

ENQUEUED: Final = frozenset(
    {
        h.EXPORTED,
        h.PACK_ACTIVATED,
        h.PACK_REJECTED,
        h.KEY_FIXED,
        h.KEY_REPLACED,
        h.BACKUP_MADE,
        h.LOG_SEEN,
        h.SEALING_CHANGED,
        h.RETENTION_MARKED,
        h.BACKUP_MADE,
        h.LOG_SEEN,
        h.HEAD_ISSUED,
    }
)
"""The kinds that commands leave beside `h.ABOUT_A_RECORD`, of which alone each names its encounter.

Nothing else gets into the log this way, least of all a step of an encounter."""


@dataclass(frozen=True, slots=True)
class PendingEntry:
    """One entry that was left. `event_id` is what it will be known by in the log, so that it gets there only once."""

    file: Path
    event_id: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class PendingEntries:
    """The folder they wait in."""

    folder: Path

    def enqueue(self, entry: Entry, at_us: int) -> None:
        """Leave an entry for the kiosk, durably; `at_us` is the time now. Raises StoreUnusable."""
        ensure_folder(self.folder)
        words = {"kind": entry.kind, "body": {**entry.body, "left_us": at_us}, "actor": entry.actor, "pack": entry.pack}
        words |= {"encounter_id": entry.encounter_id}
        save_file(self.folder / f"{at_us}-{uuid.uuid4()}.json", json.dumps(words).encode("utf-8"))

    def waiting(self) -> Iterator[PendingEntry]:
        """What waits, oldest first. A file that does not read stays where it is."""
        if not self.folder.is_dir():
            return
        for file in sorted(self.folder.glob("*.json"))[:MOST]:
            with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
                yield PendingEntry(file, _event_id(file), _entry(_bytes(file)))

    def recorded(self, left: PendingEntry) -> None:
        """This one is in the log now. If its file can't go, or comes back after a power cut, its id tells. OSError."""
        left.file.unlink(missing_ok=True)


def _event_id(file: Path) -> str:
    """The id that a command gave the file, as the last part of its name. Raises ValueError for any other name."""
    return str(uuid.UUID(file.stem.partition("-")[2]))


def _bytes(file: Path) -> bytes:
    if not file.is_file():
        raise ValueError("a folder, a pipe or a device")
    with file.open("rb") as stream:
        return stream.read(LARGEST + 1)


def _entry(data: bytes) -> Entry:
    """The entry that a file holds. Raises ValueError, KeyError, TypeError or RecursionError for anything else."""
    words = json.loads(data)
    kind, body, pack, encounter_id = words["kind"], words["body"], words.get("pack"), words.get("encounter_id")
    if len(data) > LARGEST or not isinstance(body, dict) or not isinstance(pack, str | None):
        raise ValueError("not what a command leaves")
    whole = isinstance(encounter_id, str) if kind in h.ABOUT_A_RECORD else kind in ENQUEUED and encounter_id is None
    if not whole:
        raise ValueError("not a kind that commands leave, or without the encounter it must name")
    canonical([body, pack, encounter_id])  # raises for what no log can hold
    return Entry(kind, body, encounter_id, actor="command", pack=pack)
