"""Whom the panel shows, in which order, and who is to be called now: it follows the way that was taken."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest

from kiosk.engine.call_order import call_step, next_call, order
from kiosk.engine.encounter import Encounter, Situation, attempt, begin
from kiosk.protocol.kinds.ask import AskStep
from kiosk.protocol.kinds.branch import BranchStep
from kiosk.protocol.kinds.call import CallStep
from kiosk.protocol.kinds.instruction import InstructionStep
from kiosk.protocol.model import RETURN, Option, Protocol, Role, Rule, Setting, Step
from kiosk.protocol.replies import Attempt, CallResult
from tests.builders import DA, SO, a_protocol, en, replied

PRINCIPAL: Final = "principal"
EVERYBODY: Final = ((PRINCIPAL, 0), (DA, 0), (DA, 1), (SO, 0))


def school() -> Protocol:
    """Who is it? A child protection worker leads to the principal by way of a decision, an agent to the others."""
    steps = (
        AskStep(
            id="who", ask=en("Who?"), options=(Option("worker", en("Worker"), "where"), Option("agent", en("A"), "on"))
        ),
        BranchStep(id="where", rules=(Rule("setting", "first", ("call",), "principal"),), otherwise="note"),
        InstructionStep(id="note", do=en("Write."), next="principal"),
        CallStep(id="principal", do=en("Call."), roles=(PRINCIPAL,), reached="after", nobody="after"),
        InstructionStep(id="on", do=en("On."), next="call"),
        CallStep(id="call", do=en("Call."), roles=(DA, SO), reached="after", nobody="again"),
        InstructionStep(id="again", do=en("Again."), next=RETURN),
        InstructionStep(id="after", do=en("After."), next="end"),
        InstructionStep(id="danger", do=en("Danger."), next=RETURN),
    )
    base = a_protocol()
    return replace(
        base,
        start="who",
        steps={step.id: step for step in steps},
        settings={"first": Setting("first", en("First?"), {"call": en("Call"), "ask": en("Ask")}, "ask")},
        interrupts=(replace(base.interrupts[0], next="danger"),),
        outcomes={"end": base.outcomes["left"]},
        roles={**base.roles, PRINCIPAL: Role(PRINCIPAL, en("Principal"))},
    )


def walked(*replies: object, calls: tuple[tuple[str, int, CallResult], ...] = ()) -> Encounter:
    """The encounter after these replies, and then these calls at the step it stands at."""
    walk = begin(school(), Situation(people={DA: 2}))
    for reply in replies:
        walk = replied(walk, reply)
    for call in calls:
        walk = attempt(walk, walk.at, Attempt(*call))
    return walk


def shown(walk: Encounter) -> str:
    """The id of the call step whose people are shown."""
    step = call_step(walk)
    return step.id if step else ""


@pytest.mark.parametrize(
    ("replies", "step"),
    [
        ((), "principal"),  # as few answers away as the other, and named first
        (("worker",), "principal"),
        (("agent",), "call"),
        (("agent", None), "call"),
        (("worker", "!danger"), "principal"),
        (("agent", "!danger"), "call"),
    ],
)
def test_before_any_call_the_nearest_one_ahead_is_shown(replies: tuple[object, ...], step: str) -> None:
    """Also from an interrupt, from where it leads back; and past decisions as the district's settings make them."""
    assert shown(walked(*replies)) == step


def test_after_a_call_its_people_stay() -> None:
    """To the end, until another call is asked for."""
    walk = walked("agent", None, calls=((DA, 0, CallResult.NO_ANSWER), (SO, 0, CallResult.REACHED)))
    assert (walk.at.step, shown(walk)) == ("after", "call")
    assert (shown(replied(walk, None)), replied(walk, None).outcome) == ("call", "end")


def test_there_is_one_order_and_all_others_follow() -> None:
    """People who were tried keep their place."""
    walk = walked("agent", None)
    assert order(walk, EVERYBODY) == ((DA, 0), (DA, 1), (SO, 0), (PRINCIPAL, 0))
    assert order(attempt(walk, walk.at, Attempt(SO, 0, CallResult.NO_ANSWER)), EVERYBODY) == order(walk, EVERYBODY)
    assert order(walked("worker"), EVERYBODY) == EVERYBODY


