"""The sheet of duties: open tasks of the desk, and duties of the district with what was entered about each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from kiosk.privacy.meanings import Meaning
from kiosk.record.duties.open_tasks import tasks_of
from kiosk.record.duty import RecordDuty
from kiosk.record.encounter_record import EncounterRecord
from kiosk.reports.workbook.model import Column, Kind, Row, Sheet
from kiosk.reports.workbook.moments import NO_TIME, Moments, time_columns
from kiosk.reports.workbook.words import Words
from kiosk.system.clock import Instant

SHEET: Final = Sheet(
    "Duties",
    "One row for each open task of the desk and each duty of the district, for a closed record.",
    (
        Column("Record", width=11),
        Column("Duty", width=20),
        Column("Of", width=24),
        Column("Of, in words", width=30),
        Column("Assigned to", width=20),
        Column("State", width=10),
        Column("Task in words", width=40),
        *time_columns("Due"),
        Column("Done on", Kind.DATE, 11),
        *time_columns("Entered"),
        Column("By", width=20),
        Column("Note or reason", width=40),
        Column("Meaning", width=16),
        Column("Entry", Kind.NUMBER, 9),
    ),
)
_NOTHING_ENTERED: Final = (None, *NO_TIME, None, None, None, None)


def rows(record: EncounterRecord, words: Words, moments: Moments) -> Iterator[Row]:
    """Yield the row of each open task and each duty of a record."""
    tasks, nothing = tasks_of(record), (None, *NO_TIME, *_NOTHING_ENTERED)
    for role in tasks.calls:
        yield record.no, "call", role, words.role(role), None, "open", *nothing
    for name in tasks.facts:
        yield record.no, "fill in", name, words.fact(name), None, "open", *nothing
    for duty in record.duties:
        person, state = duty.assigned or None, duty.settled or "open"
        owner, said = words.role(duty.owner), words.duty(record.outcome, duty.id)
        due = moments(None if duty.due is None else _instant(duty.due))
        yield record.no, duty.id, duty.owner, owner, person, state, said, *due, *_entered(duty, moments)


def _entered(duty: RecordDuty, moments: Moments) -> Row:
    made = duty.fulfilled
    if made is None:
        return _NOTHING_ENTERED
    meaning = Meaning.words_for(made.meaning) if made.meaning else None
    return made.on, *moments(made.at), made.by, made.words or None, meaning, made.ref.entry


def _instant(at: datetime) -> Instant:
    return Instant(round(at.timestamp()) * 1_000_000, "", 0)
