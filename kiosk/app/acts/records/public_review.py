"""The confirmation that a person read a record as a public copy shows it."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.app.acts.records.planned import Planned, Stated
from kiosk.log.log import LogOnDisk
from kiosk.log.record_search import entries_of, find_record
from kiosk.record.amend_targets import require_closed
from kiosk.record.disclosure.levels import Level
from kiosk.record.disclosure.review import reviewing
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.entries import LoggedEntry
from kiosk.reports.export_request import classes_of_home
from kiosk.reports.formats import records_of
from kiosk.reports.formatting import with_meaning
from kiosk.reports.record import record_lines
from kiosk.settings import Home, Mode


@dataclass(frozen=True, slots=True)
class ToRead:
    """A closed record to read. newest: its newest entry. lines: the record as a public copy shows it."""

    record: EncounterRecord
    newest: LoggedEntry
    lines: tuple[str, ...]


def to_read(home: Home, mode: Mode, log: LogOnDisk, no: str) -> ToRead:
    """Return the record with this number. Raises UsageError for an unknown one, and Refused for an open one."""
    record = find_record(log, no, mode)
    require_closed(record)
    (entries,) = entries_of(log, [record.id])
    (public,) = records_of([entries], Level.PUBLIC, classes_of_home(log, home))
    return ToRead(record, entries[-1], tuple(record_lines(public)))


def planned(read: ToRead, stated: Stated) -> Planned:
    """Return the entry that a person read the record."""
    no, reason, by = read.record.no, stated.why(), stated.by()
    return Planned(
        no,
        (reviewing(read.record, read.newest, reason=reason, by=by),),
        (f"read before public copies, by {by}", f"reason: {with_meaning(reason, stated.texts.meaning(reason))}"),
        f"The review is in {no}.",
    )
