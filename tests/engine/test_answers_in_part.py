"""A partial answer is there wherever it is asked for again, and does not move the encounter."""

from __future__ import annotations

import pytest

from kiosk.engine.encounter import Encounter, Given, Situation, answer, answer_in_part, attempt, correct, press, replay
from kiosk.errors import InvalidAnswer
from kiosk.protocol.replies import Attempt, Called, CallResult, Confirmed, Missing, Pressed, Recorded, Ticked
from tests.builders import DA, SAYS_AGENCY, a_protocol, given, place, walked

AGENCY = Recorded.of({"agency-as-stated": "ICE"})
COUNT = Recorded.of({"agents-count": 2})
REST = Recorded.of({"agency-as-stated": "ICE", "agents-count": 2, "badge": Missing("refused")})


def at_facts(*facts: Recorded) -> Encounter:
    """An encounter that asks for facts, some of them given."""
    walk = walked("no", "federal", ["reached"])
    for part in facts:
        walk = answer_in_part(walk, walk.at, part)
    return walk


def at_ticks(*ticks: str) -> Encounter:
    """An encounter that asks for ticks, some of them made and not confirmed."""
    walk = walked("no", "federal", ["reached"], SAYS_AGENCY)
    return answer_in_part(walk, walk.at, Ticked(ticks))


def test_a_fact_given_in_part_counts_and_the_step_waits() -> None:
    """The encounter stands where it stood; the facts join each other, the newest of each."""
    walk = at_facts(AGENCY, COUNT, Recorded.of({"agents-count": 3}))
    assert (walk.at, walk.outcome) == (place("identify"), None)
    assert walk.facts() == {"agency-as-stated": "ICE", "agents-count": 3}
    assert walk.answered(place("identify")) == Recorded.of({"agency-as-stated": "ICE", "agents-count": 3})


def test_the_same_fact_again_changes_nothing() -> None:
    """So nothing would be written twice."""
    walk = at_facts(AGENCY)
    assert answer_in_part(walk, walk.at, AGENCY) is walk


def test_what_was_given_in_part_need_not_be_given_again() -> None:
    """The rest completes the step; the reply is whole."""
    walk = at_facts(AGENCY, COUNT)
    done = answer(walk, walk.at, Recorded.of({"badge": Missing("refused")}))
    assert done.at == place("request")
    assert done.replies[place("identify")] == REST
    assert done.parts == {}


def test_some_of_the_facts_do_not_complete_a_step() -> None:
    """Every fact has a value, or why it has none."""
    walk = at_facts(AGENCY)
    with pytest.raises(InvalidAnswer):
        answer(walk, walk.at, COUNT)


@pytest.mark.parametrize("part", [Recorded.of({}), Recorded.of({"other": "x"}), Recorded.of({"agents-count": -1})])
def test_a_part_must_fit_its_step(part: Recorded) -> None:
    """Its own fields, values they can hold, and at least one."""
    walk = at_facts()
    with pytest.raises(InvalidAnswer):
        answer_in_part(walk, walk.at, part)


def test_an_interrupt_keeps_what_was_given_before_it() -> None:
    """The facts still count; looking back shows them next to the pressed key."""
    walk = at_facts(AGENCY)
    pressed = press(walk, walk.at, "they-left")
    assert pressed.outcome == "left"
    assert pressed.facts() == {"agency-as-stated": "ICE"}
    assert pressed.replies[place("identify")] == Pressed("they-left")
    assert pressed.answered(place("identify")) == AGENCY


def test_a_step_left_by_an_interrupt_takes_more_facts() -> None:
    """They are kept there, and the encounter does not move."""
    walk = at_facts(AGENCY)
    pressed = press(walk, walk.at, "they-left")
    more = answer_in_part(pressed, place("identify"), COUNT)
    assert (more.at, more.outcome) == (pressed.at, "left")
    assert more.facts() == {"agency-as-stated": "ICE", "agents-count": 2}


def test_the_whole_answer_in_place_of_an_interrupt_has_what_was_given_before_it() -> None:
    """It was pressed by mistake: the rest is enough."""
    walk = at_facts(AGENCY, COUNT)
    pressed = press(walk, walk.at, "they-left")
    assert correct(pressed, place("identify"), Recorded.of({"badge": Missing("refused")})).at == place("request")


