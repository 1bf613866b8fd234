"""Replies survive being written into entries and read back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from kiosk.engine.encounter import Given, Situation
from kiosk.privacy.guard import PrivateText, UnclearText
from kiosk.privacy.meanings import UNSAID, Meaning
from kiosk.protocol.kinds.record import facts_in, value_json
from kiosk.protocol.model import MISSING
from kiosk.protocol.replies import (
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
from kiosk.record import bodies
from kiosk.record.bodies import meanings_in, meant_in, with_meanings
from kiosk.record.canonical import Json, canonical
from kiosk.record.entry_kinds import ANSWERS, EntryKind

ids = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)
places = st.builds(Place, ids, st.integers(1, 99))
facts = st.text(max_size=9) | st.integers(0, 10**6) | st.builds(Missing, st.sampled_from(MISSING))
attempts = st.builds(Attempt, ids, st.integers(0, 9), st.sampled_from(CallResult))
replies: SearchStrategy[Reply] = st.one_of(
    st.builds(Chosen, ids),
    st.builds(Ticked, st.lists(ids, min_size=1, max_size=4).map(tuple)),
    st.dictionaries(ids, facts, min_size=1, max_size=4).map(Recorded.of),
    st.builds(Called, st.lists(attempts, min_size=1, max_size=4).map(tuple)),
    st.just(Confirmed()),
    st.builds(Pressed, ids),
)


@given(places, replies)
def test_every_reply_survives_the_round_trip(place: Place, reply: Reply) -> None:
    """Through the very bytes that are kept."""
    body = json.loads(canonical(bodies.reply_body(place, reply)))
    assert bodies.reply_of(place.step, body) == (place, reply)


@given(places, st.dictionaries(ids, facts, min_size=1, max_size=4))
def test_every_fact_is_a_value_of_its_own(place: Place, values: dict[str, str | int | Missing]) -> None:
    """So one can be destroyed without the others; the reply is then read with what is left."""
    body = bodies.reply_body(place, Recorded.of(values))
    gone = min(values)
    left = {name: value for name, value in body.items() if name != f"field.{gone}"}
    assert facts_in(body) == values
    assert gone not in facts_in(left)
    read = bodies.reply_of(place.step, left)
    assert read == (place, Recorded.of({k: v for k, v in values.items() if k != gone}))


def test_what_is_no_reply_is_read_as_none() -> None:
    """Entries of other kinds, of newer formats, or with everything destroyed."""
    for body in ({}, {"visit": 1}, {"chosen": "yes"}, {"visit": 1, "sung": "a song"}, {"text": "a note"}):
        assert bodies.reply_of("who", body) is None


def test_a_call_reads_as_whom_it_tried_and_with_what_result() -> None:
    """The words that other programs will read in an export."""
    body = bodies.reply_body(Place("call-now", 2), Called((Attempt("principal", 1, CallResult.NO_ANSWER),)))
    assert body == {"visit": 2, "attempts": [{"role": "principal", "person": 1, "result": "no-answer"}]}
    assert value_json(Missing("refused")) == {"missing": "refused"}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"role": "office", "person": 0},
        {"role": "office", "result": "reached"},
        {"person": 0, "result": "reached"},
        {"role": "office", "person": 0, "result": "of-tomorrow"},
        {"role": ["office"], "person": 0, "result": "reached"},
        {"role": "office", "person": "0", "result": "reached"},
        {"role": "office", "person": 0, "result": ["reached"]},
    ],
)
def test_a_call_that_can_not_be_read_is_none(body: dict[str, object]) -> None:
    """Withheld in part, of a newer version, or written by another program."""
    assert bodies.call_of(body) is None


@pytest.mark.parametrize("result", CallResult)
def test_a_call_outside_the_steps_reads_as_an_attempt(result: CallResult) -> None:
    """Role, person and result; the name and the staff are for reports."""
    body = {"role": "office", "person": 1, "result": str(result), "name": "Dana Ruiz", "staff": "AB"}
    assert bodies.call_of(body) == Attempt("office", 1, result)


def test_a_pressed_interrupt_reads_back_whatever_else_is_there() -> None:
    """It was pressed instead of answering."""
    read = bodies.reply_of("who", {"visit": 2, "pressed": "left", "chosen": "yes"})
    assert read == (Place("who", 2), Pressed("left"))


def test_a_reply_of_a_newer_version_is_none() -> None:
    """Its place alone is no answer."""
    tried = {"role": "office", "person": 0, "result": "of-tomorrow"}
    assert bodies.reply_of("call-now", {"visit": 1, "attempts": [tried]}) is None


def test_the_situation_is_the_one_of_the_opening() -> None:
    """An opening without the question is one at office hours; without the rest it can't be replayed."""
    opened = {"settings": {"wait-place": "outside"}, "people": {"office": 2}, "after_hours": True}
    assert bodies.situation_of(opened) == Situation({"wait-place": "outside"}, {"office": 2}, after_hours=True)
    del opened["after_hours"]
    assert bodies.situation_of(opened).after_hours is False
    for name in ("settings", "people"):
        with pytest.raises(KeyError):
            bodies.situation_of({key: value for key, value in opened.items() if key != name})


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        ({"pressed": "left"}, {"press": "left"}),
        ({"pressed": "left", "chosen": "yes"}, {"press": "left"}),
        ({"chosen": "yes"}, "yes"),
        ({"confirmed": True}, "done"),
        ({}, None),
        ({"sung": "a song"}, None),
    ],
)
def test_an_answer_reads_as_a_scenario_writes_it(body: dict[str, object], answer: object) -> None:
    """None if it is missing."""
    assert bodies.answer_of(body) == answer


