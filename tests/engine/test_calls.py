"""Calls: anybody in any order, who called back, who it was, calls that need not be made again, and after hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

import pytest

from kiosk.checks.walks.explorer import explore
from kiosk.engine.encounter import Encounter, Given, Situation, answer, attempt, begin, called_outside, correct, replay
from kiosk.errors import InvalidAnswer
from kiosk.i18n.strings import languages, text
from kiosk.protocol.kinds.ask import AskStep
from kiosk.protocol.kinds.call import CallStep
from kiosk.protocol.kinds.instruction import InstructionStep
from kiosk.protocol.model import RETURN, Option, Outcome, Protocol, Role, Step
from kiosk.protocol.replies import REACHED, Attempt, Called, CallResult, Chosen, Place
from kiosk.protocol.site.people import Contact, Contacts, after_hours
from kiosk.scenarios.runner import read_scenarios, run
from tests.builders import DA, SO, a_protocol, en, place, replied, some_contacts, walked

BACKUPS: Final = Situation(people={DA: 2, SO: 1})
ON_CALL: Final = "on-call"


def _steps(**changes: Any) -> dict[str, Step]:
    call = CallStep(id="call", title=en("Call"), roles=(DA, SO), reached="told", nobody="later")
    ask = AskStep(
        id="ask", ask=en("Go?"), options=(Option("first", en("Call"), "call"), Option("straight", en("On"), "told"))
    )
    told = CallStep(id="told", title=en("Tell the office"), roles=(SO,), reached="end", nobody="untold", once=True)
    later = InstructionStep(id="later", do=en("Later."), next=RETURN)
    untold = InstructionStep(id="untold", do=en("Not reached."), next="ask")
    return {step.id: step for step in (ask, replace(call, **changes), told, later, untold)}


def office(**changes: Any) -> Protocol:
    """Ask, perhaps call DA then SO, then tell SO once. `changes` are made to the first call step."""
    base = a_protocol()
    return replace(
        base,
        start="ask",
        interrupts=(),
        steps=_steps(**changes),
        outcomes={"end": Outcome("end", en("End"), SO, (SO,))},
        roles={**base.roles, ON_CALL: Role(ON_CALL, en("On call"))},
    )


def at_the_call(protocol: Protocol, situation: Situation = BACKUPS) -> Encounter:
    """Standing at the first call step."""
    return replied(begin(protocol, situation), "first")


def tried(walk: Encounter, *calls: tuple[str, int, CallResult]) -> Encounter:
    """The encounter after these calls at the step it stands at."""
    for call in calls:
        walk = attempt(walk, walk.at, Attempt(*call))
    return walk


# -- results ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", languages())
def test_every_result_has_its_words(language: str) -> None:
    """In every language; who called back was spoken to."""
    assert len({text(f"result.{result}", language) for result in CallResult}) == len(CallResult)
    assert {CallResult.REACHED, CallResult.CALLED_BACK} == REACHED


@pytest.mark.parametrize("result", sorted(REACHED))
def test_who_was_spoken_to_passes_the_step_and_counts_as_reached(result: CallResult) -> None:
    """However the call came about."""
    walk = tried(at_the_call(office()), (DA, 0, CallResult.NO_ANSWER), (DA, 1, result))
    assert (walk.at, walk.reached()) == (place("told"), (DA,))


# -- in any order -----------------------------------------------------------------------------------------------------


def test_anybody_of_the_chain_may_be_tried() -> None:
    """Who is due is the first who was not tried yet."""
    walk = tried(at_the_call(office()), (SO, 0, CallResult.NO_ANSWER))
    assert walk.next_attempt(walk.at) == (DA, 0)
    walk = tried(walk, (DA, 1, CallResult.NO_ANSWER))
    assert walk.next_attempt(walk.at) == (DA, 0)
    assert tried(walk, (DA, 0, CallResult.NO_ANSWER)).at == place("later"), "now everybody was tried"


def test_somebody_may_be_tried_again_and_that_is_kept() -> None:
    """It makes nobody else's turn come sooner."""
    walk = tried(at_the_call(office()), (DA, 0, CallResult.NO_ANSWER), (DA, 0, CallResult.NO_ANSWER))
    assert [a.person for a in walk.attempts(walk.at)] == [0, 0]
    assert walk.next_attempt(walk.at) == (DA, 1)
    assert tried(walk, (DA, 0, CallResult.REACHED)).at == place("told")


