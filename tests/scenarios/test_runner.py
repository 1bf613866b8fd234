"""A scenario passes when the kiosk does what it says; else it says where the paths parted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.protocol.findings.collector import errors
from kiosk.protocol.kinds.instruction import InstructionStep
from kiosk.protocol.replies import Called
from kiosk.scenarios.runner import Coverage, ScenarioResult, coverage, read_scenarios, run
from tests.builders import DA, SO, a_protocol, a_protocol_with_duties, en, place

PROTOCOL = a_protocol()

TO_CALL = "{danger: no}, {who: federal}"
TO_FACTS = TO_CALL + ", {call-now: {@da: reached}}"
FACTS = "{identify: {agency-as-stated: Homeland Security, agents-count: 2, badge: refused}}"
TO_WAIT = f"{TO_FACTS}, {FACTS}, {{request: [records]}}"


def whole_ids(text: str) -> str:
    """The two roles' ids are long, so the cases here write @da and @so."""
    return text.replace("@da", DA).replace("@so", SO)


def played(do: str, more: str = "outcome: handover") -> ScenarioResult:
    """The result of one scenario; the file must have no errors. `more` are lines of expectations."""
    lines = "\n".join(f"  {line}" for line in more.split("\n"))
    text = whole_ids(f"- name: a\n  do: [{do}]\n{lines}\n")
    ((scenario,), findings) = read_scenarios(text.encode(), "scenarios.yaml", PROTOCOL)
    assert errors(findings) == ()
    return run(PROTOCOL, scenario)


def test_a_scenario_that_holds_passes_and_tells_its_way() -> None:
    """Each place with its answer."""
    result = played(
        f"{TO_WAIT}, {{wait: yes}}", "path: [danger, who, call-now, identify, request, wait]\noutcome: handover"
    )
    assert result.passed, result.story
    assert result.story == (
        "danger (no) → who (federal) → call-now (reached) → identify (done) → request (records) → wait (yes) → handover"
    )
    assert [str(p) for p in result.visited] == [
        "danger",
        "who",
        "call-now",
        "identify",
        "request",
        "wait",
        "handover",
    ]
    assert {"danger: no", "request: records", "routed: otherwise", "call-now: reached"} <= result.taken
    assert result.chosen == {"wait-place: entrance"}
    assert not result.pressed


@pytest.mark.parametrize(
    ("do", "more", "says"),
    [
        (
            "{danger: yes}, {who: police}",
            "outcome: handover",
            "At line 2 the scenario answers `who`, but the kiosk is at `call-911`.",
        ),
        ("{danger: yes}, {call-911: done}, {who: police}", "outcome: left", "but the kiosk ended at `emergency`."),
        (
            "{danger: no}",
            "outcome: handover",
            "At line 3 the scenario ends at `handover`, but the kiosk is at `who`.",
        ),
        ("{danger: no}, {who: parent}", "outcome: left", "ends at `left`, but the kiosk ended at `routine`."),
        ("{danger: no}, {who: go-back}", "outcome: left", "the kiosk does not offer `go-back` at `who` here."),
        (
            "{press: they-left}, {press: they-left}",
            "outcome: left",
            "presses `they-left`, but the kiosk ended at `left` already.",
        ),
        (
            "{danger: no}, {back: wait}, {wait: yes}",
            "outcome: left",
            "goes back to `wait`, which is not on its path.",
        ),
        (
            TO_CALL + ", {call-now: {@da: [no-answer, reached]}}",
            "outcome: left",
            "calls `@da` at `call-now`, but nobody of that role is left to call.",
        ),
        (
            TO_CALL + ", {call-now: {@da: reached, @so: reached}}",
            "outcome: left",
            "calls `@so` at `call-now`, but the calling has ended.",
        ),
        (
            "{danger: no}, {who: parent}",
            "path: [danger, who, call-now]",
            "At line 3 the paths differ at step 3: the scenario expects `call-now`, the kiosk reached the end.",
        ),
        (
            "{danger: no}",
            "path: [danger, call-911]",
            "differ at step 2: the scenario expects `call-911`, the kiosk reached `who`.",
        ),
        ("{danger: no}", "path: [danger]", "differ at step 2: the scenario expects no more, the kiosk reached `who`."),
        (
            "{danger: no}",
            'shows: ["say:who", "step:wait"]',
            "At line 3 the scenario expects `step:wait`, but it was never shown.",
        ),
        ("{danger: no}", 'not_shows: ["say:who"]', "At line 3 `say:who` must not be shown, but it was."),
        (
            f"{TO_FACTS}, {FACTS}",
            "record:\n  has: {badge: not-seen}\n  lacks: [badge]",
            "At line 4 the record must have `not-seen` for `badge`, but it has `refused`.",
        ),
        (f"{TO_FACTS}, {FACTS}", "record: {lacks: [agents-count]}", "must lack `agents-count`, but it has “2”."),
        ("{danger: no}", "record: {has: {agents-count: 2}}", "must have “2” for `agents-count`, but it has nothing."),
    ],
)
def test_a_scenario_that_does_not_hold_says_where_the_paths_differ(do: str, more: str, says: str) -> None:
    """In a sentence with the line, and the path that was taken."""
    result = played(do, more)
    assert not result.passed
    assert whole_ids(says) in result.story
    assert "The path: danger" in result.story


