"""Whatever is pressed, an encounter stands somewhere known, and its log alone says where."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from kiosk.engine.encounter import (
    Encounter,
    Given,
    Situation,
    answer,
    answer_in_part,
    attempt,
    begin,
    called_outside,
    correct,
    press,
    replay,
)
from kiosk.errors import InvalidAnswer
from kiosk.protocol.kinds.ask import AskStep
from kiosk.protocol.kinds.branch import BranchStep
from kiosk.protocol.kinds.call import CallStep, roles_called
from kiosk.protocol.kinds.choose import ChooseStep
from kiosk.protocol.kinds.instruction import InstructionStep
from kiosk.protocol.kinds.record import RecordStep
from kiosk.protocol.model import Protocol
from kiosk.protocol.replies import (
    REACHED,
    Attempt,
    Called,
    CallResult,
    Chosen,
    Confirmed,
    Missing,
    Place,
    Pressed,
    Recorded,
    Reply,
    Ticked,
)
from tests.builders import DA, DUTY, SO, a_protocol, a_sparing_protocol
from tests.builders import given as everything

PROTOCOL, SPARING = a_protocol(), a_sparing_protocol()
IDS = (
    *PROTOCOL.steps,
    *PROTOCOL.outcomes,
    *(i.id for i in PROTOCOL.interrupts),
    "yes",
    "no",
    "federal",
    "go-back",
    "?",
)
REASONS = ("refused", "not-seen", "not-asked", "deferred", "forgotten")

some_id = st.sampled_from(IDS)
some_attempt = st.builds(
    Attempt, st.sampled_from((DA, SO, DUTY, "janitor")), st.integers(-1, 3), st.sampled_from(CallResult)
)
some_value = st.text(max_size=3) | st.integers(-1, 10**6) | st.builds(Missing, st.sampled_from(REASONS))
some_reply: SearchStrategy[Reply] = st.one_of(
    st.builds(Chosen, some_id),
    st.builds(Ticked, st.lists(some_id, max_size=3).map(tuple)),
    st.dictionaries(st.sampled_from((*PROTOCOL.fields, "?")), some_value).map(Recorded.of),
    st.builds(Called, st.lists(some_attempt, max_size=3).map(tuple)),
    st.just(Confirmed()),
    st.builds(Pressed, some_id),
)
some_place = st.builds(Place, some_id, st.integers(0, 4))
some_situation = st.builds(
    Situation,
    st.dictionaries(st.just("wait-place"), st.sampled_from(("entrance", "outside"))),
    st.fixed_dictionaries({DA: st.integers(0, 3), SO: st.integers(0, 2)}),
    st.booleans(),
)


def fitting(walk: Encounter, place: Place) -> SearchStrategy[Reply]:
    """Replies that fit the step at that place; at an outcome, an interrupt."""
    pressed: SearchStrategy[Reply] = st.builds(Pressed, st.sampled_from([i.id for i in PROTOCOL.interrupts]))
    match walk.protocol.steps.get(place.step):
        case AskStep():
            return st.builds(Chosen, st.sampled_from([o.id for o in walk.options(place)])) | pressed
        case ChooseStep(choices=choices):
            ticks = st.lists(st.sampled_from(list(choices)), min_size=1, max_size=3, unique=True)
            return st.builds(Ticked, ticks.map(tuple))
        case RecordStep(fields=fields):
            value = st.just(Missing("deferred")) | st.text("abc 1", min_size=1).filter(str.strip)
            given_to = {name: value for name in fields if not walk.protocol.fields[name].choices}
            chosen = {name: st.sampled_from([*walk.protocol.fields[name].choices]) for name in {*fields} - {*given_to}}
            return st.fixed_dictionaries({**given_to, **chosen}).map(Recorded.of)
        case CallStep() as step:
            chain = walk.chain(step)
            one = st.sampled_from(chain).flatmap(
                lambda c: st.builds(Attempt, *map(st.just, c), st.sampled_from(CallResult))
            )
            called = st.builds(Called, st.lists(one, min_size=1, max_size=3).map(tuple)) if chain else pressed
            return called | pressed
        case InstructionStep():
            return st.just(Confirmed())
    return pressed


def known(walk: Encounter) -> None:
    """The encounter stands at a shown step or an outcome, and the log would lead there too."""
    step = walk.protocol.steps.get(walk.at.step)
    if walk.outcome is None:
        assert step is not None
        assert not isinstance(step, BranchStep)
    else:
        assert (walk.outcome, step) == (walk.at.step, None)
        assert walk.outcome in PROTOCOL.outcomes
    assert walk.at not in walk.path
    assert len(set(walk.path)) == len(walk.path)
    assert {*walk.path, *walk.superseded} <= {*walk.replies, *walk.parts}
    assert replay(walk.protocol, walk.situation, everything(walk), walk.outside) == walk


@given(st.data(), some_situation, st.sampled_from((PROTOCOL, SPARING)))
@settings(deadline=None)  # two shared cores can be slow
def test_any_presses_leave_the_encounter_at_a_known_place(
    data: st.DataObject, situation: Situation, protocol: Protocol
) -> None:
    """Sense or nonsense, in any order: refused, ignored or taken, it never gets lost."""
    walk, log, calls = begin(protocol, situation), list[Given](), list[Attempt]()
    for _ in range(data.draw(st.integers(0, 12), label="presses")):
        wild = data.draw(st.integers(0, 4), label="0 is nonsense") == 0
        place = data.draw(some_place) if wild else data.draw(st.sampled_from((walk.at, *walk.path)))
        reply = data.draw(some_reply if wild else fitting(walk, place))
        moved = _moved(data, walk, place, reply)
        if moved is not walk:
            log.append(Given(place, moved.replies[place]))
        walk = moved
        if isinstance(reply, Recorded | Ticked) and data.draw(st.booleans(), label="in part"):
            walk = _in_part(walk, data.draw(st.sampled_from((place, walk.at))), reply, log)
        if data.draw(st.integers(0, 3), label="0 is a call outside the steps") == 0:
            calls.append(data.draw(some_attempt))
            walk = _called(walk, calls[-1])
        known(walk)
        assert replay(protocol, situation, log, calls) == walk


def _called(walk: Encounter, tried: Attempt) -> Encounter:
    """A call outside the steps: it moves nothing but a step that waits for just this call."""
    moved, step = called_outside(walk, tried), walk.step
    if moved.at != walk.at:
        assert isinstance(step, CallStep)
        assert step.once
        assert tried.role in roles_called(walk.protocol, step, after_hours=walk.situation.after_hours)
        assert tried.result in REACHED
    else:
        assert replace(moved, outside=walk.outside) == walk
    return moved


def _in_part(walk: Encounter, place: Place, part: Recorded | Ticked, log: list[Given]) -> Encounter:
    """The same facts or ticks once more, kept in part; where the step can take them."""
    try:
        moved = answer_in_part(walk, place, part)
    except InvalidAnswer:
        return walk
    if moved is not walk:
        log.append(Given(place, part, part=True))
    assert (moved.at, moved.path, moved.replies) == (walk.at, walk.path, walk.replies)
    return moved


def _moved(data: st.DataObject, walk: Encounter, place: Place, reply: Reply) -> Encounter:
    try:
        if place in walk.path:
            return correct(walk, place, reply)
        if isinstance(reply, Pressed):
            return press(walk, place, reply.interrupt)
        if isinstance(reply, Called) and data.draw(st.booleans(), label="one call"):
            return attempt(walk, place, data.draw(some_attempt))
        return answer(walk, place, reply)
    except InvalidAnswer:
        return walk


@given(st.data(), some_situation)
@settings(deadline=None)  # two shared cores can be slow
def test_correcting_and_correcting_back_restores_everything(data: st.DataObject, situation: Situation) -> None:
    """No answer is ever lost by looking what another one would have done."""
    walk = begin(PROTOCOL, situation)
    for _ in range(data.draw(st.integers(1, 8), label="answers")):
        walk = answer(walk, walk.at, data.draw(fitting(walk, walk.at)))
    if not walk.path:
        return
    place = data.draw(st.sampled_from(walk.path))
    before = walk.replies[place]
    there = correct(walk, place, data.draw(fitting(walk, place)))
    # A call corrected to “no answer” may stand at that very call again.
    again = answer if there.at == place else correct
    assert replace(again(there, place, before), parts={}) == replace(walk, parts={})


@given(st.data(), some_situation)
@settings(deadline=None)  # two shared cores can be slow
def test_pressing_twice_is_pressing_once(data: st.DataObject, situation: Situation) -> None:
    """The second press names a place that is no longer waiting."""
    walk = begin(PROTOCOL, situation)
    for _ in range(data.draw(st.integers(1, 8), label="answers")):
        place, reply = walk.at, data.draw(fitting(walk, walk.at))
        moved = answer(walk, place, reply)
        if moved.at != place:
            assert answer(moved, place, reply) is moved
        walk = moved


@given(some_situation)
def test_every_visit_of_a_call_can_be_left(situation: Situation) -> None:
    """However many contacts there are, calling everybody in vain leads on."""
    walk = begin(PROTOCOL, situation)
    walk = answer(answer(walk, walk.at, Chosen("no")), Place("who"), Chosen("federal"))
    assert isinstance(walk.step, CallStep)
    while (due := walk.next_attempt(walk.at)) is not None and walk.at == Place("call-now"):
        walk = attempt(walk, walk.at, Attempt(*due, CallResult.NO_ANSWER))
    if isinstance(walk.step, CallStep) and not walk.chain(walk.step):
        walk = attempt(walk, walk.at, Attempt(DA, 0, CallResult.NOT_CALLED))
    assert walk.at == Place("keep-trying")
