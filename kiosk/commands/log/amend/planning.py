"""What the typed options of `kiosk log amend` would enter, with prompts for what is missing."""

from __future__ import annotations

from typing import assert_never

from kiosk.app.acts.records import early_end, late_call, public_review, values
from kiosk.app.acts.records.planned import Planned, Stated
from kiosk.app.acts.records.values import ClosedRecord
from kiosk.commands.common import output
from kiosk.commands.common.people import enter_view
from kiosk.commands.common.prompts import arg_or_prompt
from kiosk.commands.common.records import reading
from kiosk.commands.log.amend.acts import Act, Asked
from kiosk.errors import UsageError
from kiosk.log.record_search import find_record
from kiosk.privacy.meanings import Meaning
from kiosk.protocol.replies import CallResult, Missing
from kiosk.record.amend_targets import AmendTarget
from kiosk.record.endings import Ending
from kiosk.record.people.logins import Viewed
from kiosk.settings import LONGEST, Home, Mode
from kiosk.system.clock import SystemClock


def planned(home: Home, mode: Mode, no: str, asked: Asked) -> Planned:
    """Return what would be entered into the record. Raises Refused, UsageError or PrivateText."""
    match asked.act:
        case Act.FIELD | Act.NOTE | Act.CALL | Act.ADD:
            return _value(home, mode, no, asked)
        case Act.CALLED:
            return _call(home, mode, no, asked)
        case Act.CLOSE:
            return _end(home, mode, no, asked, Ending.UNFINISHED)
        case Act.VOID:
            return _end(home, mode, no, asked, Ending.VOID)
        case Act.REVIEWED:
            return _review(home, mode, no, asked)
        case _:
            assert_never(asked.act)


def _stated(asked: Asked, question: str) -> Stated:
    texts = asked.texts
    return Stated(texts, lambda: texts.text(asked.reason, "--reason", question), lambda: texts.name(asked.by))


def _value(home: Home, mode: Mode, no: str, asked: Asked) -> Planned:
    with reading(home, mode) as log:
        closed = values.closed_record(log, no, mode)
    target = _target(closed, asked)
    given = Missing(asked.not_recorded) if asked.not_recorded else asked.texts.checked("text", _typed(asked))
    return values.planned(closed, target, given, _stated(asked, "Reason (kept in the log)"), SystemClock().now())


def _target(closed: ClosedRecord, asked: Asked) -> AmendTarget:
    """Return the value to amend. Raises UsageError if the record does not have it."""
    match asked.act:
        case Act.FIELD:
            return closed.fact(asked.of)
        case Act.NOTE:
            return closed.note(asked.of)
        case Act.CALL:
            return closed.call(asked.of)
        case _:
            return closed.addition()


def _typed(asked: Asked) -> str:
    return str(asked.of) if asked.act is Act.ADD else arg_or_prompt(asked.value, "--value", "Correct value")


def _call(home: Home, mode: Mode, no: str, asked: Asked) -> Planned:
    with reading(home, mode) as log:
        record = find_record(log, no, mode)
    role, result = late_call.require_role(record, asked.of.strip()), CallResult.of_id(asked.result)
    if result is None:
        raise UsageError("--called needs --result.", f"Give the result of the call: {', '.join(late_call.RESULTS)}.")
    person = asked.texts.checked("name", asked.name, LONGEST, Meaning.NAME) if asked.name else role
    return late_call.planned(record, role, result, person, asked.texts.name(asked.by))


def _end(home: Home, mode: Mode, no: str, asked: Asked, ending: Ending) -> Planned:
    with reading(home, mode) as log:
        return early_end.planned(home, mode, log, no, ending, _stated(asked, "Reason for closing it before its end"))


def _review(home: Home, mode: Mode, no: str, asked: Asked) -> Planned:
    with reading(home, mode) as log:
        read = public_review.to_read(home, mode, log, no)
    enter_view(home, Viewed.RECORD, read.record.no)
    output.lines(read.lines)
    return public_review.planned(read, _stated(asked, "Why it can leave, or what to withhold (kept in the log)"))
