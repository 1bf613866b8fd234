"""What the correction of a value asks: which one, the correct value or why there is none, the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from enum import StrEnum
from textwrap import shorten
from typing import Final, assert_never

from kiosk.app.acts.entering import Acts
from kiosk.app.acts.records import values
from kiosk.app.acts.records.asking import previewed, stated
from kiosk.app.acts.records.values import ClosedRecord
from kiosk.app.acts.texts import AnsweredTexts
from kiosk.errors import Refused
from kiosk.i18n.strings import has_text, text
from kiosk.presentation.acts import Answers, Preview, Question
from kiosk.presentation.values import Choice
from kiosk.protocol.model import MISSING, Field
from kiosk.protocol.replies import FACT, PUT_OFF, CallResult, Missing, Value
from kiosk.record.amend_targets import LONGEST_TEXT, AmendTarget
from kiosk.record.amendments import CALL
from kiosk.reports.formatting import called

_TYPED: Final = "+typed"
_NOT_RECORDED: Final = "+"
"""Begins the id of a reason why a fact has no value, so that it is no value of a field."""
_SHOWN: Final = 60
"""Maximum characters of a value in a choice."""


class Kind(StrEnum):
    """What can be corrected. `act.record.kind.<id>` are its words."""

    FACT = "fact"
    OTHER = "other"
    NOTE = "note"
    CALL = "call"


def correct(acts: Acts, no: str, answers: Answers) -> Question | Preview:
    """Return what the correction asks next, or its preview."""
    texts = acts.texts(answers)
    with acts.reading() as log:
        closed = values.closed_record(log, no, acts.mode)
    target = _target(acts, texts, closed)
    given = _given(acts, texts, closed, target)
    return previewed(acts, texts, values.planned(closed, target, given, stated(acts, texts), acts.clock.now()))


def _target(acts: Acts, texts: AnsweredTexts, closed: ClosedRecord) -> AmendTarget:
    offered = {kind: [*_choices(acts, closed, kind)] for kind in Kind}
    kinds = [Choice(kind, acts.words(f"record.kind.{kind}")) for kind, choices in offered.items() if choices]
    kind = Kind(texts.chosen(acts.choice("kind", "record.what", kinds)))
    which = texts.chosen(acts.choice("which", f"record.which-{kind}", offered[kind]))
    match kind:
        case Kind.FACT | Kind.OTHER:
            return closed.fact(which)
        case Kind.NOTE:
            return closed.note(int(which))
        case Kind.CALL:
            return closed.call(int(which))
        case _:
            assert_never(kind)


def _choices(acts: Acts, closed: ClosedRecord, kind: Kind) -> Iterator[Choice]:
    """Yield what can be corrected of this kind, each with its newest value."""
    record = closed.record
    recorded = _kept(closed, [*record.fields, *record.late_fields])
    match kind:
        case Kind.FACT:
            for one, target in recorded.items():
                yield _choice(acts, closed, one, _label(acts, closed, one), target)
        case Kind.OTHER:
            others = _kept(closed, closed.protocol.fields if closed.protocol else ())
            yield from (Choice(one, _label(acts, closed, one)) for one in others if one not in recorded)
        case Kind.NOTE:
            for n in range(1, len(record.notes) + 1):
                yield _choice(acts, closed, str(n), acts.words("record.note", n=n), closed.note(n))
        case Kind.CALL:
            for n, call in enumerate(record.calls, 1):
                yield _choice(acts, closed, str(n), called(call.role, call.name), closed.call(n))
        case _:
            assert_never(kind)


def _kept(closed: ClosedRecord, field_ids: Iterable[str]) -> dict[str, AmendTarget]:
    """Return the target of each fact, without those that were recorded and are no longer kept."""
    found = dict[str, AmendTarget]()
    for one in field_ids:
        with suppress(Refused):
            found[one] = closed.fact(one)
    return found


def _choice(acts: Acts, closed: ClosedRecord, choice_id: str, label: str, target: AmendTarget) -> Choice:
    said = _said(acts, closed, target, target.newest(closed.record.amendments))
    return Choice(choice_id, acts.words("record.value", name=label, value=shorten(said, _SHOWN, placeholder=" …")))


def _given(acts: Acts, texts: AnsweredTexts, closed: ClosedRecord, target: AmendTarget) -> str | Missing:
    """Return the correct value, or why there is none."""
    now = target.newest(closed.record.amendments)
    lines = [acts.words("record.says", value=_said(acts, closed, target, now)), acts.words("record.stays")]
    choices = [one for one in _new(acts, closed, target) if one.id not in _ids_of(now)]
    chosen = texts.chosen(acts.choice("now", "record.correct-value", choices, lines)) if choices else _TYPED
    if chosen != _TYPED:
        reason = chosen.removeprefix(_NOT_RECORDED)
        return Missing(reason) if reason != chosen else chosen
    typed = "" if isinstance(now, Missing) or now is None else str(now)
    return texts.typed(acts.box("value", "record.correct-value", value=typed, room=LONGEST_TEXT))


def _new(acts: Acts, closed: ClosedRecord, target: AmendTarget) -> Iterator[Choice]:
    """Yield the values that can be chosen; none for a note, whose text is typed."""
    if target.name == CALL:
        yield from (Choice(one, text(f"result.{one}", acts.language)) for one in CallResult)
    if not target.name.startswith(FACT):
        return
    field = _field(closed, target)
    if field and field.choices:
        yield from (Choice(one, words.say(acts.language)) for one, words in field.choices.items())
    else:
        yield Choice(_TYPED, acts.words("record.type-it"))
    for why in _reasons(field):
        said = text(f"missing.{why}", acts.language)
        yield Choice(f"{_NOT_RECORDED}{why}", acts.words("record.not-recorded", why=said))


def _reasons(field: Field | None) -> Iterable[str]:
    """Return the reasons why a fact may have no value; without its protocol, all of them."""
    return dict.fromkeys((*field.missing, PUT_OFF.reason)) if field else MISSING


def _ids_of(now: Value | None) -> set[str]:
    """Return the id of the choice that is the newest value; no typed text is one, whatever it reads like."""
    if isinstance(now, Missing):
        return {f"{_NOT_RECORDED}{now.reason}"}
    return set() if str(now).startswith(_NOT_RECORDED) else {str(now)}


def _field(closed: ClosedRecord, target: AmendTarget) -> Field | None:
    return closed.protocol.fields.get(target.name.removeprefix(FACT)) if closed.protocol else None


def _label(acts: Acts, closed: ClosedRecord, field_id: str) -> str:
    field = closed.protocol.fields.get(field_id) if closed.protocol else None
    return field.label.say(acts.language) if field else field_id


def _said(acts: Acts, closed: ClosedRecord, target: AmendTarget, value: Value | None) -> str:
    """Return a value as the desk shows it."""
    field, result = _field(closed, target), f"result.{value}"
    match value:
        case None:
            return ""
        case Missing(reason):
            return text(f"missing.{reason}", acts.language) if has_text(f"missing.{reason}") else reason
        case _ if field and value in field.choices:
            return field.choices[str(value)].say(acts.language)
        case _ if target.name == CALL and has_text(result):
            return text(result, acts.language)
        case _:
            return str(value)