def test_every_expectation_that_is_not_met_is_told() -> None:
    """Not only the first."""
    result = played("{danger: no}", 'outcome: left\npath: [who]\nshows: ["step:wait"]')
    assert result.story.count("At line") == 3


def test_an_interrupt_leads_away_and_back() -> None:
    """And may be pressed anywhere, at an outcome too."""
    result = played(
        TO_CALL + ", {press: went-past}, {past: done}, {press: they-left}, {press: start-over}, {who: parent}",
        'outcome: routine\nshows: ["outcome:left"]',
    )
    assert result.passed, result.story
    assert result.pressed == {"went-past", "they-left", "start-over"}


def test_going_back_corrects_the_answer() -> None:
    """Text shown before the correction still counts as shown."""
    result = played(
        "{danger: yes}, {back: danger}, {danger: no}, {who: parent}", 'outcome: routine\nshows: ["step:call-911"]'
    )
    assert result.passed, result.story
    assert {"danger: yes", "danger: no"} <= result.taken


def test_a_call_is_corrected_as_a_whole() -> None:
    """The results after `back` count from the first person."""
    result = played(
        f"{TO_FACTS}, {{back: call-now}}, {{call-now: {{@da: no-answer, @so: reached}}}}",
        "path: [danger, who, call-now, identify]",
    )
    assert result.passed, result.story
    reply = result.end.replies[place("call-now")]
    assert isinstance(reply, Called)
    assert [a.result for a in reply.attempts] == ["no-answer", "reached"]


@pytest.mark.parametrize(
    ("results", "stands_at", "way"),
    [
        ("{@da: reached}", "identify", "call-now: reached"),
        ("{@da: no-answer, @so: reached}", "identify", "call-now: reached"),
        ("{@da: [no-answer, reached]}", "identify", "call-now: reached"),
        ("{@da: no-answer, @so: no-answer}", "keep-trying", "call-now: nobody"),
        ("{@da: [no-answer, nobody]}", "keep-trying", "call-now: nobody"),
        ("{@da: nobody}", "keep-trying", "call-now: nobody"),
        ("{@so: nobody}", "keep-trying", "call-now: nobody"),
        ("{@da: no-answer}}, {call-now: {@so: reached}", "identify", "call-now: reached"),
    ],
)
def test_calls_go_down_the_list(results: str, stands_at: str, way: str) -> None:
    """With two administrators: `no-answer` alone stands for both; a list is one by one."""
    more = f"people: {{@da: 2}}\nshows: ['step:{stands_at}']"
    result = played(f"{TO_CALL}, {{call-now: {results}}}", more)
    assert result.passed, result.story
    assert way in result.taken


def test_a_role_without_people_is_not_called() -> None:
    """As when the contacts file names nobody for it."""
    result = played(
        f"{TO_CALL}, {{call-now: {{@so: reached}}}}",
        "people: {@da: 0}\nshows: ['step:identify']",
    )
    assert result.passed, result.story


# -- coverage ----------------------------------------------------------------------------------------------------------

