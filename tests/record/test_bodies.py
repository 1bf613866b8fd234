"""Replies survive being written into entries and read back."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

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
from kiosk.record.canonical import canonical

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
