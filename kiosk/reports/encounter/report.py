"""The encounter report: one record as a document, for a judge, counsel or an administrator.

It says what the log says, and how that can be proved. It draws no conclusion.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from kiosk.presentation.status import seconds_between
from kiosk.protocol.model import Protocol
from kiosk.protocol.replies import CallResult
from kiosk.record.amendments import CALL, WITHHELD
from kiosk.record.disclosure.levels import Level
from kiosk.record.disclosure.withholding import decisions
from kiosk.record.duties.open_tasks import tasks_of
from kiosk.record.duty import RecordDuty
from kiosk.record.entries import LoggedEntry
from kiosk.reports.amendments import new_value
from kiosk.reports.document.model import (
    Block,
    Bullets,
    Cell,
    Code,
    Document,
    Exact,
    Heading,
    Line,
    Modules,
    Pairs,
    Paragraph,
    Style,
    Table,
    cell,
    row,
)
from kiosk.reports.encounter import timeline
from kiosk.reports.encounter.proof import Proof
from kiosk.reports.encounter.view import View, view_of
from kiosk.reports.exports.html import Page
from kiosk.reports.formatting import (
    due_words,
    duration,
    duty_state,
    ended_as,
    ground,
    moment,
    open_tasks,
    shown,
    with_meaning,
)
from kiosk.reports.record import state
from kiosk.worded import many

FORM: Final = "encounter-report"
"""The name of this report in the log."""

_SHARES: Final = (1.3, 2.2, 8.0)


@dataclass(frozen=True)
class Sources:
    """What the report is made of.

    entries: all entries of the record, oldest first. page: the label, classes and decisions of the copy, and facts
    about its making. protocol: the version used then, None if the log does not have it. proofs: the checkpoints that
    cover the entries. matrix: makes the QR code of a text.
    """

    entries: Sequence[LoggedEntry]
    page: Page
    protocol: Protocol | None
    proofs: Sequence[Proof]
    matrix: Callable[[str], Modules] = field(repr=False)


def encounter_report(sources: Sources) -> Document:
    """Return the report of one record, at the disclosure level of its page."""
    view = view_of(sources.entries, sources.page, sources.protocol)
    record, label = view.record, sources.page.label
    used = record.protocol
    foot = (label.level.name.lower(), f"record {record.no}", label.school, label.mode, f"{used.id} {used.version}")
    mark = "PRACTICE: none of this happened" if label.mode == "practice" else ""
    blocks = (
        *_about(view, sources),
        *_facts(view),
        *_calls(view),
        *_duties(view),
        *_timeline(view),
        *_withheld(view),
        *_proof(view, sources),
    )
    return Document(f"Record {record.no}{label.heading}", blocks, " · ".join(filter(None, foot)), mark)


def _about(view: View, sources: Sources) -> Iterator[Block]:
    record, used = view.record, view.record.protocol
    closed = "not closed" if record.closed_at is None else moment(record.closed_at, view.zone)
    lasted = record.closed_at and duration(1_000_000 * seconds_between(record.opened_at, record.closed_at))
    opened = f"{record.opened_at.local(view.zone):%A} {moment(record.opened_at, view.zone)}"
    facts = [
        ("School and desk", ", ".join(filter(None, (record.school, record.desk)))),
        ("Opened", opened),
        ("Closed", f"{closed} (after {lasted})" if lasted else closed),
        ("State", state(record)),
        ("Channel", _answer_label(view, "channel", record.channel)),
        ("Outcome", _outcome(view)),
        ("At the desk", ", ".join(dict.fromkeys(one.initials for one in record.staff))),
        ("Linked records", ", ".join(f"{link.no} ({link.how})" for link in record.links)),
        ("Open tasks", ", ".join(_open_tasks(view))),
        ("Protocol", f"{used.id} {used.version}"),
        *((title, words) for title, words in sources.page.label.lines if title not in {"Period", "School"}),
        *sources.page.about,
    ]
    yield Pairs(tuple((title, words) for title, words in facts if words))
    if view.texts is None:
        missing = sources.page.level >= Level.COUNSEL
        why = "The log does not have" if missing else "A copy of this level does not show"
        yield Paragraph(f"{why} the words of the protocol. Steps, answers and facts have their ids instead.")


def _answer_label(view: View, step_id: str, answer: str | None) -> str:
    step = view.protocol.steps.get(step_id) if view.protocol else None
    labels = {option.id: option.label for option in getattr(step, "options", ())}
    words = view.texts.words(labels[answer]) if view.texts and answer in labels else []
    return " ".join(words) or answer or ""


def _outcome(view: View) -> str:
    found = view.protocol.outcomes.get(view.record.outcome or "") if view.protocol else None
    words = view.texts.words(found.title) if view.texts and found else []
    return " ".join(words) or ended_as(view.record)


def _facts(view: View) -> Iterator[Block]:
    record = view.record
    found = [_fact(view, name) for name in (*record.fields, *record.late_fields)]
    if found:
        yield Heading("What was recorded")
        yield Table(("Entry", "Fact", "Recorded"), tuple(found), (1.3, 3.0, 6.0))


def _fact(view: View, name: str) -> tuple[Cell, ...]:
    record, label = view.record, timeline.fact_label(view, name)
    value, ref = record.fields.get(name), record.places.get(name)
    words = "(not recorded)" if name not in record.fields else shown(value)
    if view.texts and name in record.fields:
        words = view.texts.value(name, value)
    original = next((kept for kept in view.entries if ref is not None and kept.event_id == ref.event_id), None)
    why = [Line(one.reason, Style.QUIET) for one in (view.left_out(original) if original else ()) if one.name == name]
    lines = [] if why and value == WITHHELD else [Line(with_meaning(words, record.meanings.get(name)))]
    lines += why
    for made in record.amended_field(name):
        now = view.texts.amended(made) if view.texts else new_value(made)
        lines.append(Line(f"amended in entry {made.ref.entry}: {now}", Style.QUIET))
    return cell("" if ref is None else str(ref.entry)), cell(label), tuple(lines)


def _calls(view: View) -> Iterator[Block]:
    record = view.record
    yield Heading("Who was called")
    if not record.calls:
        yield Paragraph("The record has no call.")
    else:
        yield Table(("Time", "Who", "Result"), tuple(_call(view, n) for n in range(len(record.calls))), (2.2, 5.0, 4.0))
    if record.not_notified:
        roles = ", ".join(timeline.role_title(view, role) for role in record.not_notified)
        yield Paragraph(f"Not notified when the record was closed: {roles}.")


def _call(view: View, number: int) -> tuple[Cell, ...]:
    call, record = view.record.calls[number], view.record
    local = call.at.local(view.zone)
    time = cell(f"{local:%Y-%m-%d %H:%M:%S}", timeline.since(record.opened_at, call.at))
    late = [Line("made after the record was closed", Style.QUIET)] if record.is_late(call.ref) else []
    amended = [
        Line(f"amended in entry {made.ref.entry}: {new_value(made)}", Style.QUIET)
        for made in record.amended(CALL, call.ref)
    ]
    return time, cell(timeline.person(view, call)), (Line(CallResult.words_for(call.result)), *late, *amended)


def _open_tasks(view: View) -> list[str]:
    return open_tasks(
        tasks_of(view.record), partial(timeline.role_title, view), lambda name: f"“{timeline.fact_label(view, name)}”"
    )


def _duties(view: View) -> Iterator[Block]:
    if view.record.duties:
        yield Heading("Duties of the district after it")
        rows = tuple(_duty(view, duty) for duty in view.record.duties)
        yield Table(("State", "Due", "Owner", "Duty"), rows, (2.6, 2.4, 3.0, 5.0))


def _duty(view: View, duty: RecordDuty) -> tuple[Cell, ...]:
    ended = view.protocol.outcomes.get(view.record.outcome or "") if view.protocol else None
    task = next((one.do for one in ended.duties if one.id == duty.id), None) if ended else None
    words = view.texts.words(task) if view.texts and task else [duty.id]
    owner = cell(timeline.role_title(view, duty.owner), *filter(None, [duty.assigned]))
    return cell(duty_state(duty)), cell(due_words(duty, view.zone)), owner, cell(*words)


def _timeline(view: View) -> Iterator[Block]:
    day = f"{view.record.opened_at.local(view.zone):%Y-%m-%d, UTC%z}"
    yield Heading("What happened, entry by entry")
    yield Table(
        ("Entry", "Time", "What happened"),
        tuple(timeline.rows(view)),
        _SHARES,
        f"Every entry that this copy has, in the order of the log. Times are of {day}, by the kiosk's clock; "
        "below each, the hours, minutes and seconds since the start.",
    )


def _withheld(view: View) -> Iterator[Block]:
    page = view.page
    yield Heading("What this copy does not show")
    counted = Counter(value.reason for kept in view.entries for value in view.left_out(kept))
    lines = [f"{reason}: {many(count, 'value')}. Each is named at its entry." for reason, count in counted.items()]
    if page.level < Level.FULL:
        lines.append(
            "This level also leaves out the entries of steps that the protocol keeps for a higher level, and some "
            "entries about legal holds and reviews, whether there are any or not."
        )
    yield Bullets(tuple(lines)) if lines else Paragraph("It shows everything that the log has of this record.")
    made = [row(one.value, one.extent, ground(one), one.by) for one in decisions(page.chosen)]
    if made:
        yield Table(("Value", "Withheld", "Ground", "Decided by"), tuple(made), (3, 2, 5, 4), "Withheld by decision")


def _proof(view: View, sources: Sources) -> Iterator[Block]:
    yield Heading("How to prove it")
    yield Paragraph(
        "The kiosk signs one hash over all entries of its log, the root hash. The verification code below is that of "
        "the log when this page was made. It shows later whether the log still has the same entries: run "
        "`kiosk log verify --code` with the code, at the kiosk or where a copy of its log is."
    )
    yield Paragraph(
        "This page describes the record; it is not signed. If it was written to a file, the log has the SHA-256 of "
        "that file, in the entry of this export. An evidence package proves each value that it shows, without a kiosk: "
        "`kiosk log export --format package`. Nothing can show that what somebody typed is true, that everything was "
        "recorded, or that the clock was right."
    )
    for proof in sources.proofs:
        # Only of the entries that this copy has: a gap would say that the record has one that it may not name.
        numbers = [number for event_id, number in proof.numbers.items() if event_id in view.originals]
        if not numbers:
            continue
        code = proof.code
        yield Pairs(
            (("Entries in the log", str(code.size)), ("Entries of this record", _numbers(numbers))),
        )
        exact = {
            "Log ID": proof.origin,
            "Root hash": code.root.hex(),
            "Public key of this log": str(proof.key),
            "SHA-256 of that key": proof.fingerprint,
            "Content hash of the protocol": view.record.protocol.content_hash,
            "Verification code": code.text,
        }
        yield Exact(tuple(line for title, words in exact.items() for line in (f"{title}:", words)))
        words = "QR code of the verification code, which is next to it in letters"
        yield Code(sources.matrix(code.text), words, ("Verification code, to copy by hand:", *code.lines()))


def _numbers(numbers: Sequence[int]) -> str:
    """Return entry numbers, with runs as a range."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]} to {run[-1]}" if len(run) > 1 else str(run[0]) for run in runs) or "none"
