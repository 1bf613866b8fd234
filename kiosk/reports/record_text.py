"""One record in words, for people: what was recorded, and beside each value that was amended, what is said now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo

from kiosk.engine.replies import Value
from kiosk.record.amendments import CALL, NOTE, Amendment
from kiosk.record.history import EncounterRecord, Passed
from kiosk.reports.amended import in_lines, marks
from kiosk.reports.cells import moment, shown
from kiosk.reports.happened import sentence
from kiosk.reports.jsonl import compact


def told(record: EncounterRecord, zone: tzinfo | None = None) -> Iterator[str]:
    """The record line by line; times in `zone` or the machine's own, each with its offset."""
    yield f"{record.no}  {record.school}, {record.desk}" + ("  PRACTICE" if record.mode == "practice" else "")
    yield f"opened {record.opened_at.local(zone):%A} {moment(record.opened_at, zone)}, {_ended(record, zone)}"
    yield f"protocol {record.protocol.id} {record.protocol.version}, seal {record.protocol.seal}"
    yield from _let_go(record, zone)
    yield from _part("Facts", _facts(record))
    yield from _part("Calls", _calls(record, zone))
    yield from _part("Notes", _notes(record, zone))
    yield from _part("Amendments, made after it was closed; what was recorded stays", _amendments(record, zone))
    yield from _part("Path", (_step(p, record, zone) for p in record.path))
    yield from _part("Breaks", (f"{moment(i.at, zone)} {i.kind} {i.what}" for i in record.interruptions))
    yield from _part("Card shown", (moment(at, zone) for at in record.cards))
    yield from _part("Not told", iter(record.untold))
    yield from _part("Set aside", iter(record.aside))
    yield from _part("Before closing", (f"{name}: {'yes' if v else 'no'}" for name, v in (record.review or {}).items()))
    yield from _part("Kept and let go", (f"{moment(e.at, zone)} {sentence(e)}" for e in record.keeping))


def state(record: EncounterRecord) -> str:
    """Whether it is open or closed, and whether it was amended, put on hold or let go since."""
    since = {"amended": record.amendments, "on hold": record.on_hold, "let go": record.let_go}
    return ", ".join([record.state, *(word for word, is_so in since.items() if is_so)])


def _let_go(record: EncounterRecord, zone: tzinfo | None) -> Iterator[str]:
    if record.let_go is not None:
        yield f"what was told in it was let go on {moment(record.let_go.at, zone)} under {record.let_go.authorisation}"


def _part(title: str, lines: Iterator[str]) -> Iterator[str]:
    for n, line in enumerate(lines):
        if not n:
            yield from ("", title)
        yield f"  {line}"


def _facts(record: EncounterRecord) -> Iterator[str]:
    facts: dict[str, Value | None] = {**record.fields, **dict.fromkeys(record.late_fields)}
    for name, value in facts.items():
        yield f"{name}: {'(not recorded)' if value is None else shown(value)}"
        yield from _beside(record.amended_field(name))


def _calls(record: EncounterRecord, zone: tzinfo | None) -> Iterator[str]:
    for n, call in enumerate(record.calls, 1):
        yield f"{n}. {moment(call.at, zone)} {call.role} ({call.name}): {call.result}"
        yield from _beside(record.amended(CALL, call.ref))


def _notes(record: EncounterRecord, zone: tzinfo | None) -> Iterator[str]:
    for n, note in enumerate(record.notes, 1):
        yield f"{n}. {moment(note.at, zone)} {shown(note.text)}"
        yield from _beside(record.amended(NOTE, note.ref))


def _beside(amendments: tuple[Amendment, ...]) -> Iterator[str]:
    return (f"  amended (entry {a.ref.entry}): {shown(a.now)}" for a in amendments)


def _amendments(record: EncounterRecord, zone: tzinfo | None) -> Iterator[str]:
    for made in record.amendments:
        first, *rest = in_lines(made, record, zone)
        yield f"entry {made.ref.entry}: {first}"
        yield from (f"  {line}" for line in rest)


def _ended(record: EncounterRecord, zone: tzinfo | None) -> str:
    return "not closed" if record.closed_at is None else f"closed {moment(record.closed_at, zone)} as {record.outcome}"


def _step(passed: Passed, record: EncounterRecord, zone: tzinfo | None) -> str:
    if passed.answer is None:
        return f"{moment(passed.at, zone)} {passed.step}: {'(let go)' if record.let_go else '(withheld)'}"
    answer = passed.answer if isinstance(passed.answer, str) else compact(passed.answer)
    return f"{moment(passed.at, zone)} {passed.step}: {answer}{marks(passed, record)}"
