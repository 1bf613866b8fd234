"""The retention state of records from the logs: legal holds, retention periods, eligible records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from typing import Protocol

from kiosk.log.archive import LogHistory
from kiosk.log.archive_files import open_all
from kiosk.log.log import LogOnDisk
from kiosk.log.record_search import oldest_first
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.entries import EncodedEntry, LoggedEntry, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.holds import Hold, in_force
from kiosk.record.retention.confirmed_day import confirmed_day
from kiosk.record.retention.eligibility import RetentionStatus, retention_status
from kiosk.record.retention.schedule import eligible, rules_in_force
from kiosk.settings import Home, Mode
from kiosk.system.clock import Clock, SyncState


def of_kind(log: LogOnDisk, kind: EntryKind) -> Iterator[LoggedEntry]:
    """Return the decoded entries of a kind, oldest first. Raises Altered."""
    return map(decode, log.of_kind(kind))


def holds(home: Home, mode: Mode) -> tuple[Hold, ...]:
    """Return the holds in force, in all log files. Raises StoreUnusable."""
    with closing(open_all(home, mode)) as logs:
        return in_force(logs.of_kind(EntryKind.HOLD_PLACED), logs.of_kind(EntryKind.HOLD_RELEASED))


def all_read(home: Home, mode: Mode) -> bool:
    """Check that every log file can be read; an unreadable one may contain a hold."""
    with closing(open_all(home, mode)) as logs:
        return not logs.left_out


class Newest(Protocol):
    """A log open for reading."""

    def newest(self) -> Iterable[EncodedEntry]:
        """Yield entries, newest first."""


def last_confirmed_day(log: Newest, clock: Clock) -> date | None:
    """Return the last day that counts for retention; None when neither a time server nor the log confirms one."""
    synchronized = clock.sync().state is SyncState.SYNCHRONIZED
    return confirmed_day(clock.now().local().date(), log.newest(), synchronized=synchronized)


def eligible_records(log: LogOnDisk, today: date | None) -> list[EncounterRecord]:
    """Return the records whose retention period is over today, also those on legal hold; none without a day."""
    return records_of(log, [one.encounter_id for one in eligible(lambda kind: of_kind(log, kind), today)])


def statuses_of(log: LogOnDisk, records: Sequence[EncounterRecord], held: Sequence[Hold]) -> list[RetentionStatus]:
    """Return the retention status of each of these records. held: all holds in force."""
    rules = rules_in_force(of_kind(log, EntryKind.RETENTION_SET))
    return [retention_status(record, map(decode, log.entries(record.id)), held, rules) for record in records]


def records_of(log: LogOnDisk, ids: Sequence[str]) -> list[EncounterRecord]:
    """Return the records of these encounters, in this order."""
    return list(oldest_first(log, ids))


def copies_made_since(log: LogHistory, record: EncounterRecord) -> Iterator[LoggedEntry]:
    """Yield the entries of exports and backups made after the record was opened, oldest first."""
    opened_before = False
    for one in log.logs:
        opened = -1 if opened_before else next((entry.seq for entry in one.entries(record.id)), None)
        if opened is None:
            continue
        opened_before = True
        made = [
            kept
            for kind in (EntryKind.EXPORT_MADE, EntryKind.BACKUP_MADE)
            for kept in of_kind(one, kind)
            if kept.seq > opened
        ]
        yield from sorted(made, key=lambda kept: kept.seq)
