"""Scenarios as sentences, for people who do not read YAML."""

from __future__ import annotations

from typing import Final

from kiosk.authoring.describe import Description
from kiosk.protocol.kinds.calls import Calls, OneCall, RoleCalls
from kiosk.protocol.replies import CallResult, Chosen, Confirmed, Missing, Recorded, Ticked
from kiosk.reports.scenarios import chosen, ends, sentences
from kiosk.scenarios.model import Answered, CalledOutside, Line, PressedKey, Scenario, WentBack
from tests.builders import DA, SO, a_sparing_protocol

WORDS: Final = Description(a_sparing_protocol())


def told(*do: Line) -> list[str]:
    """The sentences of a scenario of these lines."""
    return list(sentences(Scenario(name="A test", line=1, do=do), WORDS))


def test_an_answer_is_told_by_its_step_and_its_label() -> None:
    """Several ticks stand in one sentence; an answer without words is told as done."""
    (answer,) = told(Answered(1, "who", Chosen("police")))
    assert answer == f"{WORDS.name('who')} → Local or state police"
    ticked, done = told(Answered(1, "request", Ticked(("records", "papers"))), Answered(2, "papers", Confirmed()))
    assert ticked.endswith("→ Records or information; To hand over papers")
    assert done == "Papers → done"


def test_facts_are_told_by_their_labels() -> None:
    """A chosen fact has the label of its choice, and a missing one its reason without hyphens."""
    facts = Recorded.of({"agents-count": 2, "badge": Missing("not-seen"), "sealed": "partly"})
    (sentence,) = told(Answered(1, "identify", facts))
    assert sentence.endswith("→ How many: 2; Badge number: (not seen); Is there a seal on it?: Part of one")


def test_calls_are_told_by_role_in_their_order() -> None:
    """A call of a certain person has that person's number, counted from one."""
    calls = Calls(
        (
            RoleCalls(DA, (OneCall(CallResult.NO_ANSWER), OneCall(CallResult.REACHED, person=1))),
            RoleCalls(SO, (OneCall(CallResult.CALLED_BACK),)),
        )
    )
    inside, outside = told(Answered(1, "call-now", calls), CalledOutside(2, calls))
    words = inside.partition(" → ")[2]
    assert words.startswith("Designated administrator: no answer, reached (number 2); ")
    assert (words.count("(number"), words.count(";")) == (1, 1)
    assert f": {words}." in outside


def test_keys_and_ways_back_are_told_by_name() -> None:
    """An interrupt that the protocol does not have is told by its id."""
    pressed, unknown, back = told(PressedKey(1, "went-past"), PressedKey(2, "not-there"), WentBack(3, "call-now"))
    assert ("Went past me" in pressed, "not-there" in unknown, "“Call now”" in back) == (True, True, True)


def test_the_end_and_the_settings_are_told_if_there_are_any() -> None:
    """Settings that the protocol does not have are left out; defaults have no words."""
    given = Scenario(name="A", line=1, outcome="handover", settings={"wait-place": "outside", "gone": "x"})
    plain = Scenario(name="A", line=1)
    assert (chosen(given, WORDS), chosen(plain, WORDS)) == ("Where do visitors wait? outside the door", "")
    assert ("Handed over" in ends(given, WORDS), ":" in ends(plain, WORDS)) == (True, False)
