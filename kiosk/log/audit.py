"""The audit trail: entries about the system itself, and entries that commands write about a record."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import merge
from itertools import chain, groupby, repeat
from typing import TYPE_CHECKING, Final

from kiosk.log.log import LogOnDisk, kiosk_errors
from kiosk.record.entries import Altered, LoggedEntry, decode
from kiosk.record.entry_kinds import OF_RECORD, EntryKind

if TYPE_CHECKING:
    from db.rows import Row

AFTER_ALL: Final = 2**63 - 1
"""An entry number that no entry has."""


class AuditTrail:
    """The audit trail of all logs. altered: the number of altered entries, which are left out."""

    altered = 0

    def entries(self, log: LogOnDisk, before: int = AFTER_ALL) -> Iterator[LoggedEntry]:
        """Yield the entries, newest first. Raises StoreUnusable.

        before: only entries below this number, in the current log.
        """
        with kiosk_errors():
            for one, first in zip(reversed(log.logs), chain([before], repeat(AFTER_ALL)), strict=False):
                about = (one.lists.newest(kind, first) for kind in sorted(OF_RECORD | {EntryKind.RECORD_DESTROYED}))
                for row, _ in groupby(merge(one.lists.outside_records(first), *about, key=_seq, reverse=True)):
                    try:
                        yield decode(row)
                    except Altered:
                        self.altered += 1


def _seq(row: Row) -> int:
    return row.seq
