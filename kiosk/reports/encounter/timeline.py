"""One entry of a record in words: what was asked, said, answered, called, noted, amended."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from kiosk.presentation.status import seconds_between
from kiosk.protocol.kinds.record import facts_in
from kiosk.protocol.replies import FACT, CallResult, Place, Value
from kiosk.record import bodies
from kiosk.record.after_action.assessment import assessments_of
from kiosk.record.amendments import WITHHELD
from kiosk.record.encounter_record import LoggedCall, ref_of
from kiosk.record.entries import LoggedEntry
from kiosk.record.entry_kinds import ANSWERS, RETENTION, EntryKind, Kind
from kiosk.reports.amendments import assessment_lines, in_lines, new_value, subject
from kiosk.reports.audit_trail import sentence
from kiosk.reports.document.model import Cell, Line, Style
from kiosk.reports.encounter.view import View
from kiosk.reports.formatting import called, closing_reason, duration, ended_as, in_words, shown, with_meaning
from kiosk.system.clock import Instant

_DAY: Final = 86_400


def rows(view: View) -> Iterator[tuple[Cell, ...]]:
    """Yield the row of each entry: its number, its time with the time since the start, and what happened."""
    before: Place | None = None
    for kept in view.entries:
        lines = [*_answered(view, kept, before)] if kept.kind in ANSWERS else [*_happened(view, kept)]
        lines += [Line(f"{value.name}: {value.reason}", Style.QUIET) for value in view.left_out(kept)]
        for made in view.record.amendments_of(ref_of(kept)):
            now = view.texts.amended(made) if view.texts else new_value(made)
            words = f"Amended later, in entry {made.ref.entry}: {subject(made)} is now {now}"
            lines.append(Line(words, Style.QUIET))
        yield (Line(str(kept.seq)),), _time(view, kept.at), tuple(lines)
        given = bodies.given_in(kept.kind, kept.step or "", kept.body)
        before = given.place if given and given.part else None


def since(start: Instant, at: Instant) -> str:
    """Return the time since the start, in hours, minutes and seconds, or in days."""
    seconds = seconds_between(start, at)
    if seconds >= _DAY:
        return f"+{duration(seconds * 1_000_000)}"
    return f"+{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def person(view: View, call: LoggedCall) -> str:
    """Return who was called: the title of the role where the copy has it, else its id; and the name."""
    title = role_title(view, call.role)
    return title if call.name == call.role else called(title, call.name)


def role_title(view: View, role: str) -> str:
    """Return the title of a role where the copy has it, else its id."""
    known = view.protocol.roles.get(role) if view.protocol else None
    return " ".join(view.texts.words(known.title)) if view.texts and known else role


def _time(view: View, at: Instant) -> Cell:
    first, local = view.record.opened_at.local(view.zone), at.local(view.zone)
    same = (local.date(), local.utcoffset()) == (first.date(), first.utcoffset())
    day = () if same else (f"{local:%Y-%m-%d} {local:%z}",)
    return tuple(map(Line, (*day, f"{local:%H:%M:%S}", since(view.record.opened_at, at))))


def _answered(view: View, kept: LoggedEntry, before: Place | None) -> Iterator[Line]:
    """Yield the texts of the step, unless they stayed on the screen, and the answer."""
    given = bodies.given_in(kept.kind, kept.step or "", kept.body)
    place = given.place if given else None
    if place is None or place != before:
        yield from _asked(view, kept)
    if place is not None and f"{place.step}#{place.visit}".removesuffix("#1") in view.record.superseded:
        yield Line("superseded: off the path after going back", Style.QUIET)
    calls = [call for call in view.record.calls if call.ref.event_id == kept.event_id]
    if calls:
        answers = [f"{person(view, call)}: {CallResult.words_for(call.result)}" for call in calls]
    elif facts := facts_in(kept.body):
        answers = [_fact(view, name, value, kept) for name, value in facts.items() if value != WITHHELD]
    elif given and view.texts:
        answers = [*view.texts.reply(given.place, given.reply, kept.body)]
    else:
        answer = bodies.answer_of(kept.body)
        answers = [] if answer is None else [in_words(answer)]
    yield from (Line(f"{_ANSWER.get(kept.kind, kept.kind.words)}: {words}") for words in answers)


def _fact(view: View, name: str, value: Value, kept: LoggedEntry) -> str:
    words = view.texts.value(name, value) if view.texts else shown(value)
    return f"{fact_label(view, name)}: {with_meaning(words, bodies.meanings_in(kept.body).get(FACT + name))}"


def fact_label(view: View, name: str) -> str:
    """Return the label of a fact where the copy has it, else its id."""
    known = view.protocol.fields.get(name) if view.protocol else None
    return " ".join(view.texts.words(known.label)) if view.texts and known else name


_ANSWER: Final[Mapping[Kind, str]] = {
    EntryKind.STEP_ANSWERED: "Answer",
    EntryKind.STEP_PARTIAL: "Answered in part",
    EntryKind.STEP_CORRECTED: "Changed answer",
}


def _asked(view: View, kept: LoggedEntry) -> Iterator[Line]:
    step = view.protocol.steps.get(kept.step or "") if view.protocol else None
    if view.texts is None or step is None:
        yield Line(f"Step {kept.step}", Style.STRONG)
        return
    titles = [words for text in (step.title, step.question) for words in view.texts.words(text)]
    yield from (Line(words, Style.STRONG) for words in titles or [f"Step {step.id}"])
    yield from (Line(f"Shown to staff: {words}") for words in view.texts.words(step.do))
    if aloud := view.texts.words(step.say, aloud=True):
        yield Line("To be said aloud:")
        yield from (Line(words, Style.SAID) for words in aloud)


def _happened(view: View, kept: LoggedEntry) -> Iterator[Line]:
    yield Line(kept.kind.words, Style.STRONG)
    if kept.kind in RETENTION or kept.kind in _TOLD:
        yield Line(sentence(kept))
    elif describe := _WORDS.get(kept.kind):
        yield from map(Line, describe(view, kept))


_TOLD: Final = frozenset({EntryKind.STAFF_CHANGED, EntryKind.DISCLOSURE_REVIEWED})
"""The kinds that have the sentence of the audit trail."""


def _assessed(view: View, kept: LoggedEntry) -> Iterator[str]:
    for one in (one for one in assessments_of(view.record) if one.ref.event_id == kept.event_id):
        yield from assessment_lines(one)


def _opened(_: View, kept: LoggedEntry) -> Iterator[str]:
    if initials := kept.body.get("staff"):
        yield f"At the desk: {initials}"


def _call(view: View, kept: LoggedEntry) -> Iterator[str]:
    for call in (one for one in view.record.calls if one.ref.event_id == kept.event_id):
        late = ", made after the record was closed" * view.record.is_late(call.ref)
        yield f"{person(view, call)}: {CallResult.words_for(call.result)}{late}"


def _note(view: View, kept: LoggedEntry) -> Iterator[str]:
    for note in (one for one in view.record.notes if one.ref.event_id == kept.event_id):
        if note.text != "(withheld)":
            yield from with_meaning(shown(note.text), note.meaning).splitlines()


def _amendment(view: View, kept: LoggedEntry) -> Iterator[str]:
    for made in (one for one in view.record.amendments if one.ref.event_id == kept.event_id):
        yield f"It amends entry {made.target.entry}."
        yield from in_lines(made, view.record, view.zone)


def _closed(view: View, kept: LoggedEntry) -> Iterator[str]:
    record = view.record
    outcome = view.protocol.outcomes.get(record.outcome or "") if view.protocol else None
    if view.texts and outcome:
        yield from view.texts.words(outcome.title)
        yield from (f"Shown to staff: {words}" for words in view.texts.words(outcome.do))
    else:
        yield ended_as(record)
    if "reason" in kept.body:
        yield f"Reason: {closing_reason(record)}" + (f", {record.closed_by}" if record.closed_by else "")
    if record.not_notified:
        yield f"Not notified when it was closed: {', '.join(record.not_notified)}"


def _reviewed(_: View, kept: LoggedEntry) -> Iterator[str]:
    known = ((_REVIEW.get(name, name), value) for name, value in kept.body.items())
    yield from (f"{name}: {'yes' if value else 'no'}" for name, value in known if isinstance(value, bool))


_REVIEW: Final = {"facts_only": "only facts were typed", "names_child": "typed text names a child, class or room"}


def _linked(view: View, kept: LoggedEntry) -> Iterator[str]:
    yield from (f"{link.no}: {link.how}" for link in view.record.links if link.at == kept.at)


_WORDS: Final[Mapping[Kind, Callable[[View, LoggedEntry], Iterator[str]]]] = {
    EntryKind.ENCOUNTER_OPENED: _opened,
    EntryKind.CALL_MADE: _call,
    EntryKind.NOTE_ADDED: _note,
    EntryKind.AMENDMENT_ADDED: _amendment,
    EntryKind.RECORD_ASSESSED: _assessed,
    EntryKind.ENCOUNTER_CLOSED: _closed,
    EntryKind.ENCOUNTER_REVIEWED: _reviewed,
    EntryKind.ENCOUNTER_LINKED: _linked,
}
"""What a kind of entry has beyond its name; other kinds have nothing."""
