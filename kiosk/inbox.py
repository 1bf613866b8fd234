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

from kiosk.files import ensure_folder, save_file
from kiosk.record import happenings as h
from kiosk.record.canonical import canonical
from kiosk.record.entries import Entry

MOST: Final = 1000
"""How many are taken in at one time; the rest waits for the next."""

LARGEST: Final = 1 << 16
"""How many bytes one may have; what is larger was not left by a command."""

LEFT: Final = frozenset({h.EXPORTED, h.PACK_ACTIVATED, h.PACK_REJECTED, h.KEY_FIXED, h.KEY_REPLACED, h.HEAD_ISSUED})
"""The kinds that commands leave. Nothing else gets into the log this way, least of all part of an encounter."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """The folder they wait in."""

    folder: Path

    def leave(self, entry: Entry, at_us: int) -> None:
        """Leave an entry for the kiosk, durably; `at_us` is the time now. Raises StoreUnusable."""
        ensure_folder(self.folder)
        words = {"kind": entry.kind, "body": {**entry.body, "left_us": at_us}, "actor": entry.actor, "pack": entry.pack}
        save_file(self.folder / f"{at_us}-{uuid.uuid4()}.json", json.dumps(words).encode("utf-8"))

    def waiting(self) -> Iterator[tuple[Path, Entry]]:
        """What waits, oldest first, each with its file. A file that does not read stays where it is."""
        if not self.folder.is_dir():
            return
        for file in sorted(self.folder.glob("*.json"))[:MOST]:
            with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
                yield file, _entry(_bytes(file))

    def taken(self, file: Path) -> None:
        """This one is in the log now. Taken in twice after a power cut is harmless: the log then has it twice."""
        file.unlink(missing_ok=True)


def _bytes(file: Path) -> bytes:
    if not file.is_file():
        raise ValueError("a folder, a pipe or a device")
    with file.open("rb") as stream:
        return stream.read(LARGEST + 1)


def _entry(data: bytes) -> Entry:
    """The entry that a file holds. Raises ValueError, KeyError, TypeError or RecursionError for anything else."""
    words = json.loads(data)
    kind, body, pack = words["kind"], words["body"], words.get("pack")
    if len(data) > LARGEST or kind not in LEFT or not isinstance(body, dict) or not isinstance(pack, str | None):
        raise ValueError("not what a command leaves")
    canonical(body)  # raises for what no log can hold
    return Entry(kind, body, actor="command", pack=pack)
