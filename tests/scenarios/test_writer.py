"""A written scenario reads back as the same values."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.protocol.kinds.calls import Calls, OneCall, RoleCalls
from kiosk.protocol.replies import CallResult, Chosen, Confirmed, Missing, Recorded, Ticked
from kiosk.scenarios.model import Answered, CalledOutside, Line, PressedKey, Scenario, WentBack
from kiosk.scenarios.runner import read_scenarios
from kiosk.scenarios.writer import WIDTH, rendered
from tests.builders import DA, SO, a_protocol

PROTOCOL = a_protocol()


def back(text: str) -> Scenario:
    """The one scenario of the text, without the numbers of its lines."""
    ((scenario,), findings) = read_scenarios(text.encode(), "scenarios.yaml", PROTOCOL)
    assert findings == ()
    return replace(scenario, line=1, do=tuple(replace(line, line=0) for line in scenario.do), lines={})


CALLS = Calls(
    (
        RoleCalls(DA, (OneCall(CallResult.NO_ANSWER),)),
        RoleCalls(SO, (OneCall(CallResult.NO_ANSWER),)),
        RoleCalls(DA, (OneCall(CallResult.REACHED, 1),)),
    )
)
TYPED = Recorded.of({"agency-as-stated": 'no: "it" {is} #1', "agents-count": 2, "badge": Missing("refused")})


@pytest.mark.parametrize(
    "line",
    [
        Answered(0, "danger", Chosen("no")),
        Answered(0, "papers", Confirmed()),
        Answered(0, "request", Ticked(("records", "papers"))),
        Answered(0, "call-now", CALLS),
        Answered(0, "call-now", Calls((RoleCalls(DA, (OneCall(CallResult.NO_ANSWER),), everybody=True),))),
        Answered(0, "identify", TYPED),
        CalledOutside(0, Calls((RoleCalls(SO, (OneCall(CallResult.REACHED),)),))),
        PressedKey(0, "they-left"),
    ],
)
def test_every_kind_of_line_reads_back(line: Line) -> None:
    """Typed words too, whatever YAML would make of them."""
    scenario = Scenario(name="a", line=1, do=(line,), outcome="left")
    assert back(rendered(scenario)) == scenario


@pytest.mark.parametrize("visit", [None, 2])
def test_going_back_reads_back_with_its_visit(visit: int | None) -> None:
    """Without one it is the last visit."""
    lines = (WentBack(0, "who", visit), Answered(0, "who", Chosen("police")))
    scenario = Scenario(name="a", line=1, do=lines, outcome="left")
    assert back(rendered(scenario)) == scenario


def test_situation_and_expectations_read_back() -> None:
    """Every key of a scenario, with a name that YAML would not take without quotes."""
    scenario = Scenario(
        name="yes: “a” \\ #2",
        line=1,
        do=(PressedKey(0, "they-left"),),
        settings={"wait-place": "outside"},
        people={DA: 2, SO: 0},
        after_hours=True,
        path=("danger",),
        outcome="left",
        shows=("say:who", "outcome:left"),
        not_shows=("outcome:emergency",),
        has={"agents-count": 2, "badge": Missing("refused")},
        lacks=("agency-as-stated",),
    )
    assert back(rendered(scenario)) == scenario


def test_an_empty_path_is_not_any_path() -> None:
    """One is expected, the other is not."""
    empty = Scenario(name="a", line=1, do=(PressedKey(0, "they-left"),), path=(), outcome="left")
    assert back(rendered(empty)).path == ()
    assert back(rendered(replace(empty, path=None))).path is None


def test_a_long_path_continues_in_the_next_lines() -> None:
    """No line is too long, and none of the path is lost."""
    path = ("danger", "who", "call-now", "identify", "request", "wait") * 6
    scenario = Scenario(name="a", line=1, do=(PressedKey(0, "they-left"),), path=path)
    text = rendered(scenario)
    assert max(map(len, text.splitlines())) <= WIDTH
    assert back(text) == scenario