def test_at_a_call_step_whoever_is_due_is_called_now() -> None:
    """Whatever was reached before."""
    walk = walked("agent", None, calls=((SO, 0, CallResult.NO_ANSWER),))
    assert next_call(walk, [Attempt(SO, 0, CallResult.NO_ANSWER), Attempt(PRINCIPAL, 0, CallResult.REACHED)]) == (DA, 0)


def test_elsewhere_who_was_called_longest_ago_is_next() -> None:
    """Those never called before the others."""
    made = [
        Attempt(DA, 0, CallResult.NO_ANSWER),
        Attempt(DA, 1, CallResult.NO_ANSWER),
        Attempt(SO, 0, CallResult.NO_ANSWER),
    ]
    walk = walked("agent", None, calls=tuple((a.role, a.person, a.result) for a in made))
    assert walk.at.step == "again"
    assert next_call(walk, made[:2]) == (SO, 0)
    assert next_call(walk, made) == (DA, 0)
    assert next_call(walk, [*made, Attempt(DA, 0, CallResult.NO_ANSWER)]) == (DA, 1)


@pytest.mark.parametrize("result", [CallResult.REACHED, CallResult.CALLED_BACK])
def test_once_somebody_was_reached_nobody_is_called_now(result: CallResult) -> None:
    """At the step or outside it; somebody whom the way does not ask for is no answer."""
    walk = walked("agent", None, calls=((DA, 0, result),))
    assert next_call(walk, [Attempt(DA, 0, result)]) is None
    before = walked("agent")
    assert next_call(before, [Attempt(SO, 0, result)]) is None
    assert next_call(before, [Attempt(PRINCIPAL, 0, result)]) == (DA, 0)


def test_a_protocol_without_calls_shows_everybody() -> None:
    """And says of nobody that they are to be called now."""
    steps = {"who": InstructionStep(id="who", do=en("Nothing."), next="end")}
    walk = begin(replace(school(), steps=steps, interrupts=()))
    assert call_step(walk) is None
    assert order(walk, EVERYBODY) == EVERYBODY
    assert next_call(walk, []) is None


def test_a_step_whose_roles_have_no_people_has_nobody_to_call_now() -> None:
    """Before it, and at it."""
    walk = begin(school(), Situation(people={PRINCIPAL: 0}))
    assert shown(walk) == "principal"
    assert next_call(walk, []) is None
    at_it = replied(walk, "worker")
    assert next_call(replied(at_it, None), []) is None


def ahead(*steps: Step) -> Encounter:
    """An encounter at the first of these steps, in a protocol without interrupts."""
    return begin(replace(school(), start=steps[0].id, steps={step.id: step for step in steps}, interrupts=()))


CALL: Final = CallStep(id="call", do=en("Call."), roles=(DA,), reached="end", nobody="end")
LAST: Final = CallStep(id="last", do=en("Call."), roles=(SO,), reached="end", nobody="end")


def test_an_outcome_or_a_loop_on_the_way_ends_no_search() -> None:
    """The nearest call step is found past them, also when another one is earlier in the file."""
    ask = AskStep(
        id="ask",
        ask=en("?"),
        options=(Option("a", en("A"), "end"), Option("b", en("B"), "ask"), Option("c", en("C"), "on")),
    )
    on = InstructionStep(id="on", do=en("On."), next="last")
    assert shown(ahead(ask, on, CALL, LAST)) == "last"


def test_where_no_call_step_is_ahead_the_first_of_the_file_is_shown() -> None:
    """Also from within a loop."""
    one, two = (InstructionStep(id=a, do=en("On."), next=b) for a, b in (("one", "two"), ("two", "one")))
    assert shown(ahead(one, two, CALL, LAST)) == "call"


def test_a_branch_is_no_answer_away() -> None:
    """The call step behind it is nearer than the one behind an instruction, in the order of its rules."""
    ask = AskStep(id="ask", ask=en("?"), options=(Option("a", en("A"), "on"), Option("b", en("B"), "where")))
    on = InstructionStep(id="on", do=en("On."), next="call")
    where = BranchStep(id="where", rules=(Rule("answer", "ask", ("b",), "last"),), otherwise="third")
    third = replace(LAST, id="third")
    assert shown(ahead(ask, on, where, CALL, third, LAST)) == "last"
