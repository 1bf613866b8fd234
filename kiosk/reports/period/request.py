"""Reports of the records in a log: which are read, and what the log keeps about the report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from kiosk.errors import UsageError
from kiosk.log.log import LogOnDisk
from kiosk.log.record_search import entries_of, newest_first
from kiosk.record.after_action.period import Period
from kiosk.record.after_action.versions import Versions
from kiosk.record.canonical import Json
from kiosk.record.disclosure.levels import Level
from kiosk.record.disclosure.quarters import quarter_of, quarters, quarters_over
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.entries import Actor, Entry, decoded_or_none
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.id_migration import in_todays_ids
from kiosk.record.pack_entries import protocols_kept
from kiosk.reports.export_request import classes_of_home, protocol_in_use, shareable_settings
from kiosk.reports.formats import categories_of, records_of
from kiosk.reports.period import board, superintendent
from kiosk.reports.period.board import Labels
from kiosk.reports.period.head import Head
from kiosk.reports.period.model import Report
from kiosk.settings import Home, Mode
from kiosk.system.clock import Instant
from kiosk.system.date_range import DateRange
from kiosk.worded import Worded

Progress = Callable[[int, int], None]


class Kind(Worded):
    """The kind of a report, as the log keeps it."""

    PERIOD = "period", "report of a period"
    BOARD = "board", "report for the board"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a report comes from. now: the time at which it is made. whom: the recipient. names: as in `Head`."""

    log: LogOnDisk
    home: Home
    mode: Mode
    now: Instant
    whom: str = ""
    names: bool = False

    def head(self, days: DateRange) -> Head:
        """Return the facts that the report names."""
        school = shareable_settings(self.home).school
        return Head(days, school, self.mode, self.whom, self.now, self.log.origin, self.names)


@dataclass(frozen=True, slots=True)
class Made:
    """A report, the days that it is of, and the number of records in these days."""

    report: Report
    days: DateRange
    count: int


def period_report(source: Source, days: DateRange, progress: Progress = lambda _done, _total: None) -> Made:
    """Return the superintendent's report. progress: called with the number of records read, and of all in the log.

    Raises StoreUnusable, Altered.
    """
    period = Period(source.now, None, versions_in(source.log))
    for record in _counted(newest_first(source.log, "", days), source.log, progress):
        period.add(record, source.log.protocols(record.protocol.content_hash))
    return Made(superintendent.report(period, source.head(days)), days, period.records + period.void)


def board_report(source: Source, days: DateRange, progress: Progress = lambda _done, _total: None) -> Made:
    """Return the board's report of the whole quarters in these days that are over; by default, of the last four.

    A quarter that ended before the log was created is left out. Raises UsageError, StoreUnusable, Altered.
    """
    asked = quarters_asked(days, source.now.local().date())
    found = [(record.id, record.opened_at.local().date()) for record in newest_first(source.log, "", asked)]
    created = Instant(source.log.created_us, "", 0).local().date()
    begun = quarter_of(min([created, *(day for _, day in found)]))
    of = replace(asked, first=max(asked.first or begun, begun))
    protocol = protocol_in_use(source.home)
    earlier = protocols_kept(source.log)
    within = categories_of(protocol, earlier)
    renamed = protocol.renamed if protocol else {}
    classes = classes_of_home(source.log, source.home)
    records = records_of(entries_of(source.log, [one for one, _ in found]), Level.STATISTICS, classes)
    ours = _counted((in_todays_ids(record, renamed) for record in records), source.log, progress)
    counted = list(quarters(ours, of, within)) if of.first and of.last and of.first < of.last else []
    words = f"{protocol.id} {protocol.release.version}" if protocol else "not known"
    made = board.report(
        counted, within, Labels.in_protocols(within, protocol, *earlier), source.head(of if counted else asked), words
    )
    return Made(made, asked, len(found))


def quarters_asked(days: DateRange, today: date) -> DateRange:
    """Return these days without quarters that are not over. Raises UsageError unless the rest are whole quarters."""
    try:
        return quarters_over(days, today)
    except ValueError as error:
        repair = "Give the first day of a quarter with --from, and the last one of a quarter with --to."
        raise UsageError("The board's report is of whole quarters.", repair) from error


def versions_in(log: LogOnDisk) -> Versions:
    """Return the versions of protocols that were installed here, by the log; an altered entry is left out."""
    kinds = (EntryKind.LOG_STARTED, EntryKind.PACK_ACTIVATED)
    return Versions(
        kept
        for one in log.logs
        for kind in kinds
        for kept in map(decoded_or_none, one.of_kind(kind))
        if kept is not None
    )


_LEVELS: Final = {Kind.PERIOD: Level.FULL, Kind.BOARD: Level.STATISTICS}


def entry_of(
    kind: Kind, made: Made, format_: str, path: str | None, whom: str, digest: str = "", by: str = ""
) -> Entry:
    """Return the entry about a report.

    path: the absolute path of its file, None for standard output. digest: the SHA-256 of the file, in hex.
    by: the person who logged in for it; empty for none.
    """
    body: dict[str, Json] = {
        "report": kind,
        "format": format_,
        "level": _LEVELS[kind].name.lower(),
        "count": made.count,
        "from": str(made.days.first) if made.days.first else None,
        "to": str(made.days.last) if made.days.last else None,
        "records": None,
        "as": "file" if path else "stdout",
        "path": path,
        "for": whom or None,
    }
    if digest:
        body["sha256"] = digest
    if by:
        body["by"] = by
    return Entry(EntryKind.EXPORT_MADE, body, actor=Actor.COMMAND)


def _counted(records: Iterator[EncounterRecord], log: LogOnDisk, progress: Progress) -> Iterator[EncounterRecord]:
    total = log.count(EntryKind.ENCOUNTER_OPENED)
    for done, record in enumerate(records, 1):
        yield record
        progress(done, total)
