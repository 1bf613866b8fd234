"""An encounter stands where its replies lead, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.engine.encounter import Given, Situation, answer, attempt, begin, correct, press, replay
from kiosk.errors import InvalidAnswer
from kiosk.protocol.kinds.ask import AskStep
from kiosk.protocol.kinds.call import CallStep
from kiosk.protocol.kinds.choose import ChooseStep
from kiosk.protocol.kinds.record import RecordStep
from kiosk.protocol.replies import (
    Attempt,
    Called,
    CallResult,
    Chosen,
    Confirmed,
    Missing,
    Pressed,
    Recorded,
    Reply,
    Ticked,
)
from tests.builders import DA, SAYS_AGENCY, SO, a_protocol, calls, given, place, replied, walked

BACKUPS = Situation(people={DA: 2, SO: 1})


# -- where it stands ---------------------------------------------------------------------------------------------------


def test_an_encounter_begins_at_the_first_step_with_the_default_settings() -> None:
    """Nothing is answered, nothing is passed, and every setting has a choice."""
    new = begin(a_protocol())
    assert (new.at, new.path, new.outcome) == (place("danger"), (), None)
    assert new.situation.settings == {"wait-place": "entrance"}


def test_the_place_is_where_the_replies_lead() -> None:
    """Each reply leads on by its own way, to an outcome at the end."""
    done = walked("no", "federal", ["reached"], SAYS_AGENCY, ("records",), "yes")
    assert [str(p) for p in done.path] == ["danger", "who", "call-now", "identify", "request", "wait"]
    assert (done.outcome, done.at, done.step) == ("handover", place("handover"), None)


def test_the_same_replies_from_the_log_lead_to_the_same_place() -> None:
    """The place is derived: replaying the replies gives the very same encounter."""
    walk = walked("no", "federal", ["no-answer", "reached"], "!went-past", None)
    assert replay(walk.protocol, walk.situation, given(walk)) == walk


def test_a_step_passed_again_is_another_place() -> None:
    """A loop counts visits, so the first answer is not taken for the second."""
    again = walked("no", "federal", ["reached"], SAYS_AGENCY, ("records",), "not-sure")
    assert again.at == place("call-now", 2)
    assert again.attempts(again.at) == ()


# -- double presses ----------------------------------------------------------------------------------------------------


def test_a_second_press_of_the_same_answer_changes_nothing() -> None:
    """The second press still names the first place."""
    first = begin(a_protocol())
    second = answer(first, first.at, Chosen("no"))
    assert answer(second, first.at, Chosen("no")) is second
    assert answer(second, first.at, Chosen("yes")) is second


def test_an_answer_to_a_place_not_yet_reached_changes_nothing() -> None:
    """An answer can't jump ahead."""
    new = begin(a_protocol())
    assert answer(new, place("who"), Chosen("police")) is new


def test_a_second_press_of_an_interrupt_changes_nothing() -> None:
    """Standing on the interrupt's first step, the same key leads nowhere new."""
    jumped = walked("no", "!went-past")
    assert jumped.at == place("past")
    assert press(jumped, place("who"), "went-past") is jumped
    assert press(jumped, jumped.at, "went-past") is jumped


def test_a_call_that_the_step_does_not_ask_for_changes_nothing() -> None:
    """Somebody who is in no role of it, or a person that a role does not have; or a place that does not wait."""
    walk = walked("no", "federal", situation=BACKUPS)
    assert attempt(walk, walk.at, Attempt("janitor", 0, CallResult.REACHED)) is walk
    assert attempt(walk, walk.at, Attempt(DA, 9, CallResult.NO_ANSWER)) is walk
    assert attempt(walk, place("danger"), Attempt(DA, 1, CallResult.REACHED)) is walk
    asked = walked("no")
    assert attempt(asked, asked.at, Attempt(DA, 0, CallResult.REACHED)) is asked, "nobody is called there"


