"""Whether a reply fits its step: by the step's kind, its answers, and what was answered there before."""

from __future__ import annotations

import pytest

from kiosk.engine.fit import require_fit, unfit
from kiosk.errors import InvalidAnswer
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
from tests.builders import DA, SAYS_AGENCY, a_protocol

PROTOCOL = a_protocol()
AGENCY = Recorded.of({"agency-as-stated": "An agency"})
REST = Recorded.of({"agents-count": 2, "badge": Missing("refused")})


def fits(step: str, reply: Reply, *, known: Reply | None = None, part: bool = False) -> bool:
    """Whether the reply fits the step with this id; an outcome for an id that no step has."""
    try:
        require_fit(PROTOCOL, PROTOCOL.steps.get(step), reply, known=known, part=part)
    except InvalidAnswer:
        return False
    return True


@pytest.mark.parametrize(
    ("step", "reply"),
    [
        ("danger", Chosen("yes")),
        ("call-911", Confirmed()),
        ("call-now", Called((Attempt(DA, 0, CallResult.REACHED),))),
        ("identify", SAYS_AGENCY),
        ("request", Ticked(("records",))),
    ],
)
def test_a_reply_fits_a_step_of_its_own_kind_only(step: str, reply: Reply) -> None:
    """Each kind of step takes its own kind of reply and no other; an outcome takes none."""
    steps = ("danger", "call-911", "call-now", "identify", "request", "routed", "left")
    assert [other for other in steps if fits(other, reply)] == [step]


@pytest.mark.parametrize("step", ["danger", "call-911", "call-now", "identify", "request", "left"])
def test_an_interrupt_of_the_protocol_fits_anywhere_and_another_nowhere(step: str) -> None:
    """Also at an outcome."""
    assert fits(step, Pressed("they-left"))
    assert not fits(step, Pressed("they-came"))


def test_only_a_complete_form_fits_unless_a_part_is_allowed() -> None:
    """A partial answer has some of the facts."""
    assert not fits("identify", AGENCY)
    assert fits("identify", AGENCY, part=True)


def test_facts_given_before_need_not_be_given_again() -> None:
    """The earlier answer completes the form; one with other facts does not."""
    assert fits("identify", REST, known=AGENCY)
    assert not fits("identify", REST, known=Recorded.of({"agents-count": 3}))
    assert not fits("identify", REST, known=Pressed("they-left"))


def test_no_checked_item_fits_only_as_a_part() -> None:
    """The last checked item can be unchecked; the complete answer needs one."""
    assert not fits("request", Ticked(()))
    assert fits("request", Ticked(()), part=True)


@pytest.mark.parametrize(("step", "named"), [("danger", "danger"), ("left", "the end")])
def test_a_refusal_names_the_step(step: str, named: str) -> None:
    """An outcome is the end."""
    with pytest.raises(InvalidAnswer) as refused:
        require_fit(PROTOCOL, PROTOCOL.steps.get(step), Confirmed())
    assert f"“{named}”" in refused.value.what


def test_a_refusal_says_what_to_do_in_the_language_of_the_desk() -> None:
    """By the id of a text of the screens, with an English repair."""
    refused = unfit("who")
    assert (refused.text_id, bool(refused.repair)) == ("error.answer", True)
    assert "“who”" in refused.what