# -- who was it? ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "number"), [(DA, 0), (DA, 1), (SO, 0)])
@pytest.mark.parametrize("result", sorted(REACHED))
def test_where_it_is_asked_who_it_was_anybody_may_be_named(who: str, number: int, result: CallResult) -> None:
    """And nobody is due."""
    walk = at_the_call(office(pick=True))
    assert walk.next_attempt(walk.at) is None
    moved = tried(walk, (who, number, result))
    assert moved.replies[place("call")] == Called((Attempt(who, number, result),))
    assert moved.reached() == (who,)


def test_it_may_have_been_none_of_them_and_never_somebody_who_did_not_answer() -> None:
    """A call in vain is made at another step."""
    walk = at_the_call(office(pick=True))
    none = attempt(walk, walk.at, Attempt(DA, 0, CallResult.NOT_CALLED))
    assert (none.at, none.returns_to) == (place("later"), "told")
    with pytest.raises(InvalidAnswer):
        attempt(walk, walk.at, Attempt(DA, 0, CallResult.NO_ANSWER))


# -- once -------------------------------------------------------------------------------------------------------------


def test_a_call_that_was_answered_on_the_way_is_not_asked_for_again() -> None:
    """The step is passed by itself, has no reply, and is no place that was passed by a person."""
    walk = tried(at_the_call(office()), (SO, 0, CallResult.REACHED))
    assert walk.outcome == "end"
    assert [p.step for p in walk.path] == ["ask", "call"]
    assert place("told") not in walk.replies
    assert walk.reached() == (SO,)


@pytest.mark.parametrize(
    "calls", [((DA, 0, CallResult.REACHED),), ((SO, 0, CallResult.NO_ANSWER), (DA, 0, CallResult.CALLED_BACK))]
)
def test_a_call_of_somebody_else_or_in_vain_is_none(calls: tuple[tuple[str, int, CallResult], ...]) -> None:
    """The person for whom the step is meant must have been reached."""
    assert tried(at_the_call(office()), *calls).at == place("told")


@pytest.mark.parametrize("result", sorted(REACHED))
def test_a_call_made_outside_the_steps_counts_too(result: CallResult) -> None:
    """Made before; it moves the encounter nowhere until the step is come to."""
    begun = begin(office(), BACKUPS)
    called = called_outside(begun, Attempt(SO, 0, result))
    assert called.at == begun.at
    assert replied(called, "straight").outcome == "end"
    assert tried(replied(called, "first"), (DA, 0, CallResult.REACHED)).outcome == "end"


def test_at_the_step_itself_a_call_made_outside_it_passes_it() -> None:
    """Calls without an answer stay on the path."""
    waits = tried(at_the_call(office()), (DA, 0, CallResult.REACHED))
    assert called_outside(waits, Attempt(DA, 1, CallResult.REACHED)).at == place("told")
    assert called_outside(waits, Attempt(SO, 0, CallResult.NO_ANSWER)).at == place("told")
    assert called_outside(waits, Attempt(SO, 0, CallResult.CALLED_BACK)).outcome == "end"
    two = tried(replace_people(waits, 2), (SO, 0, CallResult.NO_ANSWER))
    passed = called_outside(two, Attempt(SO, 1, CallResult.REACHED))
    assert passed.outcome == "end"
    assert place("told") in passed.path
    assert passed.superseded == ()


def replace_people(walk: Encounter, number: int) -> Encounter:
    """The same walk at a school whose office has so many people."""
    return begin_again(walk, Situation(walk.situation.settings, {DA: 2, SO: number}))


def begin_again(walk: Encounter, situation: Situation) -> Encounter:
    """The same answers in another situation."""
    return replay(walk.protocol, situation, [Given(p, r) for p, r in walk.replies.items()], walk.outside)


def test_a_correction_can_bring_the_call_back_and_take_it_away() -> None:
    """Only calls that reached somebody count, whatever was said before."""
    walk = tried(at_the_call(office()), (SO, 0, CallResult.REACHED))
    corrected = correct(
        walk, place("call"), Called((Attempt(SO, 0, CallResult.NO_ANSWER), Attempt(DA, 0, CallResult.REACHED)))
    )
    assert corrected.at == place("told")
    again = correct(corrected, place("call"), Called((Attempt(SO, 0, CallResult.REACHED),)))
    assert again.outcome == "end"


