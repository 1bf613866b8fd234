"""The graph of a protocol: what can be reached, what comes to an end, and where `return` has somewhere to lead."""

from __future__ import annotations

from random import Random

from kiosk.protocol.findings.collector import Finding
from kiosk.protocol.parsing.protocol import read_protocol
from kiosk.protocol.validation.graph import choices_that_route, trapped, trapped_where, with_settings
from kiosk.protocol.validation.structure import examined
from tests.protocol.samples import PREAMBLE

HEAD = (
    PREAMBLE
    + """\
roles: {office: {title: {en: The office}}}
settings: {wait: {ask: {en: Where?}, choices: {hall: {en: hall}, desk: {en: desk}}, default: hall}}
outcomes: {over: {title: {en: Over}, routine: true}}
"""
)


def found(steps: str, *, start: str = "a", interrupt: str | None = None) -> list[tuple[str, str]]:
    """The graph's findings for these steps, as (code, the line it points at without its indent)."""
    jump = f"interrupts: [{{id: left, label: {{en: Left}}, next: {interrupt}}}]\n" if interrupt else ""
    text = f"{HEAD}start: {start}\n{jump}steps:\n{steps}"
    findings = examined(text.encode(), "p.yaml").findings
    assert not shape_errors(findings), "the sample must read well"
    return [(f.code, text.split("\n")[f.line - 1].strip()) for f in findings if f.code.startswith("P3")]


def shape_errors(findings: tuple[Finding, ...]) -> list[Finding]:
    """Findings that would make the graph another than the test means."""
    return [f for f in findings if f.code[:2] in ("P0", "P1", "P2")]


def tell(step: str, target: str) -> str:
    """A step that tells, in one line."""
    return f"  {step}: {{do: {{en: Do}}, next: {target}}}\n"


def ask(step: str, *targets: str) -> str:
    """A step that asks, with an option for each target, in one line."""
    options = ", ".join(f"{{id: o{n}, label: {{en: O}}, next: {t}}}" for n, t in enumerate(targets))
    return f"  {step}: {{ask: {{en: Which?}}, options: [{options}]}}\n"


def call(step: str, reached: str, nobody: str) -> str:
    """A step that calls, in one line."""
    return f"  {step}: {{do: {{en: Call}}, call: [office], reached: {{next: {reached}}}, nobody: {{next: {nobody}}}}}\n"


def when(step: str, target: str, otherwise: str) -> str:
    """A step that decides, in one line."""
    return f"  {step}: {{when: [{{setting: wait, is: hall, next: {target}}}], otherwise: {otherwise}}}\n"


def test_a_straight_way_to_an_outcome_has_no_findings() -> None:
    """The simplest protocol holds."""
    assert found(tell("a", "b") + tell("b", "over")) == []


def test_a_step_after_nobody_may_return_to_the_call() -> None:
    """`nobody` remembers the call, so what follows it has somewhere to return to."""
    assert found(call("a", "over", "b") + tell("b", "c") + tell("c", "return")) == []


def test_a_step_after_nobody_that_is_also_reached_directly_has_nowhere_to_return() -> None:
    """The same step on a way without a call would lead nowhere."""
    steps = ask("x", "a", "b") + call("a", "over", "b") + tell("b", "return")

    assert found(steps, start="x") == [("P304", tell("b", "return").strip())]


def test_what_an_interrupt_leads_to_may_return() -> None:
    """An interrupt remembers the step it was pressed on."""
    assert found(tell("a", "over") + tell("b", "return"), interrupt="b") == []


def test_the_target_of_an_interrupt_reached_from_the_start_has_nowhere_to_return() -> None:
    """On the way from the start nothing was pressed."""
    steps = ask("x", "a", "over") + tell("a", "return")

    assert found(steps, start="x", interrupt="a") == [("P304", tell("a", "return").strip())]


def test_an_ask_step_with_another_answer_may_offer_return() -> None:
    """The option that returns is left out where there is nowhere to return to; the other stays."""
    assert found(ask("a", "return", "over"), interrupt="a") == []


def test_an_ask_step_with_nothing_but_return_has_no_answer_left() -> None:
    """With its options left out the screen would have no key that leads on."""
    steps = ask("x", "a", "over") + ask("a", "return", "return")

    assert found(steps, start="x", interrupt="a") == [("P304", ask("a", "return", "return").strip())]


def test_a_decision_that_may_return_needs_somewhere_to_return_to() -> None:
    """Which line of a decision holds is only known at the desk, so each of them must lead somewhere."""
    assert found(when("a", "over", "return")) == [("P304", when("a", "over", "return").strip())]


def test_a_call_whose_reached_returns_needs_somewhere_to_return_to() -> None:
    """When somebody answers, nothing has been remembered by this call."""
    assert found(call("a", "return", "over")) == [("P304", call("a", "return", "over").strip())]


def test_two_steps_that_lead_to_each_other_are_a_trap() -> None:
    """A loop with no way out has one finding, at its first step."""
    assert found(ask("a", "b", "over") + tell("b", "c") + tell("c", "b")) == [("P303", tell("b", "c").strip())]


