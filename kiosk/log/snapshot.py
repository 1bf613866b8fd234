"""A fixed view of a home's logs at their newest checkpoints, for a consistent copy.

Entries that a running kiosk writes meanwhile are not part of the view.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from kiosk.log.log import LogOnDisk
from kiosk.record.entries import EncodedEntry, LoggedEntry
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.transparency.checkpoint import Checkpoint, StoredCheckpoint
from kiosk.record.transparency.signed_note import VerifierKey
from kiosk.record.verification.decoding import decoded


@dataclass(frozen=True, slots=True)
class LogView:
    """One log up to its newest checkpoint, and the key that signed it."""

    log: LogOnDisk
    stored: StoredCheckpoint
    key: VerifierKey

    @property
    def checkpoint(self) -> Checkpoint:
        """The checkpoint of this view."""
        return Checkpoint(self.log.origin, self.stored.size, self.stored.root)

    def entries(self, encounter_id: str | None = None) -> Iterator[EncodedEntry]:
        """Return entries in order, of one record or of all."""
        return self._until(self.log.entries(encounter_id))

    def of_kind(self, kind: EntryKind) -> Iterator[EncodedEntry]:
        """Return all entries of this kind, oldest first."""
        return self._until(self.log.of_kind(kind))

    def leaves(self) -> Iterator[bytes]:
        """Return the leaf hashes of all entries, in order."""
        return islice(self.log.leaves(), self.stored.size)

    def _until(self, entries: Iterable[EncodedEntry]) -> Iterator[EncodedEntry]:
        return (entry for entry in entries if entry.seq < self.stored.size)


@dataclass(frozen=True, slots=True)
class LogSnapshot:
    """The logs of a copy, oldest first, read as one."""

    logs: tuple[LogView, ...]

    def entries(self, encounter_id: str | None = None) -> Iterator[EncodedEntry]:
        """Return entries in order, of one record or of all."""
        return (entry for log in self.logs for entry in log.entries(encounter_id))

    def encounters(self, ids: Iterable[str]) -> Iterator[list[LoggedEntry]]:
        """Return the decoded entries of these records, one list for each."""
        return (decoded([*self.entries(one)]) for one in ids)


def take_snapshot(log: LogOnDisk, ids: Sequence[str] | None) -> LogSnapshot:
    """Return a view of the logs that have entries of these records; of all logs for None. Raises Altered."""
    opened: Sequence[LogOnDisk] = log.logs
    if ids is not None and len(opened) > 1:
        opened = [one for one in opened if any(next(iter(one.entries(i)), None) is not None for i in ids)]
    return LogSnapshot(tuple(map(_view, opened)))


def _view(log: LogOnDisk) -> LogView:
    return LogView(log, log.stored_checkpoint(), log.key)