@pytest.mark.parametrize("kind", EntryKind)
def test_only_an_entry_with_an_answer_is_replayed(kind: EntryKind) -> None:
    """One that was saved in part is replayed as a part."""
    replayed = bodies.given_in(kind, "who", {"visit": 2, "chosen": "yes"})
    if kind in ANSWERS:
        assert replayed == Given(Place("who", 2), Chosen("yes"), part=kind is EntryKind.STEP_PARTIAL)
    else:
        assert replayed is None
    assert bodies.given_in(kind, "who", {}) is None


# -- text with two meanings --------------------------------------------------------------------------------------------

WORDS = "came from Asylum"
BODY: dict[str, Json] = {"text": WORDS, "reason": "Three cars", "count": 2, "other": "they have no papers"}


def test_a_meaning_is_stored_with_the_text_that_needs_one() -> None:
    """Not with text of one meaning, nor with a value that nobody typed."""
    body = with_meanings(BODY, ["text", "reason", "count"], {WORDS: Meaning.STREET, "Three cars": Meaning.FORM})
    assert body == BODY | {"meaning.text": "street"}
    assert meanings_in(body) == {"text": "street"}
    assert meant_in(body) == {WORDS: Meaning.STREET}


@pytest.mark.parametrize(("words", "error"), [(WORDS, UnclearText), ("Asylum Avenue, he has no papers", PrivateText)])
def test_a_text_without_a_meaning_of_its_own_is_refused(words: str, error: type[PrivateText]) -> None:
    """The meaning of other words does not excuse it, nor does any excuse what is unmistakable."""
    for meant in (UNSAID, {"Asylum": Meaning.STREET}, {words: Meaning.BADGE}):
        with pytest.raises(error):
            with_meanings({"text": words}, ["text"], meant)


@pytest.mark.parametrize("body", [{"meaning.text": "street"}, {"text": WORDS, "meaning.text": "of-a-newer-version"}])
def test_a_meaning_without_its_text_or_of_a_newer_version_says_nothing(body: dict[str, str]) -> None:
    """A text that was destroyed, or an id that is not known here."""
    assert meant_in(body) == {}
