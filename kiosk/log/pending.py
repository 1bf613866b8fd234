"""Pending entries: queued by a command while the kiosk has the log open, and recorded by the kiosk.

Each is one small file next to the log. The body of a recorded entry keeps the queue time (`left_us`).
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.privacy.guard import Meaning, PrivateText, require_storable
from kiosk.record.canonical import canonical
from kiosk.record.disclosure.levels import typed_in
from kiosk.record.entries import Actor, Entry
from kiosk.record.entry_kinds import BY_COMMAND, OF_RECORD, UnknownKind, kind_of
from kiosk.settings import Home, Mode
from kiosk.system.files import ensure_folder, read_start, save_file

MOST: Final = 1000
"""Maximum number of entries recorded in one pass."""

LARGEST: Final = 1 << 16
"""Maximum file size, in bytes; commands write no larger files."""


_NAMES: Final = frozenset({"name", "by", "for", "path", "to"})
"""Values that can only be a name: of a person, an office, a file or a folder."""


@dataclass(frozen=True, slots=True)
class PendingEntry:
    """One pending entry. It keeps `event_id` in the log, so that it is recorded only once."""

    file: Path
    event_id: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class PendingEntries:
    """The queue of pending entries, a folder."""

    folder: Path

    def enqueue(self, entry: Entry, at_us: int) -> None:
        """Queue an entry for the kiosk, durably; `at_us` is the current time. Raises StoreUnusable."""
        ensure_folder(self.folder)
        words = {"kind": entry.kind, "body": {**entry.body, "left_us": at_us}, "actor": entry.actor, "pack": entry.pack}
        words |= {"encounter_id": entry.encounter_id}
        save_file(self.folder / f"{at_us}-{uuid.uuid4()}.json", json.dumps(words).encode("utf-8"))

    def waiting(self) -> Iterator[PendingEntry]:
        """Yield pending entries, oldest first. A file that can't be read, or has private text, is skipped and stays."""
        if not self.folder.is_dir():
            return
        for file in sorted(self.folder.glob("*.json"))[:MOST]:
            with suppress(OSError, ValueError, KeyError, TypeError, RecursionError, PrivateText):
                yield PendingEntry(file, _event_id(file), _entry(read_start(file, LARGEST + 1)))

    def recorded(self, entry: PendingEntry) -> None:
        """Remove the file of an entry that is in the log now. Raises OSError.

        If the file stays, or returns after a power cut, the entry's id shows that it was recorded.
        """
        entry.file.unlink(missing_ok=True)


def pending_of(home: Home, mode: Mode) -> PendingEntries:
    """Return the queue of entries for the kiosk that has the mode's log open."""
    return PendingEntries(home.log(mode).with_suffix(".inbox"))


def _event_id(file: Path) -> str:
    """Return the entry's id, the last part of the file's name. Raises ValueError for another name."""
    return str(uuid.UUID(file.stem.partition("-")[2]))


def _entry(data: bytes) -> Entry:
    """Return the entry in a file. Raises ValueError, KeyError, TypeError, RecursionError or PrivateText."""
    words = json.loads(data)
    kind, body, pack, encounter_id = kind_of(words["kind"]), words["body"], words.get("pack"), words.get("encounter_id")
    if len(data) > LARGEST or not isinstance(body, dict) or not isinstance(pack, str | None):
        raise ValueError("not written by a command")
    # Other kinds, such as the steps of an encounter, are not recorded from files.
    valid = isinstance(encounter_id, str) if kind in OF_RECORD else kind in BY_COMMAND and encounter_id is None
    if isinstance(kind, UnknownKind) or not valid:
        raise ValueError("not a kind that commands queue, or without the record it must name")
    for name, typed in typed_in(kind, body):
        require_storable(typed, Meaning.NAME if name in _NAMES else None)
    canonical([body, pack, encounter_id])  # raises for values that no log can hold
    return Entry(kind, body, encounter_id, actor=Actor.COMMAND, pack=pack)
