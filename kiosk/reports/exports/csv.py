"""Records as CSV: one per row, safe to open in a spreadsheet. RFC 4180, UTF-8 with BOM, CRLF."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import tzinfo
from typing import Final

from kiosk.record.amendments import CALL, NOTE
from kiosk.record.canonical import Json
from kiosk.record.disclosure.withholding import NONE, Chosen, decisions, of_record
from kiosk.record.duties import duties_of
from kiosk.record.encounter_record import EncounterRecord, Note
from kiosk.record.endings import reason_words
from kiosk.record.entries import LoggedEntry
from kiosk.reports.amendments import in_a_line, marks
from kiosk.reports.audit_trail import sentence
from kiosk.reports.exports.jsonl import compact
from kiosk.reports.formatting import (
    called,
    cell,
    in_words,
    open_tasks,
    shown,
    stamp,
    typed_cell,
    with_amended,
    with_meaning,
)
from kiosk.reports.label import Label

BOM: Final = "\ufeff"

_BEFORE: Final = (
    "no",
    "school",
    "desk",
    "mode",
    "protocol",
    "version",
    "content_hash",
    "opened_at",
    "closed_at",
    "outcome",
    "channel",
)
_AFTER: Final = (
    "calls",
    "notes",
    "amendments",
    "path",
    "retention",
    "ending",
    "still_to_do",
    "links",
    "staff",
    "encounter",
    "settings",
    "not_notified",
    "superseded",
    "review",
    "interruptions",
    "cards",
    "holds",
    "entries",
)
_LABEL: Final = ("level", "period")
_WITHHELD: Final = "withheld"


def columns(field_ids: Sequence[str]) -> tuple[str, ...]:
    """Return the column names: the first columns, `field.<id>` for each of these fields, the lists, the label.

    The last one has the values that were withheld by decision.
    """
    return (*_BEFORE, *(f"field.{name}" for name in field_ids), *_AFTER, *_LABEL, _WITHHELD)


def sheet(
    records: Iterable[EncounterRecord],
    label: Label,
    field_ids: Sequence[str],
    zone: tzinfo | None = None,
    chosen: Chosen = NONE,
) -> Iterator[str]:
    """Return the CSV, piece by piece; encode it as UTF-8. Times are in `zone`, or in the machine's own.

    Every cell is quoted, so that programs that split at `;` find no formula.
    """
    yield BOM + _line(columns(field_ids))
    for record in records:
        withheld = "; ".join(
            f"{one.value} ({one.extent}): {one.ground} ({one.by})" for one in of_record(chosen, record.no)
        )
        last = (*(label.columns[name] for name in _LABEL), withheld)
        yield _line((*_row(record, field_ids, zone), *map(cell, last)))


def withholding_list(chosen: Chosen) -> str:
    """Return the list of the values that were withheld by decision: one per row, with the ground and the person."""
    rows = [one.json for one in decisions(chosen)]
    head = ("no", "value", "extent", "ground", "by")
    return BOM + "".join(_line(cells) for cells in (head, *([cell(str(row[name])) for name in head] for row in rows)))


def _row(record: EncounterRecord, field_ids: Sequence[str], zone: tzinfo | None) -> tuple[str, ...]:
    used = record.protocol
    head = (record.no, record.school, record.desk, record.mode, used.id, used.version, used.content_hash)
    when = (stamp(record.opened_at, zone), stamp(record.closed_at, zone))
    facts = (with_amended(_fact(record, name), record.amended_field(name)) for name in field_ids)
    before, after = (*head, *when, record.outcome, record.channel), _lists(record, zone)
    return (*(cell(c or "") for c in before), *map(typed_cell, facts), *map(cell, after))


def _fact(record: EncounterRecord, name: str) -> str:
    return with_meaning(shown(record.fields.get(name)), record.meanings.get(name))


def _note(note: Note) -> str:
    return with_meaning(shown(note.text), note.meaning)


def _lists(record: EncounterRecord, zone: tzinfo | None) -> tuple[str, ...]:
    """Return the cells of calls, notes, amendments, path and so on, each with semicolons between its parts."""
    calls = (
        f"{stamp(c.at, zone)} {called(c.role, c.name)}: {with_amended(c.result, record.amended(CALL, c.ref))}"
        for c in record.calls
    )
    notes = (f"{stamp(n.at, zone)} {with_amended(_note(n), record.amended(NOTE, n.ref))}" for n in record.notes)
    amendments = (f"{stamp(a.at, zone)} {in_a_line(a, record)}" for a in record.amendments)
    path = (f"{stamp(p.at, zone)} {p.step}{marks(p, record)}: {_answer(p.answer, record)}" for p in record.path)
    retention = ["on hold"] if record.on_hold else []
    if (found := record.destroyed) is not None:
        under = f" under {found.reference}" if found.reference else ""
        retention.append(f"details destroyed {stamp(found.at, zone)}{under}")
    tasks = open_tasks(duties_of(record))
    ending = [f"{record.ending}: {reason_words(record.reason)}" if record.reason else record.ending or ""]
    links = [f"{link.no}: {link.how}" for link in record.links]
    staff = (f"{stamp(s.at, zone)} {s.initials}" for s in record.staff)
    first = (calls, notes, amendments, path, retention, ending, tasks, links, staff)
    return tuple("; ".join(parts) for parts in (*first, *_more(record, zone)))


def _more(record: EncounterRecord, zone: tzinfo | None) -> tuple[Iterable[str], ...]:
    """Return the parts of the other cells, from the id of the encounter to its entries."""
    return (
        [record.id],
        (f"{name}: {choice}" for name, choice in record.settings.items()),
        record.not_notified,
        record.superseded,
        (f"{name}: {in_words(said)}" for name, said in (record.review or {}).items()),
        (f"{stamp(i.at, zone)} {i.kind} {i.what}".rstrip() for i in record.interruptions),
        (stamp(at, zone) or "" for at in record.cards),
        (f"{stamp(kept.at, zone)} {sentence(kept)}" for kept in record.retention),
        (_entry(kept, zone) for kept in record.entries),
    )


def _entry(kept: LoggedEntry, zone: tzinfo | None) -> str:
    values = [f"{name}: {in_words(kept.body[name])}" for name in sorted(kept.body)]
    gone = [
        f"{name}: ({why})"
        for why, names in (("withheld", kept.withheld), ("encrypted", kept.encrypted))
        for name in names
    ]
    head = f"{kept.seq} {stamp(kept.at, zone)} {kept.kind} {kept.step or ''}".rstrip()
    return f"{head}: {', '.join([*values, *gone])}"


def _answer(answer: Json, record: EncounterRecord) -> str:
    if answer is None:
        return "(destroyed)" if record.destroyed else "(withheld)"
    return answer if isinstance(answer, str) else compact(answer)


def _line(cells: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(cells)
    return text.getvalue()