# -- what fits ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "reply"),
    [
        ((), Chosen("maybe")),
        ((), Confirmed()),
        ((), Ticked(("no",))),
        ((), Pressed("nowhere")),
        (("yes",), Chosen("yes")),
        (("no", "federal"), Called(())),
        (("no", "federal"), Called((Attempt("janitor", 0, CallResult.REACHED),))),
        (("no", "federal", ["reached"]), Recorded.of({"badge": "1"})),
        (("no", "federal", ["reached"]), Recorded.of({"agency-as-stated": " ", "agents-count": 1, "badge": "1"})),
        (("no", "federal", ["reached"]), Recorded.of({"agency-as-stated": "X", "agents-count": -1, "badge": "1"})),
        (("no", "federal", ["reached"]), Recorded.of({"agency-as-stated": "X", "agents-count": 10**9, "badge": "1"})),
        (("no", "federal", ["reached"]), Recorded.of({"agency-as-stated": 7, "agents-count": 1, "badge": "1"})),
        (
            ("no", "federal", ["reached"]),
            Recorded.of({"agency-as-stated": "X", "agents-count": Missing("refused"), "badge": "1"}),
        ),
        (("no", "federal", ["reached"], SAYS_AGENCY), Ticked(())),
        (("no", "federal", ["reached"], SAYS_AGENCY), Ticked(("records", "the-moon"))),
        (("yes", None), Confirmed()),
    ],
)
def test_a_reply_that_does_not_fit_its_step_is_refused(before: tuple[object, ...], reply: Reply) -> None:
    """It is refused before anything can be written, naming the step."""
    walk = walked(*before)
    with pytest.raises(InvalidAnswer):
        answer(walk, walk.at, reply)


def test_a_fact_may_always_be_left_for_later() -> None:
    """`deferred` fits every field, whatever reasons the field itself allows."""
    later = Recorded.of(dict.fromkeys(("agency-as-stated", "agents-count", "badge"), Missing("deferred")))
    assert walked("no", "federal", ["reached"], later).at == place("request")


# -- back and correct --------------------------------------------------------------------------------------------------


def test_a_corrected_answer_keeps_the_later_ones_that_still_fit() -> None:
    """Police instead of federal: the same steps follow, so nothing is asked twice."""
    walk = walked("no", "federal", ["reached"], SAYS_AGENCY)
    corrected = correct(walk, place("who"), Chosen("police"))
    assert (corrected.path, corrected.at, corrected.superseded) == (walk.path, walk.at, ())
    assert corrected.facts()["agency-as-stated"] == "Homeland Security"


def test_answers_that_are_no_longer_reached_stand_aside_and_come_back() -> None:
    """They are kept and marked; correcting back brings them all back."""
    walk = walked("no", "federal", ["reached"], SAYS_AGENCY)
    parent = correct(walk, place("who"), Chosen("parent"))
    assert parent.outcome == "routine"
    assert parent.superseded == (place("call-now"), place("identify"))
    assert parent.facts() == {}
    assert correct(parent, place("who"), Chosen("federal")) == walk


def test_correcting_with_the_same_answer_changes_nothing() -> None:
    """Looking back and pressing the same key again is no correction."""
    walk = walked("no", "federal")
    assert correct(walk, place("who"), Chosen("federal")) is walk


def test_only_a_place_on_the_path_can_be_corrected() -> None:
    """Neither where it stands now, nor a step never seen."""
    walk = walked("no")
    assert correct(walk, walk.at, Chosen("police")) is walk
    assert correct(walk, place("wait"), Chosen("yes")) is walk


def test_a_correction_must_fit_its_step() -> None:
    """As an answer must."""
    with pytest.raises(InvalidAnswer):
        correct(walked("no", "federal"), place("who"), Chosen("maybe"))


def test_a_call_corrected_to_no_answer_goes_on_with_the_next_person() -> None:
    """The backup is due; answers given after the call are superseded until somebody is reached."""
    walk = walked("no", "federal", ["reached"], SAYS_AGENCY, situation=BACKUPS)
    corrected = correct(walk, place("call-now"), Called((Attempt(DA, 0, CallResult.NO_ANSWER),)))
    assert corrected.at == place("call-now")
    assert corrected.next_attempt(corrected.at) == (DA, 1)
    assert corrected.superseded == (place("identify"),)
    assert attempt(corrected, corrected.at, Attempt(DA, 1, CallResult.REACHED)).at == place("request")


