"""The sheets with some rows for each record, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from kiosk.privacy.meanings import Meaning
from kiosk.protocol.field_type import FieldType
from kiosk.protocol.replies import FACT, Missing, Value
from kiosk.record.after_action.assessment import NOTE as ASSESSED_NOTE
from kiosk.record.after_action.assessment import PRIVILEGED_NOTE, Decision, assessments_of
from kiosk.record.amendments import ADDITION, CALL, NOTE, NOWHERE, REASON, Amendment
from kiosk.record.canonical import Json
from kiosk.record.encounter_record import EncounterRecord
from kiosk.reports.exports.jsonl import compact
from kiosk.reports.formatting import named_in_words, shown, with_meaning
from kiosk.reports.workbook import duties
from kiosk.reports.workbook.model import Cell, Column, Kind, Row, Sheet, number
from kiosk.reports.workbook.moments import Moments, day, time_columns
from kiosk.reports.workbook.words import Words

RowsOf = Callable[[EncounterRecord, Words, Moments], Iterator[Row]]


class RecordSheet(NamedTuple):
    """A sheet, and the function that yields the rows of a record. words: of its protocol."""

    sheet: Sheet
    rows: RowsOf


_RECORD: Final = Column("Record", width=11)
_ENTRY: Final = Column("Entry", Kind.NUMBER, 9)
_AMENDED: Final = Column("Amended to", width=30)


def _facts(record: EncounterRecord, words: Words, _: Moments) -> Iterator[Row]:
    for name in (*record.fields, *record.late_fields):
        value, place = record.fields.get(name), record.places.get(name, NOWHERE)
        yield (
            record.no,
            name,
            words.fact(name),
            None if isinstance(value, Missing) else shown(value),
            value.reason if isinstance(value, Missing) else None,
            words.choice(name, value) if isinstance(value, str) else None,
            number(value) if isinstance(value, int) else None,
            _day(name, value, words),
            _meaning(record.meanings.get(name)),
            _amended(record.amended_field(name)) if record.amendments else None,
            _entry(place.entry),
        )


def _day(name: str, value: Value | None, words: Words) -> Cell:
    field = words.protocol.fields.get(name) if words.protocol else None
    if field is None or field.type is not FieldType.DATE or not isinstance(value, str):
        return None
    found = day(value)
    return None if isinstance(found, str) else found


def _calls(record: EncounterRecord, words: Words, moments: Moments) -> Iterator[Row]:
    for made in record.calls:
        amended = _amended(record.amended(CALL, made.ref)) if record.amendments else None
        role = words.role(made.role)
        yield record.no, *moments(made.at), made.role, role, made.name, made.result, amended, _entry(made.ref.entry)


def _notes(record: EncounterRecord, _: Words, moments: Moments) -> Iterator[Row]:
    for note in record.notes:
        amended = _amended(record.amended(NOTE, note.ref)) if record.amendments else None
        meaning = _meaning(note.meaning)
        yield record.no, *moments(note.at), shown(note.text), meaning, amended, _entry(note.ref.entry)


def _amendments(record: EncounterRecord, words: Words, moments: Moments) -> Iterator[Row]:
    for made in record.amendments:
        name = made.name.removeprefix(FACT)
        yield (
            record.no,
            *moments(made.at),
            record.lateness(made),
            {NOTE: "note", CALL: "call"}.get(made.name, name),
            words.fact(name),
            _entry(made.target.entry),
            None if made.name == ADDITION else shown(made.was) if made.was is not None else "(not recorded)",
            shown(made.now),
            _meaning(made.meanings.get(made.name)),
            made.reason,
            _meaning(made.meanings.get(REASON)),
            made.by,
            _entry(made.ref.entry),
        )


def _steps(record: EncounterRecord, words: Words, moments: Moments) -> Iterator[Row]:
    for place, passed in enumerate(record.path, 1):
        amended = bool(record.amendments) and bool(record.amendments_of(passed.ref))
        marks = ("corrected", passed.corrected), ("in part", passed.partial), ("amended", amended)
        yield (
            record.no,
            place,
            *moments(passed.at),
            passed.step,
            words.step(passed.step),
            _answer(passed.answer, record),
            _answer_in_words(passed.step, passed.answer, words),
            ", ".join([mark for mark, applies in marks if applies]),
            _entry(passed.ref.entry),
        )


def _answer(answer: Json, record: EncounterRecord) -> str:
    if answer is None:
        return "(destroyed)" if record.destroyed else "(withheld)"
    return answer if isinstance(answer, str) else compact(answer)


def _answer_in_words(step: str, answer: Json, words: Words) -> str:
    match answer:
        case str():
            return words.answer(step, answer)
        case list():
            return "; ".join(found for one in answer if (found := words.answer(step, str(one))))
        case {"press": interrupt}:
            return words.interrupt(str(interrupt))
        case _:
            return ""


def _entries(record: EncounterRecord, _: Words, moments: Moments) -> Iterator[Row]:
    for kept in record.entries:
        yield (
            record.no,
            kept.seq,
            *moments(kept.at),
            kept.kind.words,
            kept.kind,
            kept.step,
            kept.actor,
            "; ".join(named_in_words(sorted(kept.body.items()))),
            ", ".join(kept.withheld),
            ", ".join(kept.encrypted),
            kept.event_id,
        )


def _amended(amendments: tuple[Amendment, ...]) -> str | None:
    """Return the new value of each amendment, oldest first; nothing without one."""
    return "; ".join(with_meaning(shown(a.now), a.meanings.get(a.name)) for a in amendments) or None


def _meaning(meaning: str | None) -> str | None:
    return Meaning.words_for(meaning) if meaning else None


def _assessments(record: EncounterRecord, _: Words, moments: Moments) -> Iterator[Row]:
    for made in assessments_of(record):
        yield (
            record.no,
            *moments(made.at),
            made.role,
            made.by,
            made.decision or None,
            Decision.words_for(made.decision) if made.decision else None,
            "yes" if made.privileged else "no",
            shown(made.note) or None,
            _meaning(made.meanings.get(PRIVILEGED_NOTE if made.privileged else ASSESSED_NOTE)),
            _entry(made.ref.entry),
        )


def _entry(seq: int) -> int | None:
    return None if seq < 0 else seq


ALL: Final = (
    RecordSheet(
        Sheet(
            "Facts",
            "One row for each fact of a record, as the desk recorded it; amendments are shown with it.",
            (
                _RECORD,
                Column("Fact", width=20),
                Column("In words", width=30),
                Column("Value", width=40),
                Column("Missing because", width=12),
                Column("Value in words", width=20),
                Column("As a number", Kind.NUMBER, 10),
                Column("As a date", Kind.DATE, 12),
                Column("Means", width=20),
                _AMENDED,
                _ENTRY,
            ),
        ),
        _facts,
    ),
    RecordSheet(
        Sheet(
            "Calls",
            "One row for each call and its result.",
            (
                _RECORD,
                *time_columns("Called"),
                Column("Role", width=24),
                Column("Role in words", width=28),
                Column("Name", width=24),
                Column("Result", width=12),
                _AMENDED,
                _ENTRY,
            ),
        ),
        _calls,
    ),
    RecordSheet(
        Sheet(
            "Notes",
            "One row for each note.",
            (
                _RECORD,
                *time_columns("Written"),
                Column("Note", width=60),
                Column("Means", width=20),
                _AMENDED,
                _ENTRY,
            ),
        ),
        _notes,
    ),
    RecordSheet(
        Sheet(
            "Amendments",
            "One row for each correction of a closed record, and each addition to it.",
            (
                _RECORD,
                *time_columns("Made"),
                Column("How late", width=20),
                Column("Value", width=20),
                Column("Value in words", width=24),
                Column("Amended entry", Kind.NUMBER, 10),
                Column("Original value", width=30),
                Column("New value", width=30),
                Column("New value means", width=16),
                Column("Reason", width=30),
                Column("Reason means", width=16),
                Column("By", width=20),
                _ENTRY,
            ),
        ),
        _amendments,
    ),
    RecordSheet(
        Sheet(
            "Assessments",
            "One row for each assessment of a closed record by an administrator or counsel.",
            (
                _RECORD,
                *time_columns("Made"),
                Column("Role", width=16),
                Column("By", width=20),
                Column("Decision", width=14),
                Column("Decision in words", width=28),
                Column("Privileged", width=10),
                Column("Note", width=60),
                Column("Means", width=20),
                _ENTRY,
            ),
        ),
        _assessments,
    ),
    RecordSheet(
        Sheet(
            "Steps",
            "One row for each answer, in order; a changed answer has a row too.",
            (
                _RECORD,
                Column("Number", Kind.NUMBER, 9),
                *time_columns("Answered"),
                Column("Step", width=20),
                Column("Step in words", width=36),
                Column("Answer", width=36),
                Column("Answer in words", width=30),
                Column("Marks", width=14),
                _ENTRY,
            ),
        ),
        _steps,
    ),
    RecordSheet(duties.SHEET, duties.rows),
    RecordSheet(
        Sheet(
            "Entries",
            "One row for each entry of the log about a record, with all its values; long ones are shortened here.",
            (
                _RECORD,
                _ENTRY,
                *time_columns("Recorded"),
                Column("Kind", width=20),
                Column("Kind ID", width=18),
                Column("Step", width=18),
                Column("Made by", width=9),
                Column("Values", width=60),
                Column("Withheld values", width=24),
                Column("Encrypted values", width=16),
                Column("Entry ID", width=38),
            ),
        ),
        _entries,
    ),
)
"""The sheets in order. Each row names its record, and its entry if it has one."""
