"""The outbox: one log as batches for the district. The log itself is the queue; it is only read.

Entries go first, as the exact text that was hashed; then their values, each with the first disclosure level that shows
it. Only values of the level that the district chose are sent, and besides them those without which the district could
not apply the rules of retention. Encrypted values stay encrypted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from db.district.calls import MOST_BYTES, MOST_ENTRIES, Batch, Value
from kiosk.district.sending.roots import Roots
from kiosk.record.disclosure.levels import Classes, Level, shown_from
from kiosk.record.entries import EncodedEntry, LoggedEntry, leaf_hash
from kiosk.record.entry_kinds import RETENTION, EntryKind
from kiosk.record.transparency.checkpoint import StoredCheckpoint, altered
from kiosk.record.transparency.signed_note import VerifierKey
from kiosk.record.verification.decoding import decoded

MOST_VALUES: Final = 10_000
"""Maximum values in one call; the server takes twice as many."""

_CITATION: Final = (EntryKind.LOG_STARTED, "before")
"""The value by which a new log cites the previous one."""


class Log(Protocol):
    """A log, open for reading."""

    @property
    def origin(self) -> str:
        """Its origin."""

    @property
    def key(self) -> VerifierKey:
        """The public key of its checkpoints. Raises Altered."""

    def stored_checkpoint(self) -> StoredCheckpoint:
        """Return the newest checkpoint, which covers all entries. Raises Altered."""

    def entries_from(self, first: int, most: int) -> Iterator[EncodedEntry]:
        """Yield at most `most` entries in order, from number `first` on."""

    def leaves(self, first: int = 0) -> Iterator[bytes]:
        """Yield the leaf hashes from number `first` on."""

    def note_at(self, size: int) -> str | None:
        """Return the permanent checkpoint of the first `size` entries, if there is one."""


@dataclass(frozen=True, slots=True)
class Values:
    """The values of entries up to number `size`, exclusive."""

    origin: str
    values: Sequence[Value]
    size: int


class Outbox:
    """One log, as large as it was when this was made; entries added since are for the next one.

    Raises Altered when the log does not match its own hashes: an altered log is not sent.
    """

    def __init__(self, log: Log, level: Level, classes: Classes, roots: Roots, destroyed: Collection[str] = ()) -> None:
        """level: what the district chose. destroyed: records whose details a later log destroyed."""
        self._log, self._level, self._classes, self._roots, self._destroyed = log, level, classes, roots, destroyed
        self._newest = log.stored_checkpoint()
        self._vkey = str(log.key)
        self._read: tuple[int, list[EncodedEntry]] = 0, []
        if self.root_at(self.size) != self._newest.root:
            raise altered("its hashes have another root")

    @property
    def origin(self) -> str:
        """The origin of the log."""
        return self._log.origin

    @property
    def size(self) -> int:
        """The number of entries."""
        return self._newest.size

    def root_at(self, size: int) -> bytes:
        """Return the root hash of the first `size` entries."""
        return self._roots.root_at(size, self._leaves)

    def comparison(self, size: int) -> Batch:
        """Return a batch without entries: this size with its root."""
        return self._batch(size, [])

    def entries(self, first: int) -> Batch:
        """Return a batch of entries from number `first` on, at least one. Raises Altered."""
        headers, room = list[str](), MOST_BYTES
        for entry in self._page(first):
            room -= len(entry.header.encode())
            if headers and room < 0:
                break
            if leaf_hash(entry.header) != entry.leaf:
                raise altered(f"the header of entry {entry.seq} was changed")
            headers.append(entry.header)
        return self._batch(first, headers)

    def values(self, first: int, upto: int) -> Values:
        """Return the values of entries from number `first` on, of one entry at least and at most up to `upto`.

        All values of an entry are together. Raises Altered.
        """
        found, room, end = list[Value](), MOST_BYTES, first
        page = [entry for entry in self._page(first) if entry.seq < upto]
        for entry, kept in zip(page, decoded(page), strict=True):
            own = self._of(entry, kept)
            room -= sum(len(value.body) for value in own)
            if end > first and (room < 0 or len(found) + len(own) > MOST_VALUES):
                break
            found += own
            end = entry.seq + 1
        return Values(self.origin, found, end)

    def _batch(self, first: int, headers: Sequence[str]) -> Batch:
        size = first + len(headers)
        note = self._newest.note if size == self.size else self._log.note_at(size)
        return Batch(self.origin, self._vkey, first, headers, size, self.root_at(size), self.size, note)

    def _page(self, first: int) -> list[EncodedEntry]:
        """Return entries from number `first` on. The values of entries are asked for right after the entries."""
        if self._read[0] != first or not self._read[1]:
            most = min(MOST_ENTRIES, self.size - first)
            self._read = first, [*self._log.entries_from(first, most)]
            if [entry.seq for entry in self._read[1]] != [*range(first, first + most)]:
                raise altered(f"an entry after number {first - 1} is missing")
        return self._read[1]

    def _leaves(self, first: int) -> Iterator[bytes]:
        """Yield the leaves from number `first` on; those of the entries just read are not read again."""
        begin, page = self._read
        for entry in page[first - begin :] if first >= begin else ():
            yield entry.leaf
            first += 1
        yield from self._log.leaves(first)

    def _of(self, entry: EncodedEntry, kept: LoggedEntry) -> list[Value]:
        if kept.encounter_id in self._destroyed and kept.kind not in RETENTION:
            return []
        bodies = (
            *((name, False, body) for name, body in entry.disclosures),
            *((name, True, body) for name, body in entry.encrypted),
        )
        named = ((name, hidden, body, shown_from(kept, name, self._classes)) for name, hidden, body in bodies)
        return [
            Value(entry.seq, name, hidden, first, body)
            for name, hidden, body, first in named
            if first <= self._level or always_sent(kept, name)
        ]


def always_sent(kept: LoggedEntry, name: str) -> bool:
    """Check whether a value is sent whatever level the district chose: its rules of retention need it."""
    return kept.kind in RETENTION or (kept.kind, name) == _CITATION
