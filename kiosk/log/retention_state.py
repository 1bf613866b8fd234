"""What a log says about the retention of its records: legal holds, periods, and which records are eligible."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date

from kiosk.log.archive import LogHistory
from kiosk.log.archive_files import open_all
from kiosk.log.log import LogOnDisk
from kiosk.log.pending import PendingEntry
from kiosk.log.record_search import oldest_first
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.entries import LoggedEntry, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.holds import Hold, in_force
from kiosk.record.retention.eligibility import RetentionStatus, retention_status
from kiosk.record.retention.schedule import due, rules
from kiosk.settings import Home, Mode
from kiosk.system.clock import Instant


def of_kind(log: LogOnDisk, kind: EntryKind) -> Iterator[LoggedEntry]:
    """The entries of a kind, opened. Raises Altered."""
    return map(decode, log.of_kind(kind))


def holds(home: Home, mode: Mode, now: Instant, pending: Iterable[PendingEntry]) -> tuple[Hold, ...]:
    """The holds in force in any log file and among the pending entries. A release counts only when it is in the log."""
    with closing(open_all(home, mode)) as logs:
        waiting = [
            LoggedEntry(
                -1, left.event_id, left.entry.kind, left.entry.encounter_id, None, "", None, now, left.entry.body
            )
            for left in pending
            if left.entry.kind == EntryKind.HOLD_PLACED and not logs.has(left.event_id)
        ]
        return in_force([*logs.of_kind(EntryKind.HOLD_PLACED), *waiting], logs.of_kind(EntryKind.HOLD_RELEASED))


def all_read(home: Home, mode: Mode) -> bool:
    """Whether every log file can be read; one that can't may have a hold in it."""
    with closing(open_all(home, mode)) as logs:
        return not logs.left_out


def due_records(log: LogOnDisk, today: date) -> list[EncounterRecord]:
    """The records that are due, held ones among them."""
    return of_ids(log, [one.encounter_id for one in due(lambda kind: of_kind(log, kind), today)])


def standings(log: LogOnDisk, records: Sequence[EncounterRecord], held: Sequence[Hold]) -> list[RetentionStatus]:
    """How each of these records stands."""
    marked = rules(of_kind(log, EntryKind.RETENTION_SET))
    return [retention_status(record, map(decode, log.entries(record.id)), held, marked) for record in records]


def of_ids(log: LogOnDisk, ids: Sequence[str]) -> list[EncounterRecord]:
    """The records of these encounters."""
    return list(oldest_first(log, ids))


def made_since(log: LogHistory, record: EncounterRecord) -> Iterator[LoggedEntry]:
    """The exports and backups that were made after the record was begun, in the order of the logs."""
    begun = False
    for one in log.logs:
        opened = next((entry.seq for entry in one.entries(record.id)), None) if not begun else -1
        if opened is None:
            continue
        begun = True
        made = [
            kept
            for kind in (EntryKind.EXPORT_MADE, EntryKind.BACKUP_MADE)
            for kept in of_kind(one, kind)
            if kept.seq > opened
        ]
        yield from sorted(made, key=lambda kept: kept.seq)