def test_a_pressed_interrupt_can_be_taken_back() -> None:
    """Correcting the place where it was pressed leads on as if it had not been."""
    walk = walked("no", "!they-left")
    assert walk.outcome == "left"
    assert correct(walk, place("who"), Chosen("federal")).at == place("call-now")


def test_a_way_back_that_leads_nowhere_after_a_correction_is_asked_again() -> None:
    """“Go back” fitted while something was called; when that is corrected away, the step waits for an answer."""
    walk = walked("!start-over", "go-back", "no")
    assert (walk.path[1], walk.at) == (place("who"), place("who", 2))
    corrected = correct(walk, place("danger"), Chosen("no"))
    assert corrected.at == place("who")
    assert "go-back" not in {o.id for o in corrected.options(corrected.at)}


# -- interrupts --------------------------------------------------------------------------------------------------------

WAYS_TO_EVERY_STEP: dict[str, tuple[object, ...]] = {
    "danger": (),
    "call-911": ("yes",),
    "who": ("no",),
    "call-now": ("no", "federal"),
    "keep-trying": ("no", "federal", ["nobody"]),
    "identify": ("no", "federal", ["reached"]),
    "request": ("no", "federal", ["reached"], SAYS_AGENCY),
    "papers": ("no", "federal", ["reached"], SAYS_AGENCY, ("papers",)),
    "wait": ("no", "federal", ["reached"], SAYS_AGENCY, ("records",)),
    "emergency": ("yes", None),
    "handover": ("no", "police", ["reached"], SAYS_AGENCY, ("records",)),
    "routine": ("no", "parent"),
}


@pytest.mark.parametrize("step", WAYS_TO_EVERY_STEP)
def test_an_interrupt_can_be_pressed_anywhere_and_returns_there(step: str) -> None:
    """Even at an outcome; the step it returns to waits for its answer."""
    walk = walked(*WAYS_TO_EVERY_STEP[step])
    assert walk.at == place(step), "the way there must lead there"
    jumped = replied(walk, "!went-past")
    assert (jumped.at, jumped.returns_to) == (place("past"), step)
    back = replied(jumped, None)
    assert (back.at, back.returns_to) == (place(step, 2), walk.returns_to)


def test_an_interrupt_inside_an_interrupt_returns_step_by_step() -> None:
    """The last one pressed is left first."""
    walk = walked("no", "federal", "!start-over", "!went-past")
    assert walk.returns_to == "who"
    walk = replied(walk, None)
    assert (walk.at, walk.returns_to) == (place("who", 3), "call-now")
    assert replied(walk, "go-back").at == place("call-now", 2)


def test_an_outcome_can_be_left_by_an_interrupt() -> None:
    """They left, then came back: the outcome was not the end."""
    walk = walked("no", "federal", ["reached"], "!they-left")
    assert walk.outcome == "left"
    came_back = replied(walk, "!start-over")
    assert (came_back.outcome, came_back.at) == (None, place("who", 2))
    assert replied(came_back, "parent").outcome == "routine"


def test_an_outcome_takes_no_answer() -> None:
    """Only an interrupt leaves it."""
    done = walked("yes", None)
    with pytest.raises(InvalidAnswer):
        answer(done, done.at, Chosen("yes"))


# -- calls -------------------------------------------------------------------------------------------------------------


def test_people_are_called_one_after_the_other_and_the_backups_too() -> None:
    """Every contact of the first role, then the next role."""
    walk, seen = walked("no", "federal", situation=BACKUPS), []
    while (due := walk.next_attempt(walk.at)) is not None:
        seen.append(due)
        walk = attempt(walk, walk.at, Attempt(*due, CallResult.NO_ANSWER))
    assert seen == [(DA, 0), (DA, 1), (SO, 0)]
    assert walk.at == place("keep-trying"), "nobody answered"
    assert walk.reached() == ()


