"""The findings from the scenarios of a pack, and how a failure is shown next to the expected path."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import pytest

from kiosk.checks.run import check_pack
from kiosk.protocol.findings.collector import CATALOGUE, Finding
from kiosk.protocol.pack import read_pack
from kiosk.scenarios import runner as playing
from kiosk.scenarios.fork import Fork, side_by_side
from kiosk.scenarios.reader import MAX_LINES
from kiosk.scenarios.runner import read_scenarios, run
from tests.builders import DA, a_protocol
from tests.homes import PACK, SCENARIOS

SHIPPED = Path(__file__).parents[2] / "protocols" / "ct-outside-agent"
WHOLE = SCENARIOS


def found(scenarios: str, pack: str = PACK) -> list[Finding]:
    """Return the findings of checking the small pack with these scenarios."""
    return list(check_pack(read_pack({"protocol.yaml": pack.encode(), "scenarios.yaml": scenarios.encode()})))


def test_the_shipped_pack_is_in_order_whole() -> None:
    """Structure, contacts, scenarios and the walk, well within the time a person waits."""
    files = {path.name: path.read_bytes() for path in SHIPPED.glob("*.yaml")}
    assert {"scenarios.yaml", "contacts.example.yaml"} <= files.keys()
    began = perf_counter()
    assert check_pack(read_pack(files)) == ()
    assert perf_counter() - began < 10, "generous: a busy machine must not fail it"


def test_scenarios_that_touch_everything_are_in_order() -> None:
    """Each step, answer, interrupt and setting."""
    assert found(WHOLE) == []


def test_a_failing_scenario_is_an_error_at_the_line_that_expects_it() -> None:
    """Under the name it has, with where the paths parted."""
    text = WHOLE.replace("outcome: handover", "outcome: gone", 1)
    (finding,) = [f for f in found(text) if f.code == "S115"]
    assert (finding.file, finding.line, str(finding.severity)) == ("scenarios.yaml", 6, "error")
    assert "“An agent at the door” does not pass: At line 6 the scenario ends at `gone`" in finding.cause


def test_what_no_scenario_touches_is_one_warning_for_each_sort() -> None:
    """Named, and counted."""
    gaps = [f for f in found(SCENARIOS.partition("- name: A call")[0]) if f.code == "S116"]
    assert [str(f.severity) for f in gaps] == ["warning"] * len(gaps)
    told = " ".join(f.cause for f in gaps)
    for words in (
        "2 of the 2 interrupts: left, danger.",
        "1 of the 2 settings: wait-place: inside.",
        "call-now: nobody",
    ):
        assert words in told


def test_a_scenario_that_does_not_read_is_told_of_once() -> None:
    """Not again because it then fails."""
    codes = [f.code for f in found(WHOLE.replace("channel: phone", "channel: roof"))]
    assert "S104" in codes
    assert "S115" not in codes


def test_scenarios_are_not_played_by_a_protocol_that_does_not_hold() -> None:
    """The engine relies on what the check promises."""
    codes = {f.code for f in found(WHOLE, PACK.replace("next: routed", "next: nowhere"))}
    assert codes == {"P201"}


def test_too_many_lines_are_told_and_not_played() -> None:
    """A scenario is short; the rest of the file is still checked."""
    lines = ", ".join(["{channel: door}"] * (MAX_LINES + 1))
    text = WHOLE + f"- {{name: long, do: [{lines}], outcome: gone}}\n"
    assert [(f.code, f.line) for f in found(text)] == [("S117", text.count("\n"))]


def test_a_file_too_large_to_play_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Scenarios that were not played are counted."""
    monkeypatch.setattr(playing, "MOST_WORK", 150)
    late = [f for f in found(WHOLE) if f.code == "S118"]
    assert [str(f.severity) for f in late] == ["warning"]
    assert late[0].cause.endswith("scenarios were not run, because the file is too large.")


