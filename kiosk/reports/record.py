"""One record in words, for people: the recorded values, each with its amendments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo

from kiosk.protocol.replies import CallResult, Value
from kiosk.record.after_action.assessment import assessments_of
from kiosk.record.amendments import CALL, NOTE, Amendment
from kiosk.record.duties.open_tasks import tasks_of
from kiosk.record.encounter_record import EncounterRecord, Passed
from kiosk.record.endings import ENDED, Ending
from kiosk.record.entry_kinds import EntryKind
from kiosk.reports.amendments import assessment_lines, in_lines, marks, new_value
from kiosk.reports.audit_trail import sentence
from kiosk.reports.exports.jsonl import compact
from kiosk.reports.formatting import (
    called,
    closing_reason,
    duty_lines,
    ended_as,
    moment,
    open_tasks,
    shown,
    with_meaning,
)
from kiosk.system.clock import Instant
from kiosk.worded import many


def record_lines(record: EncounterRecord, zone: tzinfo | None = None, now: Instant | None = None) -> Iterator[str]:
    """Return the record, line by line; times in `zone` or the machine's own, each with its offset.

    now: says also which of its duties are overdue.
    """
    yield f"{record.no}  {record.school}, {record.desk}" + ("  PRACTICE" if record.mode == "practice" else "")
    yield f"opened {record.opened_at.local(zone):%A} {moment(record.opened_at, zone)}, {_ended(record, zone)}"
    yield f"protocol {record.protocol.id} {record.protocol.version}, content hash {record.protocol.content_hash}"
    yield from _destroyed(record, zone)
    if record.ending not in {None, Ending.OUTCOME}:
        yield f"{ended_as(record)}: {closing_reason(record)}" + (f", {record.closed_by}" if record.closed_by else "")
    yield from _part("Still to do", iter(open_tasks(tasks_of(record))))
    yield from _part("Duties", duty_lines(record, zone, now))
    yield from _part("At the desk", (f"{moment(s.at, zone)} {s.initials}" for s in record.staff))
    yield from _part("Linked to", (f"{moment(x.at, zone)} {x.no}: {x.how}" for x in record.links))
    yield from _part("Facts", _facts(record))
    yield from _part("Calls", _calls(record, zone))
    yield from _part("Notes", _notes(record, zone))
    yield from _part("Amendments, made after it was closed; what was recorded stays", _amendments(record, zone))
    yield from _part("Assessed by administrators and counsel", _assessments(record, zone))
    yield from _part("Path", (_step(p, record, zone) for p in record.path))
    yield from _part(
        "Interruptions", (f"{moment(i.at, zone)} {i.kind} {i.what}".rstrip() for i in record.interruptions)
    )
    yield from _part("Card shown", (moment(at, zone) for at in record.cards))
    yield from _part("Not notified when it was closed", iter(record.not_notified))
    yield from _part("Superseded answers", iter(record.superseded))
    yield from _part("Closing review", (f"{name}: {'yes' if v else 'no'}" for name, v in (record.review or {}).items()))
    yield from _part("Holds and destruction", (f"{moment(e.at, zone)} {sentence(e)}" for e in record.retention))


def state(record: EncounterRecord) -> str:
    """Return the state of a record in words: open or closed, open tasks and duties, amended, on hold, destroyed."""
    assessed = [kept for kept in record.entries if kept.kind == EntryKind.RECORD_ASSESSED]
    more = {
        "amended": record.amendments,
        "assessed": assessed,
        "on hold": record.on_hold,
        "details destroyed": record.destroyed,
    }
    tasks = tasks_of(record)
    still = [f"{many(len(tasks.calls), 'call')} still to make"] if tasks.calls else []
    still += [f"{many(len(tasks.facts), 'fact')} to fill in"] if tasks.facts else []
    owed = sum(duty.settled is None for duty in record.duties)
    still += [f"{many(owed, 'duty', 'duties')} open"] if owed else []
    ended = record.state if record.ending is None else ENDED[record.ending]
    return ", ".join([ended, *still, *(word for word, is_so in more.items() if is_so)])


def _destroyed(record: EncounterRecord, zone: tzinfo | None) -> Iterator[str]:
    if record.destroyed is not None:
        found = record.destroyed
        yield f"details destroyed on {moment(found.at, zone)} under {found.reference}"


def _part(title: str, lines: Iterator[str]) -> Iterator[str]:
    for n, line in enumerate(lines):
        if not n:
            yield from ("", title)
        yield f"  {line}"


def _facts(record: EncounterRecord) -> Iterator[str]:
    facts: dict[str, Value | None] = {**record.fields, **dict.fromkeys(record.late_fields)}
    for name, value in facts.items():
        words = "(not recorded)" if value is None else shown(value)
        yield f"{name}: {with_meaning(words, record.meanings.get(name))}"
        yield from _amended(record.amended_field(name))


def _calls(record: EncounterRecord, zone: tzinfo | None) -> Iterator[str]:
    for n, call in enumerate(record.calls, 1):
        late = ", after it was closed" * record.is_late(call.ref)
        yield f"{n}. {moment(call.at, zone)} {called(call.role, call.name)}: {CallResult.words_for(call.result)}{late}"
        yield from _amended(record.amended(CALL, call.ref))


def _notes(record: EncounterRecord, zone: tzinfo | None) -> Iterator[str]:
    for n, note in enumerate(record.notes, 1):
        yield f"{n}. {moment(note.at, zone)} {with_meaning(shown(note.text), note.meaning)}"
        yield from _amended(record.amended(NOTE, note.ref))


def _amended(amendments: tuple[Amendment, ...]) -> Iterator[str]:
    return (f"  amended (entry {a.ref.entry}): {new_value(a)}" for a in amendments)


def _amendments(record: EncounterRecord, zone: tzinfo | None) -> Iterator[str]:
    for made in record.amendments:
        first, *rest = in_lines(made, record, zone)
        yield f"entry {made.ref.entry}: {first}"
        yield from (f"  {line}" for line in rest)


def _assessments(record: EncounterRecord, zone: tzinfo | None) -> Iterator[str]:
    for made in assessments_of(record):
        first, *rest = assessment_lines(made)
        yield f"{moment(made.at, zone)} {first}"
        yield from (f"  {line}" for line in rest)


def _ended(record: EncounterRecord, zone: tzinfo | None) -> str:
    if record.closed_at is None:
        return "not closed"
    at = moment(record.closed_at, zone)
    return f"closed {at} as {record.outcome}" if record.outcome else f"{ended_as(record)} {at}"


def _step(passed: Passed, record: EncounterRecord, zone: tzinfo | None) -> str:
    if passed.answer is None:
        return f"{moment(passed.at, zone)} {passed.step}: {'(destroyed)' if record.destroyed else '(withheld)'}"
    answer = passed.answer if isinstance(passed.answer, str) else compact(passed.answer)
    return f"{moment(passed.at, zone)} {passed.step}: {answer}{marks(passed, record)}"
