"""The actions of a practice run, line by line, from the entries of its record."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.desk.running import Running
from kiosk.desk.service import Desk
from kiosk.protocol.field_types.type_record import SAMPLE
from kiosk.protocol.kinds.calls import Calls, OneCall, RoleCalls
from kiosk.protocol.replies import Attempt, CallResult, Chosen, Missing, Recorded
from kiosk.scenarios.from_record import PracticeRun, practice_run
from kiosk.scenarios.model import Answered, CalledOutside, PressedKey, WentBack
from tests.builders import DA, SAYS_AGENCY, SO, a_desk, a_protocol, place
from tests.fakes import MemoryLog

PROTOCOL = a_protocol()
TO_CALL = (Answered(0, "danger", Chosen("no")), Answered(0, "who", Chosen("federal")))


@pytest.fixture
def log() -> MemoryLog:
    """An empty practice log."""
    return MemoryLog()


@pytest.fixture
def desk(log: MemoryLog) -> Desk:
    """A desk over it, in practice."""
    return a_desk(log, mode="practice")


def at_call(desk: Desk) -> Running:
    """A record that stands at the call."""
    running = desk.answer(desk.open(), place("danger"), Chosen("no"))
    return desk.answer(running, place("who"), Chosen("federal"))


def run_of(log: MemoryLog, *, keep_text: bool = False) -> PracticeRun:
    """The actions of the log's record."""
    return practice_run(log.told(), PROTOCOL, keep_text=keep_text)


def test_answers_and_presses_follow_in_their_order(desk: Desk, log: MemoryLog) -> None:
    """Nothing else of the record is a line."""
    desk.press(at_call(desk), place("call-now"), "they-left")
    assert run_of(log) == PracticeRun((*TO_CALL, PressedKey(0, "they-left")), complete=True, left_out=0)


def test_a_correction_goes_back_to_its_visit_first(desk: Desk, log: MemoryLog) -> None:
    """The corrected answer is the next line."""
    desk.correct(at_call(desk), place("who"), Chosen("police"))
    assert run_of(log).lines == (*TO_CALL, WentBack(0, "who", 1), Answered(0, "who", Chosen("police")))


def test_calls_one_after_another_are_one_line(desk: Desk, log: MemoryLog) -> None:
    """At a call step; a call outside it is a line of its own."""
    running = desk.call(at_call(desk), Attempt(SO, 0, CallResult.NO_ANSWER))
    running = desk.attempt(running, place("call-now"), Attempt(DA, 0, CallResult.NO_ANSWER))
    desk.attempt(running, place("call-now"), Attempt(DA, 1, CallResult.REACHED))
    tried = (OneCall(CallResult.NO_ANSWER), OneCall(CallResult.REACHED))
    outside = CalledOutside(0, Calls((RoleCalls(SO, (OneCall(CallResult.NO_ANSWER),)),)))
    assert run_of(log).lines == (*TO_CALL, outside, Answered(0, "call-now", Calls((RoleCalls(DA, tried),))))


def test_typed_words_become_samples_unless_they_are_kept(desk: Desk, log: MemoryLog) -> None:
    """What was not said stays missing; facts saved in part are joined."""
    running = desk.attempt(at_call(desk), place("call-now"), Attempt(DA, 0, CallResult.REACHED))
    running = desk.answer_in_part(running, place("identify"), Recorded.of({"agency-as-stated": "Homeland Security"}))
    desk.answer(running, place("identify"), SAYS_AGENCY)
    sample = Recorded.of({"agency-as-stated": SAMPLE, "agents-count": 1, "badge": Missing("refused")})
    assert run_of(log).lines[-1] == Answered(0, "identify", sample)
    assert run_of(log, keep_text=True).lines[-1] == Answered(0, "identify", SAYS_AGENCY)
    assert len(run_of(log).lines) == len(TO_CALL) + 2


def test_a_note_is_counted_as_left_out(desk: Desk, log: MemoryLog) -> None:
    """A scenario has no line for it."""
    desk.note(at_call(desk), "Two cars")
    assert run_of(log) == PracticeRun(TO_CALL, complete=True, left_out=1)


@pytest.mark.parametrize("gap", ["withheld", "encrypted"])
def test_an_answer_that_can_not_be_read_makes_the_run_incomplete(desk: Desk, log: MemoryLog, gap: str) -> None:
    """Its line is left out."""
    at_call(desk)
    *before, last = log.told()
    changed = replace(last, withheld=("option",)) if gap == "withheld" else replace(last, encrypted=("option",))
    assert practice_run([*before, changed], PROTOCOL) == PracticeRun(TO_CALL[:1], complete=False, left_out=0)