EVERYTHING = (
    ("{danger: yes}, {call-911: done}", "outcome: emergency"),
    ("{danger: no}, {who: parent}, {press: danger}, {call-911: done}", "outcome: emergency"),
    (
        f"{TO_CALL}, {{call-now: {{@da: nobody}}}}, {{keep-trying: done}}, {FACTS},"
        " {request: [papers, see-student]}, {papers: done}, {wait: no}",
        "outcome: left",
    ),
    (f"{TO_WAIT}, {{outside: done}}, {{wait: yes}}", "settings: {wait-place: outside}\noutcome: handover"),
    (
        f"{TO_WAIT}, {{wait: not-sure}}, {{press: start-over}}, {{who: go-back}}, {{press: they-left}}",
        "outcome: left",
    ),
    (
        f"{{danger: no}}, {{who: police}}, {{press: went-past}}, {{past: done}},"
        f" {{call-now: {{@da: reached}}}}, {FACTS}, {{request: [records]}}",
        "outcome: handover",
    ),
)


def covered(*which: int) -> Coverage:
    """Return the combined coverage of these scenarios."""
    results = [played(*EVERYTHING[n]) for n in which]
    assert [r.story for r in results if not r.passed] == []
    return coverage(PROTOCOL, results)


def test_together_the_scenarios_above_touch_everything() -> None:
    """Every step, answer, interrupt and setting."""
    whole = covered(*range(len(EVERYTHING)))
    assert whole.never == ()
    assert whole.complete
    assert (whole.steps.hit, whole.steps.all) == (11, 11)
    assert (whole.options.hit, whole.options.all) == (24, 24)
    assert (whole.interrupts.hit, whole.interrupts.all) == (4, 4)
    assert (whole.settings.hit, whole.settings.all) == (2, 2)


@pytest.mark.parametrize(
    ("without", "never"),
    [
        (0, ("answer danger: yes",)),
        (1, ("answer who: parent", "interrupt danger")),
        (
            2,
            (
                "step keep-trying",
                "step papers",
                "answer call-now: nobody",
                "answer keep-trying: done",
                "answer request: see-student",
                "answer request: papers",
                "answer routed: request is papers",
                "answer papers: done",
                "answer wait: no",
            ),
        ),
        (
            3,
            (
                "step outside",
                "answer routed: wait-place is outside",
                "answer outside: done",
                "answer wait: yes",
                "setting wait-place: outside",
            ),
        ),
        (
            4,
            (
                "answer who: go-back",
                "answer routed: otherwise",
                "answer wait: not-sure",
                "interrupt start-over",
                "interrupt they-left",
            ),
        ),
        (
            5,
            (
                "step past",
                "answer who: police",
                "answer routed: who is police or parent",
                "answer past: done",
                "interrupt went-past",
            ),
        ),
    ],
)
def test_what_is_never_touched_is_named(without: int, never: tuple[str, ...]) -> None:
    """Leaving one scenario out names exactly what only it touched."""
    part = covered(*(n for n in range(len(EVERYTHING)) if n != without))
    assert part.never == never
    assert not part.complete


def test_a_scenario_that_fails_covers_nothing() -> None:
    """A scenario that failed proves nothing."""
    failed = played("{danger: no}", "outcome: left")
    assert not failed.passed
    assert coverage(PROTOCOL, [failed]).steps.hit == 0


def test_no_scenarios_cover_nothing_and_a_new_step_is_named() -> None:
    """A step added without a scenario is seen at once."""
    steps = {**PROTOCOL.steps, "new": InstructionStep(id="new", do=en("New."), next="left")}
    grown = replace(PROTOCOL, steps=steps)
    everything = [played(*case) for case in EVERYTHING]
    assert coverage(grown, everything).never == ("step new", "answer new: done")
    assert coverage(PROTOCOL, []).interrupts.never == ("danger", "went-past", "start-over", "they-left")


def test_a_duty_of_the_outcome_is_shown() -> None:
    """By its id; a scenario that ends elsewhere does not show it, and an unknown duty is a finding."""
    protocol = a_protocol_with_duties()
    whole = whole_ids(f"- {{name: a, do: [{TO_WAIT}, {{wait: yes}}], shows: [duty:entry], not_shows: [duty:papers]}}\n")
    ((scenario,), findings) = read_scenarios(whole.encode(), "scenarios.yaml", protocol)
    assert findings == ()
    (unmet,) = run(protocol, scenario).unmet
    assert "`duty:papers` must not be shown" in str(unmet)
    wrong = whole.replace("duty:entry", "duty:entri")
    assert [finding.code for finding in read_scenarios(wrong.encode(), "scenarios.yaml", protocol)[1]] == ["S111"]
