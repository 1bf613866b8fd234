"""Stand-ins that keep their promises in memory: the log of a desk."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any

from kiosk.errors import KioskError, NotConfirmed
from kiosk.record.entries import EncodedEntry, LoggedEntry, decode, leaf_hash
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.transparency.checkpoint import Checkpoint
from kiosk.record.transparency.merkle import Tree


class MemoryLog:
    """Fits `kiosk.desk.service.Log`; forgets everything at the end of the test.

    failing: raised by the next append, once. A NotConfirmed is raised after the entries were kept when `landing`.
    undecided: raised, once, when it is asked whether they were.
    """

    origin = "front-office-kiosk/0123abcd-0000-4000-8000-000000000001"

    def __init__(self) -> None:
        self.kept: list[EncodedEntry] = []
        self.failing: KioskError | None = None
        self.landing = False
        self.undecided: NotConfirmed | None = None

    def size(self) -> int:
        """How many entries it holds."""
        return len(self.kept)

    def append(self, entries: Sequence[EncodedEntry]) -> None:
        """Keep these entries, which must come in order and add up."""
        for n, entry in enumerate(entries, self.size()):
            assert (entry.seq, entry.leaf) == (n, leaf_hash(entry.header)), "the desk must number and hash its entries"
        failing, self.failing = self.failing, None
        if failing is None or (isinstance(failing, NotConfirmed) and self.landing):
            self.kept.extend(entries)
        if failing is not None:
            raise failing

    def entries(self, encounter_id: str | None = None) -> list[EncodedEntry]:
        """Entries in order, of one encounter or all."""
        return [e for e in self.kept if encounter_id in (None, _header(e)["encounter_id"])]

    def encounter_ids(self, kind: EntryKind) -> list[str]:
        """The encounters that have an entry of this kind, oldest first."""
        found = (h["encounter_id"] for h in map(_header, self.kept) if h["kind"] == kind and h["encounter_id"])
        return list(dict.fromkeys(found))

    def of_kind(self, kind: EntryKind) -> list[EncodedEntry]:
        """All entries of this kind, oldest first."""
        return [e for e in self.kept if _header(e)["kind"] == kind]

    def committed(self, entries: Sequence[EncodedEntry]) -> bool:
        """Whether entries whose append was not confirmed are in it after all. Fails once with `undecided`."""
        undecided, self.undecided = self.undecided, None
        if undecided is not None:
            raise undecided
        return all(entry in self.kept for entry in entries)

    def number_of(self, event_id: str) -> int | None:
        """The number of the entry with this id, if it is in it."""
        return next((e.seq for e in self.kept if _header(e)["event_id"] == event_id), None)

    def count(self, kind: EntryKind) -> int:
        """How many entries it has of this kind."""
        return len(self.of_kind(kind))

    def newest(self, kind: EntryKind | None = None) -> list[EncodedEntry]:
        """Entries, or those of one kind, the newest first."""
        return [e for e in reversed(self.kept) if kind in (None, _header(e)["kind"])]

    def lacking(self, kind: EntryKind, other: EntryKind, before: str | None = None) -> list[str]:
        """The encounters with an entry of one kind and none of the other, older than `before`, the newest first."""
        ids = self.encounter_ids(kind)
        older = ids if before is None else ids[: ids.index(before)] if before in ids else []
        return [e for e in reversed(older) if e not in self.encounter_ids(other)]

    def of_records(self, ids: Sequence[str], kinds: Collection[EntryKind]) -> dict[str, list[EncodedEntry]]:
        """The entries of these kinds of each of these encounters, in order."""
        return {one: [e for e in self.entries(one) if _header(e)["kind"] in kinds] for one in ids}

    def last(self) -> EncodedEntry | None:
        """The newest entry."""
        return self.kept[-1] if self.kept else None

    def signed_checkpoint(self) -> Checkpoint:
        """The state of all that was kept."""
        return Checkpoint(self.origin, self.size(), Tree().grown([entry.leaf for entry in self.kept]).root)

    # -- for tests to look inside ----------------------------------------------------------------------------------

    def told(self) -> list[LoggedEntry]:
        """Every entry, opened."""
        return [decode(e) for e in self.kept]

    def kinds(self) -> list[str]:
        """The kinds of the entries, in order."""
        return [e.kind for e in self.told()]

    def holds(self, words: str) -> bool:
        """Whether these words are anywhere in the saved entries."""
        opened = [[entry.header, dict(decode(entry).body)] for entry in self.kept]
        return words in json.dumps(opened, ensure_ascii=False)


def _header(entry: EncodedEntry) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(entry.header)
    return found