def test_whoever_is_reached_ends_the_calling() -> None:
    """The next step follows at once, and the role counts as reached."""
    walk = walked("no", "federal", ["no-answer", "no-answer", "reached"], situation=BACKUPS)
    assert (walk.at, walk.reached()) == (place("identify"), (SO,))


def test_the_calling_can_be_stopped_before_the_end_of_the_list() -> None:
    """`nobody` leads to its branch, whoever was due."""
    walk = walked("no", "federal", ["no-answer"], situation=BACKUPS)
    stopped = attempt(walk, walk.at, Attempt(DA, 1, CallResult.NOT_CALLED))
    assert (stopped.at, stopped.returns_to) == (place("keep-trying"), "identify")


def test_the_branch_for_nobody_returns_to_what_follows_when_somebody_is_reached() -> None:
    """The encounter continues; it does not call in circles."""
    walk = walked("no", "federal", ["no-answer", "no-answer"])
    assert walk.at == place("keep-trying")
    back = replied(walk, None)
    assert (back.at, back.returns_to) == (place("identify"), None)


def test_a_role_without_contacts_is_passed_over() -> None:
    """Nobody can be due whom the contacts file does not have."""
    walk = walked("no", "federal", situation=Situation(people={DA: 0, SO: 1}))
    assert walk.next_attempt(walk.at) == (SO, 0)


def test_a_call_step_that_nobody_can_be_called_from_can_still_be_left() -> None:
    """An empty chain is no trap."""
    walk = walked("no", "federal", situation=Situation(people={DA: 0, SO: 0}))
    assert walk.next_attempt(walk.at) is None
    assert attempt(walk, walk.at, Attempt(SO, 0, CallResult.NOT_CALLED)).at == place("keep-trying")


@pytest.mark.parametrize("result", [CallResult.REACHED, CallResult.NO_ANSWER, CallResult.NOT_CALLED])
def test_a_call_under_way_can_be_interrupted_and_begun_again(result: CallResult) -> None:
    """After the interrupt the calling begins with the first person."""
    walk = walked("no", "federal", ["no-answer"], "!went-past", None, situation=BACKUPS)
    assert walk.at == place("call-now", 2)
    assert walk.next_attempt(walk.at) == (DA, 0)
    assert attempt(walk, walk.at, Attempt(DA, 0, result)).replies[walk.at] == Called((Attempt(DA, 0, result),))


# -- when --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "wait_place", "ticked", "stands_at"),
    [
        ("federal", "entrance", ("papers", "records"), "papers"),
        ("police", "outside", ("papers",), "papers"),
        ("federal", "outside", ("records",), "outside"),
        ("police", "entrance", ("records",), "handover"),
        ("federal", "entrance", ("records", "see-student"), "wait"),
    ],
)
def test_a_when_step_decides_by_settings_and_answers(
    who: str, wait_place: str, ticked: tuple[str, ...], stands_at: str
) -> None:
    """The first line that holds wins, else the otherwise; the step itself is never shown."""
    given = Situation(settings={"wait-place": wait_place})
    walk = walked("no", who, ["reached"], SAYS_AGENCY, ticked, situation=given)
    assert walk.at == place(stands_at)
    assert "routed" not in {p.step for p in walk.path}


def test_the_decisions_on_the_path_are_told() -> None:
    """Which line of a `when` held, counted from 0, so that a scenario can say what it never touched."""
    assert walked("no", "federal").decisions == ()
    assert walked("no", "police", ["reached"], SAYS_AGENCY, ("records",)).decisions == (("routed", 2),)
    assert walked("no", "federal", ["reached"], SAYS_AGENCY, ("records",)).decisions == (("routed", 3),)


def test_a_corrected_answer_decides_anew() -> None:
    """A `when` further on goes by the corrected answer."""
    walk = walked("no", "federal", ["reached"], SAYS_AGENCY, ("records",))
    assert walk.at == place("wait")
    assert correct(walk, place("who"), Chosen("police")).outcome == "handover"


