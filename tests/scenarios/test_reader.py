"""A scenarios file is read whole, and whatever the protocol does not have is named with its line."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.protocol.findings.collector import CATALOGUE, Finding, errors
from kiosk.protocol.kinds.calls import Calls, OneCall, RoleCalls
from kiosk.protocol.replies import CallResult, Chosen, Confirmed, Missing, Recorded, Ticked
from kiosk.scenarios.model import Answered, PressedKey, Scenario, WentBack
from kiosk.scenarios.runner import read_scenarios
from tests.builders import DA, a_protocol

PROTOCOL = a_protocol()

WHOLE = """\
- name: Two agents, then everything
  settings: {wait-place: outside}
  people: {designated-administrator: 2}
  do:
    - {danger: no}
    - {who: federal}
    - {call-now: {designated-administrator: [no-answer, reached]}}
    - {identify: {agency-as-stated: "Homeland Security", agents-count: 2, badge: refused}}
    - {request: [papers, records]}
    - {papers: done}
    - {press: they-left}
    - {back: who}
    - {who: police}
  path: [danger, who, call-now, identify, request, papers, wait]
  outcome: left
  shows: ["say:who", "ask:wait", "do:papers", "step:past", "outcome:left"]
  not_shows: ["outcome:emergency"]
  record: {has: {agents-count: 2, badge: refused}, lacks: [agency-as-stated]}
"""


def read(text: str) -> tuple[tuple[Scenario, ...], tuple[Finding, ...]]:
    """A file's scenarios and findings."""
    return read_scenarios(text.encode(), "scenarios.yaml", PROTOCOL)


def test_a_file_with_everything_in_it_is_read() -> None:
    """The vocabulary of the manual, line by line."""
    ((scenario,), findings) = read(WHOLE)
    assert findings == ()
    assert scenario.do == (
        Answered(5, "danger", Chosen("no")),
        Answered(6, "who", Chosen("federal")),
        Answered(7, "call-now", Calls((RoleCalls(DA, (OneCall(CallResult.NO_ANSWER), OneCall(CallResult.REACHED))),))),
        Answered(
            8,
            "identify",
            Recorded.of({"agency-as-stated": "Homeland Security", "agents-count": 2, "badge": Missing("refused")}),
        ),
        Answered(9, "request", Ticked(("records", "papers"))),
        Answered(10, "papers", Confirmed()),
        PressedKey(11, "they-left"),
        WentBack(12, "who"),
        Answered(13, "who", Chosen("police")),
    )
    assert (scenario.settings, scenario.people) == ({"wait-place": "outside"}, {DA: 2})
    assert scenario.path == ("danger", "who", "call-now", "identify", "request", "papers", "wait")
    assert (scenario.outcome, scenario.shows[0], scenario.not_shows) == ("left", "say:who", ("outcome:emergency",))
    assert (scenario.has, scenario.lacks) == ({"agents-count": 2, "badge": Missing("refused")}, ("agency-as-stated",))
    assert (scenario.name, scenario.line, scenario.lines["outcome"]) == ("Two agents, then everything", 1, 15)


def test_a_fact_that_is_left_out_is_left_for_later() -> None:
    """As an empty box is at the desk."""
    ((scenario,), findings) = read("- {name: a, do: [{identify: {badge: 7}}], outcome: left}")
    assert findings == ()
    (line,) = scenario.do
    assert isinstance(line, Answered)
    later = Missing("deferred")
    assert line.reply == Recorded.of({"agency-as-stated": later, "agents-count": later, "badge": "7"})


def test_a_step_that_records_a_fact_the_protocol_lacks_is_read_with_the_others() -> None:
    """The protocol has its own finding for that; its scenarios still read."""
    whole = a_protocol()
    fewer = replace(whole, fields={name: f for name, f in whole.fields.items() if name != "badge"})
    scenarios, _ = read_scenarios(b"- {name: a, do: [{identify: {agents-count: 2}}], outcome: left}", "s", fewer)
    (line,) = scenarios[0].do
    assert isinstance(line, Answered)
    assert line.reply == Recorded.of({"agency-as-stated": Missing("deferred"), "agents-count": 2})