def test_an_answer_that_was_given_there_stands() -> None:
    """Told that nobody answered, the walk goes that way, also when somebody is reached later."""
    waits = replied(begin(office(), BACKUPS), "straight")
    away = attempt(waits, waits.at, Attempt(SO, 0, CallResult.NOT_CALLED))
    assert away.at == place("untold")
    called = called_outside(away, Attempt(SO, 0, CallResult.REACHED))
    assert called.at == place("untold")
    assert replied(replied(called, None), "straight").outcome == "end", "the next time it is not asked for"


def test_steps_that_pass_each_other_on_stop_at_one_of_them() -> None:
    """No check lets such a pack through (P306); the engine still comes to an end."""
    protocol = office()
    loop = CallStep(id="told", title=en("Tell"), roles=(SO,), reached="again", nobody="untold", once=True)
    steps = {**protocol.steps, "told": loop, "again": replace(loop, id="again", reached="told")}
    walk = tried(at_the_call(replace(protocol, steps=steps)), (SO, 0, CallResult.REACHED))
    assert walk.step is not None


def test_every_edge_is_walked_with_and_without_the_call() -> None:
    """Nothing that is passed by itself looks like standing nowhere, and each answer of the step is given."""
    explored = explore(office())
    assert explored.complete
    assert {("told", "reached"), ("told", "nobody")} <= explored.taken
    assert explore(office(pick=True)).complete


# -- after hours ------------------------------------------------------------------------------------------------------


def late(protocol: Protocol) -> Protocol:
    """With somebody who is called first after hours."""
    return replace(protocol, after_hours=(ON_CALL,))


def test_after_hours_others_are_called_first() -> None:
    """At every call step; the step's own people come after them."""
    walk = at_the_call(late(office()), replace(BACKUPS, after_hours=True))
    call = walk.step
    assert isinstance(call, CallStep)
    assert walk.chain(call) == ((ON_CALL, 0), (DA, 0), (DA, 1), (SO, 0))
    assert tried(walk, (ON_CALL, 0, CallResult.REACHED)).reached() == (ON_CALL,)
    assert tried(walk, (ON_CALL, 0, CallResult.REACHED)).outcome == "end", (
        "they stand in for whoever would be called there"
    )
    by_day = at_the_call(late(office()))
    assert by_day.chain(call) == ((DA, 0), (DA, 1), (SO, 0))
    assert attempt(by_day, by_day.at, Attempt(ON_CALL, 0, CallResult.REACHED)) is by_day


def test_who_is_called_at_all_hours_comes_once() -> None:
    """First, where the protocol says so."""
    walk = at_the_call(replace(office(), after_hours=(SO,)), replace(BACKUPS, after_hours=True))
    assert isinstance(walk.step, CallStep)
    assert walk.chain(walk.step) == ((SO, 0), (DA, 0), (DA, 1))


SCHOOL_DAY, SUNDAY = datetime(2026, 9, 14, 10, tzinfo=UTC), datetime(2026, 9, 13, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "is_late"),
    [
        (SCHOOL_DAY, False),
        (SCHOOL_DAY.replace(hour=16), False),
        (SCHOOL_DAY.replace(hour=20), True),
        (SUNDAY, True),
    ],
)
def test_it_is_after_hours_when_nobody_is_there(now: datetime, is_late: bool) -> None:
    """Of all whom the protocol names, as far as their hours are written."""
    contacts = some_contacts()
    roles = {**contacts.roles, ON_CALL: (Contact("On call", phone="860-555-0199", hours="Mon-Sun 00:00-23:59"),)}
    assert after_hours(late(office()), Contacts("x", roles), now) is is_late
    assert not after_hours(late(office()), contacts, now), "nobody is on call there"
    assert not after_hours(office(), Contacts("x", roles), now), "the protocol names nobody for it"


def test_where_no_hours_are_written_it_is_always_a_school_day() -> None:
    """Nobody is passed over for want of a line in a file."""
    roles = {DA: (Contact("Dana Ruiz", phone="860-555-0142"),), ON_CALL: (Contact("On call", phone="860-555-0199"),)}
    assert not after_hours(late(office()), Contacts("x", roles), SUNDAY)


# -- scenarios --------------------------------------------------------------------------------------------------------


