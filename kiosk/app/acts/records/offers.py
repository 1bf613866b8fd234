"""The acts on one record that the review screens offer, and what each asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from kiosk.app.acts.entering import Acts
from kiosk.app.acts.records import assessment, early_end, late_call, public_review, values
from kiosk.app.acts.records.asking import previewed, stated
from kiosk.app.acts.records.corrections import correct
from kiosk.app.acts.texts import AnsweredTexts, asks
from kiosk.errors import Refused
from kiosk.i18n.strings import text
from kiosk.log.record_search import find_record
from kiosk.presentation.acts import Answers, Offer, Preview, Question
from kiosk.presentation.values import Choice
from kiosk.privacy.meanings import Meaning
from kiosk.protocol.model import Protocol
from kiosk.record.after_action.assessment import Assessor, Decision
from kiosk.record.amend_targets import LONGEST_TEXT
from kiosk.record.disclosure.review import needs_review
from kiosk.record.duties.open_tasks import tasks_of
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.endings import Ending, VoidReason
from kiosk.record.people.roles import Right
from kiosk.settings import LONGEST

_YES: Final = "yes"
_NO: Final = "no"
_NOTE_ONLY: Final = "+note"
_ANOTHER: Final = "+another"
_STAYS: Final = "act.record.not-public"

_Next = Callable[[Acts, str, Answers], Question | Preview]


def record_offers(acts: Acts, record: EncounterRecord) -> list[Offer]:
    """Return what can be done with this record now."""

    def offer(one: str, right: Right, next_: _Next) -> Offer:
        return Offer(one, acts.words(f"record.{one}"), right, asks(partial(next_, acts, record.no)))

    if record.closing is None:
        return [
            offer("close", Right.AMEND, partial(_end, Ending.UNFINISHED, record)),
            offer("void", Right.AMEND, partial(_end, Ending.VOID, record)),
        ]
    kept = record.destroyed is None
    return [
        *([offer("read", Right.REVIEW, _read)] if needs_review(record.entries) else []),
        *([offer("called", Right.AMEND, _call)] if late_call.roles_of(record) else []),
        *([offer("correct", Right.AMEND, correct)] if kept else []),
        offer("add", Right.AMEND, _add),
        *([offer("assess", Right.REVIEW, _assess)] if kept else []),
    ]


def _add(acts: Acts, no: str, answers: Answers) -> Question | Preview:
    texts = acts.texts(answers)
    with acts.reading() as log:
        closed = values.closed_record(log, no, acts.mode)
    words = texts.typed(acts.box("text", "record.text", room=LONGEST_TEXT))
    plan = values.planned(closed, closed.addition(), words, stated(acts, texts), acts.clock.now())
    return previewed(acts, texts, plan)


def _call(acts: Acts, no: str, answers: Answers) -> Question | Preview:
    texts = acts.texts(answers)
    with acts.reading() as log:
        record = find_record(log, no, acts.mode)
        protocol = values.protocol_of(log, record)
    role = texts.chosen(acts.choice("role", "record.role", _roles(acts, record, protocol)))
    results = [Choice(one, text(f"result.{one}", acts.language)) for one in late_call.RESULTS]
    result = next(r for r in late_call.RESULTS if r == texts.chosen(acts.choice("result", "record.result", results)))
    person = texts.typed(acts.box("person", "record.person", optional=True, room=LONGEST), Meaning.NAME)
    role = late_call.require_role(record, role)
    return previewed(acts, texts, late_call.planned(record, role, result, person or role, texts.by()))


def _roles(acts: Acts, record: EncounterRecord, protocol: Protocol | None) -> list[Choice]:
    """Return the roles of later calls, those still to call first and marked by words."""
    known, still = protocol.roles if protocol else {}, tasks_of(record).calls
    titles = {one: known[one].title.say(acts.language) if one in known else one for one in late_call.roles_of(record)}
    return [
        Choice(one, acts.words("record.still-to-call", who=title) if one in still else title)
        for one, title in titles.items()
    ]


def _end(ending: Ending, shown: EncounterRecord, acts: Acts, no: str, answers: Answers) -> Question | Preview:
    texts = acts.texts(answers)
    with acts.reading() as log:
        why = stated(acts, texts, f"record.why-{ending}")
        if ending is Ending.VOID:
            why = replace(why, why=partial(_why_void, acts, texts, why.why))
        plan = early_end.planned(acts.home, acts.mode, log, no, ending, why, shown)
    return previewed(acts, texts, plan)


def _why_void(acts: Acts, texts: AnsweredTexts, typed: Callable[[], str]) -> str:
    """Return one of the desk's reasons, or another one that is typed."""
    choices = [Choice(one, text(f"void.{one}", acts.language)) for one in VoidReason]
    another = Choice(_ANOTHER, acts.words("record.another-reason"))
    chosen = texts.chosen(acts.choice("reason", "record.why-void", [*choices, another]))
    return typed() if chosen == _ANOTHER else chosen


def _read(acts: Acts, no: str, answers: Answers) -> Question | Preview:
    texts = acts.texts(answers)
    with acts.reading() as log:
        read = public_review.to_read(acts.home, acts.mode, log, no)
    choices = [Choice(one, acts.words(f"record.leaves.{one}")) for one in (_YES, _NO)]
    if texts.chosen(acts.choice("leaves", "record.leaves", choices, read.lines)) == _NO:
        raise Refused(text(_STAYS), text_id=_STAYS)
    return previewed(acts, texts, public_review.planned(read, stated(acts, texts, "record.why-public")))


def _assess(acts: Acts, no: str, answers: Answers) -> Question | Preview:
    texts = acts.texts(answers)
    with acts.reading() as log:
        record = find_record(log, no, acts.mode)
    role = next(r for r in Assessor if r == texts.chosen(acts.choice("role", "record.assessor", acts.each(Assessor))))
    decisions = [*acts.each(Decision), Choice(_NOTE_ONLY, acts.words("record.only-a-note"))]
    decision = Decision.of_id(texts.chosen(acts.choice("decision", "record.decision", decisions)))
    optional = decision is Decision.COMPLETE
    asked = "record.assessor-note-or-none" if optional else "record.assessor-note"
    note = texts.typed(acts.box("note", asked, optional=optional, room=LONGEST_TEXT))
    privileged = role is Assessor.COUNSEL and bool(note) and _is_privileged(acts, texts)
    plan = assessment.planned(record, role, decision, note, texts, texts.by, privileged=privileged, at=acts.clock.now())
    return previewed(acts, texts, plan)


def _is_privileged(acts: Acts, texts: AnsweredTexts) -> bool:
    choices = [Choice(one, acts.words(f"record.privileged.{one}")) for one in (_YES, _NO)]
    return texts.chosen(acts.choice("privileged", "record.privileged", choices)) == _YES