@pytest.mark.parametrize(
    "line", ["{channel: door}", "{press: left}", "{back: channel}", "{call-now: {office: no-answer}}"]
)
def test_a_hostile_file_comes_to_an_end(line: str) -> None:
    """A megabyte of lines is refused or played within seconds."""
    item = f"- {{name: a, do: [{', '.join([line] * 450)}], outcome: gone}}\n"
    text = item * min(20, (1 << 20) // len(item))
    began = perf_counter()
    assert found(text)
    assert perf_counter() - began < 20, "generous: a busy machine must not fail it"


def test_every_finding_of_playing_is_shown_here() -> None:
    """And is in the catalog."""
    assert {"S115", "S116", "S117", "S118"} == {code for code in CATALOGUE if "S115" <= code < "S119"}


def forks(do: str, more: str) -> tuple[Fork, ...]:
    """Where a scenario of the sample protocol parts."""
    text = f"- name: a\n  do: [{do}]\n  {more}\n".replace("@da", DA)
    ((scenario,), findings) = read_scenarios(text.encode(), "scenarios.yaml", a_protocol())
    assert findings == ()
    return run(a_protocol(), scenario).forks


@pytest.mark.parametrize(
    ("do", "more", "expected", "came"),
    [
        ("{danger: no}, {wait: yes}", "outcome: left", ("danger", "wait"), ("danger", "who")),
        ("{danger: no}, {who: parent}", "outcome: left", ("danger", "who", "left"), ("danger", "who", "routine")),
        (
            "{danger: no}, {who: parent}",
            "path: [danger, who, wait]",
            ("danger", "who", "wait"),
            ("danger", "who", "routine"),
        ),
        (
            "{danger: no}, {who: parent}",
            'shows: ["say:identify"]',
            ("danger", "who", "routine", "shows say:identify"),
            ("danger", "who", "routine", "never shown"),
        ),
        (
            "{danger: no}, {who: parent}",
            'not_shows: ["say:who"]',
            ("danger", "who", "never shows say:who"),
            ("danger", "who", "say:who"),
        ),
        (
            "{danger: no}, {who: go-back}",
            "outcome: left",
            ("danger", "who", "answer go-back"),
            ("danger", "who", "offers federal, police, parent"),
        ),
        ("{back: wait}, {wait: yes}", "outcome: left", ("back to wait",), ("danger",)),
    ],
)
def test_both_ways_are_given_up_to_the_fork(
    do: str, more: str, expected: tuple[str, ...], came: tuple[str, ...]
) -> None:
    """For a line, an outcome, a path and a sight; the line is the one that expects it."""
    (fork,) = forks(do, more)
    assert (fork.expected, fork.actual) == (expected, came)
    assert fork.line in {2, 3}


def test_the_two_paths_are_side_by_side_in_ids_and_words() -> None:
    """Only the steps that differ are marked; a long path is cut at its beginning."""
    (fork,) = forks("{danger: no}, {who: parent}", "outcome: left")
    lines = list(side_by_side(a_protocol(), fork))
    assert lines[0].split() == ["expected", "actual"]
    assert lines[1].startswith("      danger  Is anyone in danger right n…")
    (marked,) = [line for line in lines if line.startswith("    >")]
    assert "left  They left" in marked
    assert "routine  An ordinary visit" in marked
    assert max(map(len, lines)) <= 80
    long = Fork(1, ("danger",) * 20 + ("who",), ("danger",) * 20 + ("wait",))
    told = list(side_by_side(a_protocol(), long))
    assert "14 more before" in told[1]
    assert len(told) == 9


@pytest.mark.parametrize(
    ("do", "outcome"),
    [
        ("{danger: no}, {who: federal}, {call-now: {@da: [no-answer]}}, {press: they-left}", "left"),
        (
            "{press: start-over}, {who: go-back}, {danger: no}, {back: danger#1}, {danger: yes}, {call-911: done}",
            "emergency",
        ),
        ("{danger: no}, {back: danger}, {press: they-left}", "left"),
    ],
)
def test_what_practice_can_do_a_scenario_can_say(do: str, outcome: str) -> None:
    """One call of two and then an interrupt, an earlier visit corrected, an answer corrected to an interrupt."""
    assert forks(do, f"people: {{{DA}: 2}}\n  outcome: {outcome}") == ()
