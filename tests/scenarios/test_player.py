"""Playing the lines of a scenario: the way, what was shown, and the first line that does not fit."""

from __future__ import annotations

import pytest

from kiosk.protocol.kinds.calls import Calls, OneCall, RoleCalls
from kiosk.protocol.replies import CallResult, Chosen, Confirmed
from kiosk.scenarios.fork import Diverged, Fork
from kiosk.scenarios.model import Answered, CalledOutside, Line, PressedKey, Scenario, WentBack
from kiosk.scenarios.player import MOST_CALLED, Play
from tests.builders import DA, SO, a_protocol, place

PROTOCOL = a_protocol()
TO_CALL = (Answered(3, "danger", Chosen("no")), Answered(4, "who", Chosen("federal")))


def played(*lines: Line, **situation: object) -> Play:
    """A scenario played to its end."""
    play = Play(PROTOCOL, Scenario(name="a", line=1, do=lines, **situation))  # type: ignore[arg-type]  # by its name
    play.through()
    return play


def calls(role: str, *results: CallResult, everybody: bool = False) -> Calls:
    """Calls to one role, with these results."""
    return Calls((RoleCalls(role, tuple(map(OneCall, results)), everybody),))


def test_before_any_line_it_is_at_the_start() -> None:
    """Whose parts are shown already."""
    play = played()
    assert (play.way(), play.steps(), play.visited) == ("danger", ("danger",), [place("danger")])
    assert play.shown == {"step:danger", "ask:danger"}
    assert (play.taken, play.pressed) == (set(), set())


def test_answers_presses_and_outcomes_are_noted() -> None:
    """The way names each with its answer."""
    play = played(*TO_CALL, PressedKey(5, "danger"), Answered(6, "call-911", Confirmed()))
    assert play.way() == "danger (no) → who (federal) → call-now (danger pressed) → call-911 (done) → emergency"
    assert play.taken == {"danger: no", "who: federal", "call-911: done"}
    assert play.pressed == {"danger"}
    assert {"do:call-911", "outcome:emergency"} <= play.shown
    assert "do:emergency" not in play.shown


def test_a_correction_changes_the_way_and_forgets_nothing_shown() -> None:
    """The steps are those of the new way alone."""
    play = played(*TO_CALL, WentBack(5, "who"), Answered(6, "who", Chosen("parent")))
    assert play.steps() == ("danger", "who", "routine")
    assert "step:call-now" in play.shown


def test_no_answer_for_everybody_calls_each_contact_of_the_role() -> None:
    """With three administrators the office is next; a call outside the step reaches nobody for it."""
    outside = CalledOutside(5, calls(SO, CallResult.REACHED))
    called = Answered(6, "call-now", calls(DA, CallResult.NO_ANSWER, everybody=True))
    play = played(*TO_CALL, outside, called, people={DA: 3, SO: 1})
    assert [attempt.person for attempt in play.walk.attempts(place("call-now"))] == [0, 1, 2]
    assert play.walk.next_attempt(place("call-now")) == (SO, 0)


@pytest.mark.parametrize(
    ("line", "fork"),
    [
        (Answered(5, "wait", Chosen("yes")), Fork(5, ("danger", "who", "wait"), ("danger", "who", "call-now"))),
        (WentBack(6, "who", 2), Fork(6, ("danger", "who", "back to who#2"), ("danger", "who", "call-now"))),
    ],
)
def test_a_line_that_does_not_fit_tells_both_ways(line: Line, fork: Fork) -> None:
    """With the line of the file."""
    with pytest.raises(Diverged) as raised:
        played(*TO_CALL, line)
    assert raised.value.fork == fork


@pytest.mark.parametrize("people", [MOST_CALLED, MOST_CALLED + 1])
def test_a_call_of_too_many_people_is_refused(people: int) -> None:
    """The limit itself is allowed."""
    lines = (*TO_CALL, Answered(5, "call-now", calls(DA, CallResult.REACHED)))
    if people > MOST_CALLED:
        with pytest.raises(Diverged):
            played(*lines, people={DA: people, SO: 0})
    else:
        assert played(*lines, people={DA: people, SO: 0}).walk.at == place("identify")