def played(protocol: Protocol, do: str, more: str = "") -> str:
    """Where a scenario ends; it must read without findings and pass."""
    data = f"- {{name: a, do: [{do}], shows: ['step:ask']{more}}}".encode()
    scenarios, findings = read_scenarios(data, "s", protocol)
    assert findings == ()
    result = run(protocol, scenarios[0])
    assert result.passed, result.story
    return str(result.end.at)


@pytest.mark.parametrize(
    ("do", "more", "at"),
    [
        ("{ask: first}, {call: {@so: no-answer, @da: called-back}}", "", "told"),
        ("{ask: first}, {call: {@da: reached#2}}", ", people: {@da: 2}", "told"),
        ("{ask: first}, {call: [{@da: [no-answer]}, {@so: no-answer}, {@da: reached}]}", ", people: {@da: 2}", "told"),
        ("{ask: first}, {call: {@da: ['no-answer#1', 'no-answer#1']}}", ", people: {@da: 2}", "call"),
        ("{ask: first}, {call: {@so: reached}}", "", "end"),
        ("{called: {@so: called-back}}, {ask: straight}", "", "end"),
        ("{called: {@so: no-answer}}, {ask: straight}", "", "told"),
        ("{ask: straight}, {called: [{@da: reached}, {@so: reached}]}", "", "end"),
        ("{ask: first}, {call: {on-call: reached}}", ", after_hours: true", "end"),
    ],
)
def test_a_scenario_can_say_all_of_it(do: str, more: str, at: str) -> None:
    """Whom, in which order, outside the steps, after hours."""
    assert played(late(office()), do.replace("@da", DA).replace("@so", SO), more.replace("@da", DA)) == at


def test_a_walk_of_the_sample_is_as_before() -> None:
    """Where nothing says `once`, calls outside the steps move nothing and are kept."""
    walk = walked("no", "federal")
    called = called_outside(walk, Attempt(SO, 0, CallResult.REACHED))
    assert (called.at, called.outside) == (walk.at, (Attempt(SO, 0, CallResult.REACHED),))
    assert answer(called, called.at, Called((Attempt(DA, 0, CallResult.REACHED),))).outside == called.outside
    assert Place("call-now") == called.at


# -- what is asked of an encounter ------------------------------------------------------------------------------------


def _told(walk: Encounter) -> CallStep:
    step = walk.protocol.steps["told"]
    assert isinstance(step, CallStep)
    return step


@pytest.mark.parametrize("result", CallResult)
def test_a_once_step_is_passed_only_when_one_of_its_people_was_reached(result: CallResult) -> None:
    """At a step on the path or outside the steps; a step without `once` is never passed."""
    reaches = result in REACHED
    outside = called_outside(begin(office(), BACKUPS), Attempt(SO, 0, result))
    assert outside.passes(_told(outside)) is reaches
    assert not outside.passes(replace(_told(outside), once=False))
    on_path = answer(at_the_call(office()), place("call"), Called((Attempt(SO, 0, result),)))
    assert on_path.passes(_told(on_path)) is reaches
    other = called_outside(begin(office(), BACKUPS), Attempt(DA, 0, result))
    assert not other.passes(_told(other))


def test_after_hours_a_once_step_is_passed_by_those_who_stand_in() -> None:
    """By day the same call passes nothing."""
    made = [Attempt(ON_CALL, 0, CallResult.REACHED)]
    for is_late in (True, False):
        walk = replay(late(office()), replace(BACKUPS, after_hours=is_late), [], made)
        assert walk.passes(_told(walk)) is is_late


def test_after_hours_those_who_stand_in_are_due_first() -> None:
    """Then the others, one after the other."""
    walk = at_the_call(late(office()), replace(BACKUPS, after_hours=True))
    assert walk.next_attempt(walk.at) == (ON_CALL, 0)
    assert tried(walk, (ON_CALL, 0, CallResult.NO_ANSWER)).next_attempt(walk.at) == (DA, 0)


def test_calls_outside_the_steps_are_replayed() -> None:
    """In their order, and with their effect on a `once` step."""
    made = (Attempt(DA, 0, CallResult.NO_ANSWER), Attempt(SO, 0, CallResult.REACHED))
    walk = replay(office(), BACKUPS, [Given(place("ask"), Chosen("straight"))], iter(made))
    assert (walk.outcome, walk.outside) == ("end", made)
