"""The generated walk: every answer, every interrupt, every line of a `when`; and what it meets on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from time import perf_counter

import pytest

from kiosk.checks.run import check_pack
from kiosk.checks.walks.explorer import MOST_WORK, explore, share
from kiosk.protocol.findings.collector import CATALOGUE, Finding
from kiosk.protocol.kinds.ask import AskStep
from kiosk.protocol.kinds.branch import BranchStep
from kiosk.protocol.kinds.call import CallStep
from kiosk.protocol.model import RETURN, Interrupt, Option, Protocol, Role, Rule, Step, Text
from kiosk.protocol.pack import read_pack
from tests.builders import a_protocol, en
from tests.homes import PACK


def with_steps(*steps: Step, protocol: Protocol | None = None) -> Protocol:
    """The sample protocol with these steps added or changed."""
    base = protocol or a_protocol()
    return replace(base, steps={**base.steps, **{step.id: step for step in steps}})


def test_everything_is_walked_and_nothing_is_wrong() -> None:
    """Every answer is given, every line decides under some settings, and it says so."""
    protocol = a_protocol()
    explored = explore(protocol)
    assert explored.complete
    tried, count = share(protocol, explored)
    assert tried == count >= 20
    assert {("routed", n) for n in range(4)} <= explored.held
    assert list(explored.dead_lines(protocol)) == []
    assert list(explored.never_offered(protocol)) == []


def test_the_same_walk_is_made_each_time() -> None:
    """Two checks of one file never differ."""
    assert explore(a_protocol()) == explore(a_protocol())


def test_a_line_that_another_hides_is_told() -> None:
    """Whatever is answered and chosen, it never decides."""
    routed = a_protocol().steps["routed"]
    assert isinstance(routed, BranchStep)
    hidden = Rule("answer", "request", ("papers",), "wait")
    protocol = with_steps(replace(routed, rules=(*routed.rules, hidden)))
    assert list(explore(protocol).dead_lines(protocol)) == [("routed", 3)]


def test_a_line_about_an_answer_that_comes_later_is_told() -> None:
    """It looks at what nobody can have said yet."""
    early = BranchStep(id="early", rules=(Rule("answer", "wait", ("yes",), "handover"),), otherwise="who")
    danger = AskStep(id="danger", ask=en("Danger?"), options=(Option("no", en("No"), "early"),))
    base = a_protocol()
    protocol = replace(with_steps(early, danger, protocol=base), interrupts=())
    wait = protocol.steps["wait"]
    assert isinstance(wait, AskStep)
    assert list(explore(protocol).dead_lines(protocol)) == [("early", 0)]
    again = with_steps(replace(wait, options=(*wait.options, Option("again", en("Again"), "early"))), protocol=protocol)
    assert list(explore(again).dead_lines(again)) == [("early", 0)], "“again” replaces the “yes” it would look at"


def test_a_line_that_needs_two_earlier_answers_is_found_to_hold() -> None:
    """The first search does not tell answers apart; the second does."""
    who = a_protocol().steps["who"]
    assert isinstance(who, AskStep)
    route = BranchStep(
        id="routed",
        rules=(
            Rule("answer", "request", ("records", "see-student"), "wait"),
            Rule("answer", "who", ("police",), "past"),
        ),
        otherwise="handover",
    )
    explored = explore(with_steps(route))
    assert ("routed", 1) in explored.held


def test_an_answer_that_has_nowhere_to_return_to_is_told() -> None:
    """It is never on the screen."""
    base = replace(a_protocol(), interrupts=())
    call = base.steps["call-now"]
    assert isinstance(call, CallStep)
    protocol = with_steps(replace(call, nobody="identify"), protocol=base)
    danger = protocol.steps["danger"]
    assert isinstance(danger, AskStep)
    back = replace(danger, options=(*danger.options, Option("back", en("Back"), RETURN)))
    protocol = with_steps(back, protocol=protocol)
    assert ("danger", "back") in list(explore(protocol).never_offered(protocol))


def hostile(steps: int, options: int, roles: int = 1) -> Protocol:
    """A chain of questions that each also jump about, as far apart as can be."""
    words = en("x")
    names = [f"s{n}" for n in range(steps)]
    asks: dict[str, Step] = {
        name: AskStep(
            id=name,
            ask=words,
            options=tuple(Option(f"o{o}", words, names[(n + 1 + o * 37) % steps]) for o in range(options)),
        )
        for n, name in enumerate(names)
    }
    called = tuple(f"r{n}" for n in range(roles))
    asks[names[-1]] = CallStep(id=names[-1], title=words, roles=called, reached="end", nobody="end")
    base = a_protocol()
    return replace(
        base,
        start=names[0],
        steps=asks,
        roles={role: Role(role, words) for role in called},
        outcomes={"end": base.outcomes["left"]},
        interrupts=tuple(Interrupt(f"i{n}", words, names[n * 3 % steps]) for n in range(4)),
    )


@pytest.mark.parametrize(("steps", "options", "roles"), [(2_000, 35, 1), (2_000, 1, 1), (3, 1, 10_000)])
def test_a_hostile_protocol_comes_to_an_end(steps: int, options: int, roles: int) -> None:
    """Parts that were not walked are named; it takes seconds, not hours."""
    protocol = hostile(steps, options, roles)
    began = perf_counter()
    explored = explore(protocol)
    assert perf_counter() - began < 20, "generous: a busy machine must not fail it"
    if not explored.complete:
        tried, count = share(protocol, explored)
        assert 0 < tried < count
    assert MOST_WORK > 0


def test_settings_without_number_are_not_all_tried() -> None:
    """Then nothing is said never to hold, only that not everything was walked."""
    base = a_protocol()
    choices: Mapping[str, Text] = {"a": en("a"), "b": en("b"), "c": en("c")}
    some = {f"s{n}": replace(base.settings["wait-place"], id=f"s{n}", choices=choices, default="a") for n in range(5)}
    rules = tuple(Rule("setting", name, ("b",), "wait") for name in some)
    both = Rule("setting", "s0", ("z",), "wait")
    protocol = replace(with_steps(BranchStep(id="routed", rules=(*rules, both), otherwise="wait")), settings=some)
    explored = explore(protocol)
    assert not explored.complete
    assert list(explored.dead_lines(protocol)) == []


def found(text: str) -> list[Finding]:
    """Return the findings about the walk from checking a pack of this protocol."""
    return [f for f in check_pack(read_pack({"protocol.yaml": text.encode()})) if f.code.startswith("S2")]


def test_a_walk_is_part_of_checking_a_pack() -> None:
    """A dead line is a warning at its own line; a sound pack has none."""
    assert found(PACK) == []
    begin = PACK.index("  routed:")
    route = (
        "  routed:\n    when:\n"
        "      - {setting: wait-place, is: outside, next: handover}\n"
        "      - {setting: wait-place, in: [outside], next: gone}\n"
        "    otherwise: gone\n"
    )
    dead = PACK[:begin] + route + PACK[PACK.index("outcomes:") :]
    (finding,) = found(dead)
    assert (finding.code, finding.line) == ("S206", dead[: dead.index("in: [outside]")].count("\n") + 1)
    assert "wait-place is outside" in finding.cause


def test_an_answer_that_is_never_offered_is_found_at_its_line() -> None:
    """Nothing is ever called before the first question."""
    back = "options: [{id: back, label: {en: Back}, next: return}, {id: door"
    text = PACK.replace("options: [{id: door", back).replace(
        "interrupts: [{id: left, label: {en: They left}, next: gone}]\n", ""
    )
    (finding,) = found(text)
    assert (finding.code, finding.line) == ("S207", text[: text.index("id: back")].count("\n") + 1)


def test_a_pack_too_large_to_walk_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a warning, with how much was tried."""
    monkeypatch.setattr("kiosk.checks.walks.findings.explore", lambda protocol: explore(protocol, 5))
    (finding,) = found(PACK)
    assert (finding.code, str(finding.severity)) == ("S208", "warning")


def test_every_finding_of_a_walk_teaches() -> None:
    """Why it matters, what it looks like, and the same repaired."""
    for kind in (kind for code, kind in CATALOGUE.items() if code >= "S115" and code.startswith("S")):
        assert kind.why
        assert kind.bad != kind.good