# -- options -----------------------------------------------------------------------------------------------------------


def test_an_option_that_returns_is_offered_only_when_there_is_somewhere_to_return_to() -> None:
    """On the way from the start there is not; after an interrupt there is."""
    plain, jumped = walked("no"), walked("no", "federal", "!start-over")
    assert [o.id for o in plain.options(plain.at)] == ["federal", "police", "parent"]
    assert [o.id for o in jumped.options(jumped.at)] == ["federal", "police", "parent", "go-back"]
    assert [o.id for o in jumped.options(place("who"))] == ["federal", "police", "parent"], "the first visit"
    assert [o.id for o in replied(jumped, "parent").options(place("who", 2))][-1] == "go-back", "also when passed"
    with pytest.raises(InvalidAnswer) as refused:
        answer(plain, plain.at, Chosen("go-back"))
    assert "“who”" in refused.value.what


def test_other_steps_have_no_options() -> None:
    """Nor has an outcome."""
    assert walked("yes").options(place("call-911")) == ()
    assert walked("yes", None).options(place("emergency")) == ()


# -- facts -------------------------------------------------------------------------------------------------------------


def test_a_fact_once_got_is_not_lost_when_it_is_asked_again_in_vain() -> None:
    """A later value overrides; a later reason does not."""
    again = ("not-sure", ["reached"])
    new = Recorded.of({"agency-as-stated": Missing("deferred"), "agents-count": 3, "badge": "4821"})
    walk = walked("no", "federal", ["reached"], SAYS_AGENCY, ("records",), *again, new)
    assert walk.facts() == {"agency-as-stated": "Homeland Security", "agents-count": 3, "badge": "4821"}


# -- the sample itself -------------------------------------------------------------------------------------------------


def test_the_sample_has_every_kind_of_step() -> None:
    """Else these tests would prove less than they say."""
    kinds = {type(step) for step in a_protocol().steps.values()}
    assert {AskStep, ChooseStep, RecordStep, CallStep} < kinds
    assert len(kinds) == 6


def test_settings_left_out_take_the_default_and_others_are_kept() -> None:
    """A replayed situation is whole."""
    given = begin(a_protocol(), Situation(settings={"wait-place": "outside"}, people={SO: 3}))
    assert given.situation == Situation({"wait-place": "outside"}, {SO: 3})
    assert replace(given.situation, settings={}).settings == {}


def test_calls_in_tests_go_down_the_chain() -> None:
    """The builder that the tests above rely on."""
    walk = walked("no", "federal", situation=BACKUPS)
    assert calls(walk, CallResult.NO_ANSWER, CallResult.REACHED) == Called(
        (Attempt(DA, 0, CallResult.NO_ANSWER), Attempt(DA, 1, CallResult.REACHED))
    )


def test_facts_stand_in_the_order_in_which_the_protocol_lists_them() -> None:
    """As they were asked on the screen, not by the alphabet."""
    encounter = walked("no", "federal", ["reached"], SAYS_AGENCY)
    assert list(encounter.facts()) == list(encounter.protocol.fields)
    by_alphabet = replace(encounter.protocol, fields=dict(reversed(list(encounter.protocol.fields.items()))))
    again = replay(by_alphabet, encounter.situation, given(encounter))
    assert list(again.facts()) == list(by_alphabet.fields)


# -- logs and packs that no check let through --------------------------------------------------------------------------


def test_a_replayed_answer_of_another_kind_is_no_answer() -> None:
    """The place waits; the answer is kept, as all are."""
    walk = replay(a_protocol(), Situation(), [Given(place("danger"), Confirmed())])
    assert (walk.at, walk.path) == (place("danger"), ())
    assert walk.replies == {place("danger"): Confirmed()}


def test_a_return_without_a_step_to_return_to_begins_again() -> None:
    """A restart is better than a crash at the desk."""
    walk = begin(replace(a_protocol(), start="past"))
    assert replied(walk, None).at == place("past", 2)
