"""Records as CSV: one per row, safe to open in a spreadsheet. RFC 4180, UTF-8 with BOM, CRLF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import tzinfo
from itertools import chain, islice
from typing import Final

from kiosk.record.after_action.assessment import assessments_of
from kiosk.record.amendments import CALL, NOTE
from kiosk.record.canonical import Json
from kiosk.record.disclosure.withholding import NONE, Chosen, decisions, of_record
from kiosk.record.duties.open_tasks import tasks_of
from kiosk.record.encounter_record import EncounterRecord, Note
from kiosk.record.entries import LoggedEntry
from kiosk.reports.amendments import assessment_lines, in_a_line, marks
from kiosk.reports.audit_trail import sentence
from kiosk.reports.exports.jsonl import compact
from kiosk.reports.formatting import (
    FORMULA_STARTS,
    Stamps,
    called,
    cell,
    closing_reason,
    duty_lines,
    ground,
    in_words,
    named_in_words,
    open_tasks,
    shown,
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
    "duties",
    "assessments",
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
    rest = rows(records, label, field_ids, zone, chosen)
    first = [*islice(rest, 1)]  # an altered log ends here, before anything is written
    return chain([head(field_ids)], first, rest)


def head(field_ids: Sequence[str]) -> str:
    """Return the first line, with the names of the columns."""
    return BOM + _line(columns(field_ids))


def rows(
    records: Iterable[EncounterRecord],
    label: Label,
    field_ids: Sequence[str],
    zone: tzinfo | None = None,
    chosen: Chosen = NONE,
) -> Iterator[str]:
    """Yield the line of each record, as `sheet` has it."""
    last = [label.columns[name] for name in _LABEL]
    for record in records:
        decided = of_record(chosen, record.no) if chosen else ()
        withheld = "; ".join(f"{one.value} ({one.extent}): {ground(one)} ({one.by})" for one in decided)
        yield _safe_line([*_row(record, field_ids, zone), *last, withheld])


def withholding_list(chosen: Chosen) -> str:
    """Return the list of the values that were withheld by decision: one per row, with the ground and the person."""
    rows = [one.json | {"ground": ground(one)} for one in decisions(chosen)]
    head = ("no", "value", "extent", "ground", "by")
    return BOM + "".join(_line(cells) for cells in (head, *([cell(str(row[name])) for name in head] for row in rows)))


def _row(record: EncounterRecord, field_ids: Sequence[str], zone: tzinfo | None) -> list[str]:
    """Return the cells of a record; `_safe_line` makes them safe for a spreadsheet."""
    used, at = record.protocol, Stamps(zone)
    head = (record.no, record.school, record.desk, record.mode, used.id, used.version, used.content_hash)
    when = (at(record.opened_at), at.or_none(record.closed_at))
    facts = (_fact(name, record) for name in field_ids)
    before, after = (*head, *when, record.outcome, record.channel), _lists(record, at)
    return [*[c or "" for c in before], *facts, *after]


def _fact(name: str, record: EncounterRecord) -> str:
    amended = record.amended_field(name) if record.amendments else ()
    if not amended and name not in record.fields:
        return ""
    return typed_cell(with_amended(with_meaning(shown(record.fields.get(name)), record.meanings.get(name)), amended))


def _note(note: Note) -> str:
    return with_meaning(shown(note.text), note.meaning)


def _lists(record: EncounterRecord, at: Stamps) -> list[str]:
    """Return the cells of calls, notes, amendments, path and so on, each with semicolons between its parts."""
    calls = [
        f"{at(c.at)} {called(c.role, c.name)}: {with_amended(c.result, record.amended(CALL, c.ref))}"
        for c in record.calls
    ]
    notes = [f"{at(n.at)} {with_amended(_note(n), record.amended(NOTE, n.ref))}" for n in record.notes]
    amendments = [f"{at(a.at)} {in_a_line(a, record)}" for a in record.amendments]
    path = [f"{at(p.at)} {p.step}{marks(p, record)}: {_answer(p.answer, record)}" for p in record.path]
    retention = ["on hold"] if record.on_hold else []
    if (found := record.destroyed) is not None:
        under = f" under {found.reference}" if found.reference else ""
        retention.append(f"details destroyed {at(found.at)}{under}")
    tasks = open_tasks(tasks_of(record))
    ending = [f"{record.ending}: {closing_reason(record)}" if record.reason else record.ending or ""]
    links = [f"{link.no}: {link.how}" for link in record.links]
    staff = [f"{at(s.at)} {s.initials}" for s in record.staff]
    first = (calls, notes, amendments, path, retention, ending, tasks, links, staff)
    return ["; ".join(parts) for parts in (*first, *_more(record, at))]


def _more(record: EncounterRecord, at: Stamps) -> tuple[Iterable[str], ...]:
    """Return the parts of the other cells, from the id of the encounter to its assessments."""
    return (
        [record.id],
        [f"{name}: {choice}" for name, choice in record.settings.items()],
        record.not_notified,
        record.superseded,
        [f"{name}: {in_words(said)}" for name, said in (record.review or {}).items()],
        [f"{at(i.at)} {i.kind} {i.what}".rstrip() for i in record.interruptions],
        [at(shown_at) for shown_at in record.cards],
        [f"{at(kept.at)} {sentence(kept)}" for kept in record.retention],
        [_entry(kept, at) for kept in record.entries],
        duty_lines(record, at.zone),
        [f"{at(one.at)} {', '.join(assessment_lines(one))}" for one in assessments_of(record)],
    )


def _entry(kept: LoggedEntry, at: Stamps) -> str:
    values = named_in_words(sorted(kept.body.items()))
    if kept.withheld or kept.encrypted:
        values += [f"{name}: (withheld)" for name in kept.withheld]
        values += [f"{name}: (encrypted)" for name in kept.encrypted]
    head = f"{kept.seq} {at(kept.at)} {kept.kind} {kept.step or ''}".rstrip()
    return f"{head}: {', '.join(values)}"


def _answer(answer: Json, record: EncounterRecord) -> str:
    if answer is None:
        return "(destroyed)" if record.destroyed else "(withheld)"
    return answer if isinstance(answer, str) else compact(answer)


def _line(cells: Iterable[str]) -> str:
    return '"' + '","'.join([words.replace('"', '""') for words in cells]) + '"\r\n'


def _safe_line(cells: Sequence[str]) -> str:
    """Return the line of these cells, each safe for a spreadsheet. Those of a usual line are looked at together."""
    line = '","'.join(cells)
    usual = (
        line.isprintable()
        and line.count('"') == 2 * (len(cells) - 1)
        and FORMULA_STARTS.isdisjoint([words[:1] for words in cells])
    )
    return f'"{line}"\r\n' if usual else _line(map(cell, cells))
