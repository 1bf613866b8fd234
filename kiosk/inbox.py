"""Entries that a command could not write because the kiosk has the log open: left here, and taken in by the kiosk.

Each is one small file beside the log. What is taken in keeps the time at which it was left, in its body (`left_us`).
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.files import ensure_folder, save_file
from kiosk.record.entries import Entry

MOST: Final = 1000
"""How many are taken in at one time; the rest waits for the next."""


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
            try:
                words = json.loads(file.read_bytes())
                yield file, Entry(words["kind"], words["body"], actor=words["actor"], pack=words.get("pack"))
            except (OSError, ValueError, KeyError, TypeError):
                continue

    def taken(self, file: Path) -> None:
        """This one is in the log now. Taken in twice after a power cut is harmless: the log then has it twice."""
        file.unlink(missing_ok=True)
