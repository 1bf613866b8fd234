"""A verdict agrees exactly with the engine: no possible walk is missed, no impossible one is reported."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kiosk.checks.guarantees.automaton import Transition, compiled
from kiosk.checks.guarantees.budget import Budget
from kiosk.checks.guarantees.decide import Counterexample, find_counterexample
from kiosk.checks.guarantees.liveness import find_liveness_violation
from kiosk.engine.encounter import Encounter, Situation, begin, called_outside, correct
from kiosk.protocol.guarantee import Event, Guarantee
from kiosk.protocol.kinds.choose import ChooseStep
from kiosk.protocol.model import Protocol
from kiosk.protocol.replies import (
    REACHED,
    Attempt,
    Called,
    CallResult,
    Chosen,
    Confirmed,
    Pressed,
    Recorded,
    Reply,
    Ticked,
)
from tests.builders import walked
from tests.checks.guarantees import oracle
from tests.checks.guarantees.worlds import events, promises, protocol_of, texts, worlds
from tests.searching import examples

DEPTH = 4
"""How many replies all walks are made of; more takes long and shows nothing new in protocols so small."""
PLENTY = 5_000_000

thorough = settings(
    deadline=None,
    max_examples=examples(80),
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow, HealthCheck.data_too_large],
)


def played(against: Counterexample) -> Iterator[Encounter]:
    """The walks that a counter-example tells of, by day or after hours, made by the engine; there is one."""
    protocol = against.replay.graph.protocol
    chosen = {
        s: next(c for c in protocol.settings[s].choices if c in left) for s, left in against.replay.chosen.items()
    }
    hours = (False, True) if protocol.after_hours else (False,)
    walks = [walk for late in hours if (walk := _played(against, Situation(chosen, after_hours=late))) is not None]
    assert walks
    yield from walks


def _played(against: Counterexample, situation: Situation) -> Encounter | None:
    """None where somebody would have to answer who is not called at that time of day."""
    walk = begin(against.replay.graph.protocol, situation)
    for number, taken in enumerate(against.path):
        if taken.way is None or (taken.way.kind == "done" and taken.way.target == -2):
            continue
        assert against.replay.graph.names[taken.node] == walk.at.step
        reply = _reply(against, walk, number)
        if reply is None:
            return None
        walk = oracle.replied(walk, reply)
    if against.last >= 0:
        assert walk.at.step == against.replay.graph.names[against.last]
    return walk


def _reply(against: Counterexample, walk: Encounter, number: int) -> Reply | None:
    way, step = against.path[number].way, walk.step
    assert way is not None
    match way.kind:
        case "pressed":
            return Pressed(way.name)
        case "option":
            return Chosen(way.name)
        case "ticked":
            assert isinstance(step, ChooseStep)
            never = {c for values, held in against.replay.ticks[number] if not held for c in values}
            return Ticked(tuple(c for c in step.choices if c not in never))
    return next((r for r in oracle.replies(walk) if _is_that(r, way)), None)


def _is_that(reply: Reply, way: Transition) -> bool:
    if not isinstance(reply, Called):
        return isinstance(reply, Recorded | Confirmed)
    last = reply.attempts[-1]
    return (last.result in REACHED) == (way.kind == "reached") and way.name in ("", last.role)


@given(data=st.data(), text=texts())
@thorough
def test_every_walk_agrees_with_the_verdict(data: st.DataObject, text: str) -> None:
    """The engine breaks a guarantee in a few answers exactly when the verdict says so, at the very same length."""
    protocol = a_protocol_of(text)
    g = data.draw(promises(protocol))
    lengths = [
        gone for begun in worlds(protocol) for gone, walk in oracle.every_walk(begun, DEPTH) if oracle.broken(walk, g)
    ]

    against = find_counterexample(compiled(protocol), g, Budget(PLENTY))

    if against is None:
        assert lengths == []
        return
    broken = [walk for walk in played(against) if oracle.broken(walk, g)]
    assert broken
    assert min(lengths, default=DEPTH + 1) == min(len(broken[0].path), DEPTH + 1)


@given(data=st.data(), text=texts())
@thorough
def test_no_long_walk_with_corrections_breaks_what_holds(data: st.DataObject, text: str) -> None:
    """Whatever is answered, pressed and corrected in thirty moves, what was proved stays true all the way."""
    protocol = a_protocol_of(text)
    held = _held(data, protocol)
    walk = data.draw(st.sampled_from(list(worlds(protocol))))
    assert_never_broken(data, walk, held, moves=30)


@given(data=st.data(), text=texts(once=True))
@thorough
def test_nothing_that_holds_is_broken_where_calls_are_not_made_again(data: st.DataObject, text: str) -> None:
    """Some calls were made before, outside the steps; what they stand for has happened then."""
    protocol = a_protocol_of(text)
    held = _held(data, protocol)
    walk = data.draw(st.sampled_from(list(worlds(protocol))))
    for role in data.draw(st.lists(st.sampled_from(sorted(protocol.roles)), max_size=2)):
        walk = called_outside(
            walk, Attempt(role, 0, data.draw(st.sampled_from([CallResult.REACHED, CallResult.NO_ANSWER])))
        )
    assert_never_broken(data, walk, held, moves=20)


def a_protocol_of(text: str) -> Protocol:
    """The protocol, where the text is one."""
    protocol = protocol_of(text)
    assume(protocol is not None)
    assert protocol is not None
    return protocol


def _held(data: st.DataObject, protocol: Protocol) -> list[Guarantee]:
    """Some guarantees that were proved."""
    drawn = data.draw(st.lists(promises(protocol), min_size=4, max_size=8))
    held = [g for g in drawn if find_counterexample(compiled(protocol), g, Budget(PLENTY)) is None]
    assume(held)
    return held


def assert_never_broken(data: st.DataObject, walk: Encounter, held: list[Guarantee], *, moves: int) -> None:
    """No answer, key or correction on the way breaks one of them."""
    for _ in range(moves):
        back = data.draw(st.booleans())
        if back and walk.path:
            walk = _corrected(data, walk)
        possible = list(oracle.replies(walk))
        if not possible:
            break
        walk = oracle.replied(walk, data.draw(st.sampled_from(possible)))
        assert not any(oracle.broken(walk, g) for g in held)


def _corrected(data: st.DataObject, walk: Encounter) -> Encounter:
    """The walk with one earlier reply changed to another that the step takes."""
    place = data.draw(st.sampled_from(walk.path))
    return correct(walk, place, data.draw(st.sampled_from(list(oracle.replies(walk, place)))))


@given(data=st.data(), text=texts())
@thorough
def test_what_can_be_reached_from_everywhere_agrees_with_the_walk(data: st.DataObject, text: str) -> None:
    """In so many answers or at all, with keys or without: from every step, or never from the one that is told."""
    protocol = a_protocol_of(text)
    most, keys = data.draw(st.sampled_from([None, 0, 1, 2, 3])), data.draw(st.booleans())
    g = Guarantee(id="g", verb="from-every-step", what=(data.draw(events(protocol)),), why="", most=most)

    against = find_liveness_violation(compiled(protocol), g, Budget(PLENTY), keys=keys)

    far = 8 if most is None else most
    if against is not None:
        assert any(oracle.can_come_to(walk, g.what, far, keys=keys) is None for walk in played(against))
        return
    for begun in worlds(protocol):
        for _, walk in oracle.onward(begun, 3):
            if walk.step is not None:
                assert oracle.can_come_to(walk, g.what, 30 if most is None else most, keys=keys) is not None


@pytest.mark.parametrize("most", [0, 1, 2])
def test_the_plain_telling_knows_a_broken_promise_from_a_kept_one(most: int) -> None:
    """After two answers the call is on the screen: one answer was promised and broken, two were kept."""
    late = Guarantee(id="g", verb="at-most", what=(Event("step", ("call-now",)),), why="", most=most)

    assert oracle.broken(walked("no", "federal"), late) is (most < 2)