CASES = (
    ("S101", "{danger: no}", "{danger: no, who: police}"),
    ("S102", "{danger: no}", "{dangr: no}"),
    ("S102", "[danger, who, call-now,", "[danger, whoo, call-now,"),
    ("S102", "{back: who}", "{back: whom}"),
    ("S102", "[danger, who, call-now,", "[danger, routed, call-now,"),
    ("S103", "{danger: no}", "{routed: no}"),
    ("S104", "{danger: no}", "{danger: maybe}"),
    ("S104", "[papers, records]", "[papers, recrds]"),
    ("S105", "{press: they-left}", "{press: left}"),
    ("S106", "{designated-administrator: [no-answer, reached]}", "{janitor: reached}"),
    ("S107", "badge: refused}}", "badge: refused, shoes: brown}}"),
    ("S108", "agents-count: 2, badge: refused}}", "agents-count: refused, badge: refused}}"),
    ("S109", "    - {who: police}\n", ""),
    ("S109", "{who: police}", "{danger: no}"),
    ("S110", WHOLE, WHOLE + WHOLE),
    ("S111", '"say:who"', '"say:papers"'),
    ("S111", '["outcome:emergency"]', '["outcome:emergancy"]'),
    ("S112", WHOLE, "- name: idle\n  do: [{danger: no}]\n"),
    ("S113", "people: {designated-administrator: 2}", "people: {designated-administrator: many}"),
    ("S113", "people: {designated-administrator: 2}", "people: {designated-administrator: 100}"),
    ("S114", "outcome: left", "outcome: lft"),
    ("P101", "outcome: left", "outcom: left"),
    ("P102", "- name: Two agents, then everything\n  settings", "- settings"),
    ("P103", "{request: [papers, records]}", "{request: {papers: yes}}"),
    ("P103", "{papers: done}", "papers"),
    ("P103", "{identify: {agency-as-stated", "{identify: done}\n    - {identify: {agency-as-stated"),
    ("P108", "{papers: done}", "{papers: read}"),
    ("P108", "[no-answer, reached]", "[no-answer, met]"),
    ("P202", "people: {designated-administrator: 2}", "people: {janitor: 2}"),
    ("P203", "lacks: [agency-as-stated]", "lacks: [agency]"),
    ("P203", "has: {agents-count: 2", "has: {agents: 2"),
    ("P204", "settings: {wait-place", "settings: {weight-place"),
    ("P207", "{wait-place: outside}", "{wait-place: outsid}"),
)


@pytest.mark.parametrize(("code", "old", "new"), CASES)
def test_what_the_protocol_does_not_have_is_found_on_its_line(code: str, old: str, new: str) -> None:
    """The finding has the code, the changed line, a cause and a repair."""
    assert old in WHOLE
    text = WHOLE.replace(old, new, 1)
    _, findings = read(text)
    found = [f for f in findings if f.code == code]
    assert found, [str(f) for f in findings]
    begin = WHOLE.index(old)
    first = WHOLE[:begin].count("\n") + 1
    assert any(first - 1 <= f.line <= first + new.count("\n") for f in found), [str(f) for f in found]
    assert all(f.repair for f in found)


def test_no_kind_of_finding_about_scenarios_is_untested() -> None:
    """Each new code needs a file that shows it."""
    # What comes of playing and of walking is in test_scenario_findings and test_exploring.
    # S119 is in tests/engine/test_choices: it takes a field that is chosen.
    reading = {code for code in CATALOGUE if "S101" <= code <= "S114"}
    assert {code for code, _, _ in CASES if code.startswith("S")} == reading


def test_all_findings_are_collected() -> None:
    """Never only the first."""
    text = (
        WHOLE.replace("danger: no", "dangr: no").replace("press: they-left", "press: lef").replace(": left\n", ": l\n")
    )
    assert [f.code for f in errors(read(text)[1])] == ["S102", "S105", "S114"]


def test_a_misspelt_word_is_told_the_nearest_one() -> None:
    """So that the repair is one look away."""
    _, findings = read(WHOLE.replace("{who: federal}", "{who: fedral}"))
    assert [f.repair for f in findings] == ["Did you mean “federal”?"]
    assert str(findings[0]).startswith("scenarios.yaml:6:")


@pytest.mark.parametrize("text", ["", "name: x", "- 1", "[[]]", "- {name: a, do: {}}", "- {name: a, do: [[]]}", "\t"])
def test_a_file_of_another_shape_is_told_so(text: str) -> None:
    """No traceback; at least one error."""
    assert errors(read(text)[1])


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
@settings(deadline=None)  # two shared cores can be slow
def test_any_bytes_are_read(data: bytes) -> None:
    """Findings or scenarios, never an exception."""
    scenarios, findings = read_scenarios(data, "scenarios.yaml", PROTOCOL)
    assert scenarios or findings
    assert {finding.file for finding in findings} <= {"scenarios.yaml"}


@given(st.integers(0, len(WHOLE)), st.integers(0, 30), st.text("{}[]:,- \nadno", max_size=8))
@settings(deadline=None)  # two shared cores can be slow
def test_any_slip_of_the_pen_is_read(at: int, gone: int, typed: str) -> None:
    """A good file with something lost and something typed."""
    scenarios, findings = read(WHOLE[:at] + typed + WHOLE[at + gone :])
    assert scenarios or findings