def test_a_step_that_was_passed_takes_no_part() -> None:
    """It is corrected; only what changes need be given."""
    done = answer(at_facts(), place("identify"), REST)
    assert answer_in_part(done, place("identify"), COUNT) is done
    again = correct(done, place("identify"), Recorded.of({"agents-count": 5}))
    assert again.facts() == {"agency-as-stated": "ICE", "agents-count": 5, "badge": Missing("refused")}
    assert correct(again, place("identify"), Recorded.of({"agents-count": 5})) is again


def test_ticks_are_kept_before_they_are_confirmed() -> None:
    """Also when the last one was taken away; a later visit begins with them."""
    walk = at_ticks("records")
    assert (walk.at, walk.ticks(walk.at)) == (place("request"), ("records",))
    assert answer_in_part(walk, walk.at, Ticked(())).ticks(walk.at) == ()
    again = answer(press(walk, walk.at, "went-past"), place("past"), Confirmed())
    assert (again.at, again.ticks(again.at)) == (place("request", 2), ("records",))


def test_calls_made_before_an_interrupt_are_still_there() -> None:
    """A call step left by a key tells whom it had tried."""
    walk = walked("no", "federal")
    tried = attempt(walk, walk.at, Attempt(DA, 0, CallResult.NO_ANSWER))
    pressed = press(tried, tried.at, "they-left")
    assert pressed.attempts(place("call-now")) == (Attempt(DA, 0, CallResult.NO_ANSWER),)
    assert pressed.answered(place("call-now")) == Called((Attempt(DA, 0, CallResult.NO_ANSWER),))
    untried = press(walk, walk.at, "they-left")
    assert (untried.attempts(place("call-now")), untried.answered(place("call-now"))) == ((), Pressed("they-left"))


def test_parts_are_replayed() -> None:
    """From everything that was given, oldest first, the very same encounter."""
    walk = at_facts(AGENCY)
    for end in (walk, press(walk, walk.at, "they-left"), at_ticks("papers")):
        assert replay(end.protocol, end.situation, given(end)) == end


def test_a_part_off_the_path_is_put_aside() -> None:
    """Another answer leads elsewhere; text typed there is kept, and counts again on return to that path."""
    walk = at_facts(AGENCY)
    away = correct(walk, place("who"), walked("no", "parent").replies[place("who")])
    assert place("identify") in away.superseded
    assert away.facts() == {}
    assert correct(away, place("who"), walk.replies[place("who")]).facts() == {"agency-as-stated": "ICE"}


def test_several_parts_of_one_place_are_replayed_as_one() -> None:
    """The newest of each fact; parts of another place stay apart."""
    newer = Recorded.of({"agents-count": 3})
    log = [Given(p, reply) for p, reply in at_facts().replies.items()]
    parts = [Given(place("identify"), part, part=True) for part in (AGENCY, COUNT, newer)]
    walk = replay(a_protocol(), Situation(), [*log, *parts, Given(place("request"), Ticked(("papers",)), part=True)])
    assert walk.at == place("identify")
    assert walk.parts == {
        place("identify"): Recorded.of({"agency-as-stated": "ICE", "agents-count": 3}),
        place("request"): Ticked(("papers",)),
    }


def test_a_complete_answer_after_parts_is_replayed_with_them() -> None:
    """Only the rest was given with it; a later answer to the same place replaces its facts."""
    log = [Given(p, reply) for p, reply in at_facts().replies.items()]
    rest = Given(place("identify"), Recorded.of({"badge": Missing("refused")}))
    parts = [Given(place("identify"), part, part=True) for part in (AGENCY, COUNT)]
    walk = replay(a_protocol(), Situation(), [*log, *parts, rest])
    assert (walk.at, walk.parts, walk.replies[place("identify")]) == (place("request"), {}, REST)
    again = replay(
        a_protocol(), Situation(), [*log, *parts, rest, Given(place("identify"), Recorded.of({"agents-count": 7}))]
    )
    assert again.facts() == {"agency-as-stated": "ICE", "agents-count": 7, "badge": Missing("refused")}


def test_a_part_replayed_after_the_complete_answer_does_not_replace_it() -> None:
    """The complete answer counts."""
    log = [Given(p, reply) for p, reply in at_facts().replies.items()]
    more = Given(place("identify"), COUNT, part=True)
    walk = replay(a_protocol(), Situation(), [*log, Given(place("identify"), REST), more])
    assert walk.answered(place("identify")) == REST
