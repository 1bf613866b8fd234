"""Steps in reading order, their numbers on paper, and what leads to each."""

from __future__ import annotations

from dataclasses import replace

from kiosk.authoring.reading_order import WalkOrder, leads_here, numbers, walk_order
from kiosk.protocol.kinds.instruction import InstructionStep
from kiosk.protocol.model import RETURN
from tests.builders import a_protocol, en

PROTOCOL = a_protocol()


def test_a_step_comes_after_the_steps_that_lead_to_it() -> None:
    """The file's order decides between answers; a step that only an interrupt leads to comes after the others."""
    order = walk_order(PROTOCOL)
    assert (order.interrupts, order.never) == (("past",), ())
    assert order.main == (
        "danger",
        "call-911",
        "who",
        "call-now",
        "identify",
        "request",
        "routed",
        "papers",
        "outside",
        "wait",
        "keep-trying",
    )


def test_every_step_is_in_it_once() -> None:
    """Also one that nothing leads to, at the end."""
    new = InstructionStep(id="new", do=en("New."), next="who")
    order = walk_order(replace(PROTOCOL, steps={"new": new, **PROTOCOL.steps}))
    assert order.never == ("new",)
    assert order.all[-1] == "new"
    assert sorted(order.all) == sorted(["new", *PROTOCOL.steps])


def test_a_target_that_does_not_exist_is_left_out() -> None:
    """A protocol with an error is drawn all the same."""
    alone = replace(PROTOCOL, steps={"danger": PROTOCOL.steps["danger"]}, interrupts=())
    assert walk_order(alone) == WalkOrder(("danger",), (), ())
    assert walk_order(replace(alone, start="nowhere")) == WalkOrder((), (), ("danger",))


def test_steps_and_outcomes_are_numbered_apart() -> None:
    """Steps from 1 in reading order, outcomes from E1 in the file's."""
    found = numbers(PROTOCOL)
    assert [found[step] for step in walk_order(PROTOCOL).all] == [str(n) for n in range(1, len(PROTOCOL.steps) + 1)]
    assert [found[outcome] for outcome in PROTOCOL.outcomes] == ["E1", "E2", "E3", "E4"]


def test_what_leads_to_a_step_is_named_once() -> None:
    """Two answers of `who` lead to the call; a start that nothing leads to is not in it."""
    found = leads_here(PROTOCOL)
    assert found["call-now"] == ("who", "wait")
    assert found["routine"] == ("who",)
    assert set(found[RETURN]) == {"who", "keep-trying", "past"}
    assert "danger" not in found
