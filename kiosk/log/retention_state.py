"""The retention state of records from the logs: legal holds, retention periods, eligible records, authorizations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from itertools import chain, islice, takewhile
from typing import Protocol

from kiosk.log.archive import LogHistory
from kiosk.log.archive_files import open_all
from kiosk.log.log import LogOnDisk
from kiosk.log.record_search import oldest_first
from kiosk.log.recorded_keys import KeyOwner, recorded_key
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.entries import EncodedEntry, LoggedEntry, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.holds import Hold, in_force
from kiosk.record.retention.authorization import LogFacts
from kiosk.record.retention.confirmed_day import confirmed_day
from kiosk.record.retention.eligibility import RetentionStatus, retention_status
from kiosk.record.retention.notices import DestructionNotice, notices
from kiosk.record.retention.request import DestructionRequest, content_of, named, schedule_lines
from kiosk.record.retention.schedule import RetentionRule, eligible, rules_in_force
from kiosk.record.transparency.merkle import Tree
from kiosk.settings import Home, Mode, Settings
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
    return [_status(record, list(log.entries(record.id)), held, rules) for record in records]


def _status(
    record: EncounterRecord, entries: Sequence[EncodedEntry], held: Sequence[Hold], rules: Mapping[str, RetentionRule]
) -> RetentionStatus:
    return retention_status(record, map(decode, entries), held, rules, content_of(entries))


def records_of(log: LogOnDisk, ids: Sequence[str]) -> list[EncounterRecord]:
    """Return the records of these encounters, in this order."""
    return list(oldest_first(log, ids))


def request_for(
    log: LogHistory, statuses: Iterable[RetentionStatus], settings: Settings, mode: Mode, on: date
) -> DestructionRequest:
    """Return a request to destroy these records, with the newest state of the log. Raises StoreUnusable, Altered."""
    rules = rules_in_force(of_kind(log, EntryKind.RETENTION_SET))
    state = log.logs[-1].verified_checkpoint()
    return DestructionRequest(
        settings.school, settings.desk, mode, state, on, schedule_lines(rules), tuple(named(statuses))
    )


def log_facts(log: LogHistory, settings: Settings, mode: Mode, today: date | None) -> LogFacts:
    """Return the facts that decide on an authorization. today: the last confirmed day. Raises Altered."""
    key = recorded_key(log, KeyOwner.RECORDS_OFFICER)

    def root_at(origin: str, size: int) -> bytes | None:
        found = next((one for one in log.logs if one.origin == origin), None)
        return None if found is None else Tree().grown(islice(found.leaves(), size)).root

    def schedule_at(origin: str, size: int) -> tuple[str, ...]:
        older = takewhile(lambda one: one.origin != origin, log.logs)
        last = (one for one in log.logs if one.origin == origin)
        before = chain.from_iterable(of_kind(one, EntryKind.RETENTION_SET) for one in older)
        own = (kept for one in last for kept in of_kind(one, EntryKind.RETENTION_SET) if kept.seq < size)
        return schedule_lines(rules_in_force(chain(before, own)))

    used = of_kind(log, EntryKind.DESTRUCTION_AUTHORIZED)
    return LogFacts(
        mode,
        key.text,
        key.applies_from,
        settings.records_key if mode == "live" else None,
        today,
        {str(kept.body.get("authorization", "")): kept.at.local().date() for kept in used},
        root_at,
        schedule_at,
    )


def unannounced(log: LogHistory) -> list[DestructionNotice]:
    """Return the destructions that no issued checkpoint covers, oldest first.

    A new log does not hide those of the log that it replaced. Raises Altered.
    """
    found: list[LoggedEntry] = []
    for one in reversed(log.logs):
        issued = [kept.body.get("size") for kept in of_kind(one, EntryKind.CHECKPOINT_ISSUED)]
        covered = max((size for size in issued if isinstance(size, int)), default=0)
        found = [*(kept for kept in of_kind(one, EntryKind.RECORD_DESTROYED) if kept.seq >= covered), *found]
        if issued:
            break
    return notices(found)


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