def test_a_step_that_only_leads_into_a_trap_is_told_too() -> None:
    """The way into a trap is as bad as the trap."""
    steps = ask("x", "a", "over") + tell("a", "b") + tell("b", "b")

    assert found(steps, start="x") == [("P302", tell("a", "b").strip()), ("P303", tell("b", "b").strip())]


def test_a_loop_with_a_way_out_is_no_trap() -> None:
    """Asking again until something changes is what a front desk does."""
    assert found(ask("a", "b", "over") + tell("b", "a")) == []


def test_a_call_that_can_only_be_tried_for_ever_is_a_trap() -> None:
    """Returning to one's own call ends nothing; the interrupts don't count as a way out."""
    steps = ask("x", "a", "over") + call("a", "a", "b") + tell("b", "return")

    assert ("P303", call("a", "a", "b").strip()) in found(steps, start="x", interrupt="x")


def test_an_answer_that_returns_is_no_way_out_where_nothing_was_called() -> None:
    """The option is left out there, and what is left goes round."""
    assert found(ask("a", "a", "return") + tell("b", "over"), interrupt="b") == [
        ("P303", ask("a", "a", "return").strip()),
    ]


def test_decisions_that_lead_to_each_other_are_endless() -> None:
    """A decision shows nothing, so such a loop would stop the kiosk."""
    assert found(when("a", "over", "b") + when("b", "over", "a")) == [("P305", when("a", "over", "b").strip())]


def test_a_trap_that_only_some_districts_would_choose_is_told_with_the_choice() -> None:
    """A setting is chosen once for a school, so with that choice nobody would ever come out."""
    text = f"{HEAD}start: a\nsteps:\n{tell('a', 'b')}{when('b', 'a', 'over')}"

    traps = [f.cause for f in examined(text.encode(), "p.yaml").findings if f.code == "P303"]

    assert traps == ["There is no way out of “a”, “b” where “wait” is “hall”."]


def test_a_loop_through_a_decision_that_either_choice_leaves_is_no_trap() -> None:
    """Both choices lead on, each by another line."""
    assert found(when("a", "b", "over") + tell("b", "over")) == []


def test_a_loop_through_a_decision_and_a_screen_is_not_endless() -> None:
    """Each round waits for a person."""
    codes = {code for code, _ in found(when("a", "over", "b") + tell("b", "a"))}

    assert "P305" not in codes


def test_what_nothing_leads_to_is_told() -> None:
    """A step that no one can come to was meant to be reached."""
    assert found(tell("a", "over") + tell("b", "over")) == [("P301", tell("b", "over").strip())]


def test_what_a_wrong_target_hides_is_not_told_as_unreachable() -> None:
    """One slip should be one finding; what it should have led to is found again when it is repaired."""
    text = f"{HEAD}start: a\nsteps:\n{tell('a', 'bb')}{tell('b', 'over')}"

    codes = {f.code for f in examined(text.encode(), "p.yaml").findings}

    assert "P201" in codes
    assert not codes & {"P301", "P302", "P303"}


def test_all_ways_to_choose_are_searched_as_one_after_the_other_would_be() -> None:
    """One bit for each way to choose says the same as the protocol with that choice applied, in a hundred jumbles."""
    trapping = 0
    for seed in range(100):
        text = jumble(Random(seed))  # noqa: S311 - the same jumbles every time
        protocol = read_protocol(text.encode(), "p.yaml").protocol
        assert protocol is not None
        choices = tuple(choices_that_route(protocol))
        singly = tuple(trapped(with_settings(protocol, chosen), protocol.outcomes) for chosen in choices)
        assert trapped_where(protocol, protocol.outcomes, choices) == singly
        trapping += len(set(singly)) > 1
    assert trapping > 10, "the jumbles must trap in some ways to choose, and not in others"


def jumble(chance: Random) -> str:
    """Eight steps that lead anywhere, decided by two settings and an earlier answer."""
    names = [f"s{n}" for n in range(8)]

    def anywhere() -> str:
        return chance.choice([*names, *names, "over", "return"])

    lines = ["  s0: {ask: Q, options: [{id: a, label: A, next: s1}, {id: b, label: B, next: s2}]}"]
    for name in names[1:]:
        rules = [
            f"{{setting: {chance.choice(['hall', 'desk'])}, is: {chance.choice('ab')}, next: {anywhere()}}}",
            f"{{answer: s0, is: {chance.choice('ab')}, next: {anywhere()}}}",
        ]
        when = f"{{when: [{', '.join(chance.sample(rules, chance.randint(1, 2)))}], otherwise: {anywhere()}}}"
        call = f"{{title: C, call: [office], reached: {{next: {anywhere()}}}, nobody: {{next: {anywhere()}}}}}"
        lines.append(f"  {name}: {chance.choice([when, when, call, f'{{do: D, next: {anywhere()}}}'])}")
    asked = "".join(f"  {name}: {{ask: Q, choices: {{a: A, b: B}}, default: a}}\n" for name in ("hall", "desk"))
    head = HEAD.replace(HEAD[HEAD.index("settings:") : HEAD.index("outcomes:")], f"settings:\n{asked}")
    jump = f"interrupts: [{{id: left, label: L, next: {chance.choice(names)}}}]\n"
    return f"{head}start: s0\n{jump}steps:\n" + "\n".join(lines) + "\n"
