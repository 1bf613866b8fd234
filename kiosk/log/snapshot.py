"""The logs of a home as they stood at their newest checkpoints, for a copy that has to agree with itself.

A kiosk may go on writing meanwhile; what it adds is in no part of the copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from kiosk.log.log import LogOnDisk
from kiosk.record.entries import Kept, SealedEntry, unseal
from kiosk.record.transparency.checkpoint import Checkpoint, KeptHead
from kiosk.record.transparency.signed_note import VerifierKey


@dataclass(frozen=True, slots=True)
class LogView:
    """One log up to its newest checkpoint, and the key that signed it."""

    log: LogOnDisk
    head: KeptHead
    key: VerifierKey

    @property
    def checkpoint(self) -> Checkpoint:
        """What the head says."""
        return Checkpoint(self.log.origin, self.head.size, self.head.root)

    def entries(self, encounter_id: str | None = None) -> Iterator[SealedEntry]:
        """Entries in order, of one encounter or all."""
        return self._until(self.log.entries(encounter_id))

    def of_kind(self, kind: str) -> Iterator[SealedEntry]:
        """All entries of this kind, oldest first."""
        return self._until(self.log.of_kind(kind))

    def leaves(self) -> Iterator[bytes]:
        """The leaf hash of every entry, in order."""
        return islice(self.log.leaves(), self.head.size)

    def _until(self, entries: Iterable[SealedEntry]) -> Iterator[SealedEntry]:
        return (entry for entry in entries if entry.seq < self.head.size)


@dataclass(frozen=True, slots=True)
class LogSnapshot:
    """All the logs that a copy is taken from, oldest first, read as one."""

    logs: tuple[LogView, ...]

    def entries(self, encounter_id: str | None = None) -> Iterator[SealedEntry]:
        """Entries in order, of one encounter or all."""
        return (entry for log in self.logs for entry in log.entries(encounter_id))

    def encounters(self, ids: Iterable[str]) -> Iterator[list[Kept]]:
        """The entries of these encounters, one after the other."""
        return ([*map(unseal, self.entries(one))] for one in ids)


def logs_of(log: LogOnDisk) -> Sequence[LogOnDisk]:
    """The single logs that were opened together, oldest first."""
    logs: Sequence[LogOnDisk] = getattr(log, "logs", (log,))
    return logs


def take_snapshot(log: LogOnDisk, ids: Sequence[str] | None) -> LogSnapshot:
    """The logs that have entries of these encounters, as they stand now; all of them for None. Raises Altered."""
    opened = logs_of(log)
    if ids is not None and len(opened) > 1:
        opened = [one for one in opened if any(next(iter(one.entries(i)), None) is not None for i in ids)]
    return LogSnapshot(tuple(map(_stands, opened)))


def _stands(log: LogOnDisk) -> LogView:
    return LogView(log, log.kept_head(), log.key)
