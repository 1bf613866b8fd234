"""Records requests: a state machine that only moves forward, and entries that read back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.errors import Refused
from kiosk.record.amendments import Ref
from kiosk.record.entries import Actor, encode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.requests.changes import Change, changed
from kiosk.record.requests.entries import change_in, changing, next_number, receiving, request_in, requests_in
from kiosk.record.requests.records_request import (
    Answer,
    Channel,
    Closed,
    Extension,
    Given,
    RecordsRequest,
    RequestState,
    Scope,
)
from kiosk.system.clock import FixedClock
from tests.fakes import MemoryLog
from tests.searching import examples

AT: Final = FixedClock().now()
DUE: Final = date(2026, 12, 1)
SCOPE: Final = Scope("The visit of 14 March", ("2026-0001",), date(2026, 3, 14), None)
REQUEST: Final = RecordsRequest(
    "event-1", "R-2026-0001", AT, "Robin Example", Channel.EMAIL, date(2026, 11, 23), DUE, 4, SCOPE, "Dana Ruiz"
)
COPY: Final = Given(AT, Ref(7, "export-7"), "Dana Ruiz")
LATER: Final = Extension(AT, DUE + timedelta(days=7), "Many records", "Dana Ruiz")


def ended(how: Answer, reason: str = "") -> Closed:
    """An end of a request."""
    return Closed(AT, how, reason, "Dana Ruiz")


OPEN: Final = REQUEST
PARTLY: Final = changed(REQUEST, COPY)
CHANGES: Final = st.one_of(
    st.integers(0, 3).map(lambda n: Given(AT, Ref(n, f"export-{n}"), "Dana Ruiz")),
    st.tuples(st.integers(-3, 9), st.sampled_from(["", "Many"])).map(
        lambda said: Extension(AT, DUE + timedelta(days=said[0]), said[1], "Dana Ruiz")
    ),
    st.tuples(st.sampled_from(Answer), st.sampled_from(["", "A law"])).map(lambda said: ended(*said)),
)


@pytest.mark.parametrize(
    ("before", "change"),
    [
        (PARTLY, COPY),
        (OPEN, replace(LATER, until=DUE)),
        (changed(OPEN, LATER), LATER),
        (OPEN, replace(LATER, reason="")),
        (OPEN, ended(Answer.ANSWERED)),
        (OPEN, ended(Answer.DENIED)),
        (PARTLY, ended(Answer.DENIED, "A law")),
        *((changed(PARTLY, ended(Answer.ANSWERED)), one) for one in (COPY, LATER, *map(ended, Answer))),
    ],
)
def test_each_impossible_change_is_refused(before: RecordsRequest, change: Change) -> None:
    """With a sentence that names the request and a repair, and nothing is written."""
    with pytest.raises(Refused) as refused:
        changing(before, change)
    assert refused.value.repair


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        (OPEN, COPY, RequestState.GIVEN),
        (OPEN, LATER, RequestState.RECEIVED),
        (PARTLY, replace(COPY, export=Ref(8, "export-8")), RequestState.GIVEN),
        (PARTLY, ended(Answer.ANSWERED), RequestState.CLOSED),
        (OPEN, ended(Answer.ANSWERED, "No such records"), RequestState.CLOSED),
        (OPEN, ended(Answer.DENIED, "A law"), RequestState.CLOSED),
        (PARTLY, ended(Answer.WITHDRAWN), RequestState.CLOSED),
    ],
)
def test_each_possible_change_moves_it(before: RecordsRequest, change: Change, after: RequestState) -> None:
    """Copies can be given bit by bit; a request for which there is nothing is answered with a reason."""
    assert changed(before, change).state is after


@settings(max_examples=examples(300))
@given(changes=st.lists(CHANGES, max_size=8))
def test_whatever_is_tried_it_only_moves_forward(changes: list[Change]) -> None:
    """The state and the deadline never go back, and nothing follows a closing; what the log has reads back the same."""
    request, log, states = REQUEST, MemoryLog(), list(RequestState)
    written = [receiving(REQUEST)]
    for change in changes:
        try:
            after = changed(request, change)
        except Refused:
            continue
        assert request.closed is None
        assert states.index(after.state) >= states.index(request.state)
        assert after.deadline >= request.deadline
        written.append(changing(request, change))
        request = after
    ids = ["event-1", *(f"event-{n}" for n in range(2, len(written) + 1))]
    log.append([encode(entry, origin=log.origin, seq=n, event_id=ids[n], at=AT) for n, entry in enumerate(written)])
    assert requests_in([log]) == [request]


@pytest.mark.parametrize(("day", "late"), [(DUE, False), (DUE + timedelta(days=1), True), (date(2026, 1, 1), False)])
def test_a_request_is_overdue_from_the_day_after_its_deadline(day: date, *, late: bool) -> None:
    """An extension counts instead; a closed one never is."""
    assert REQUEST.is_overdue(day) is late
    assert not changed(REQUEST, LATER).is_overdue(day)
    assert not changed(PARTLY, ended(Answer.ANSWERED)).is_overdue(day)


@pytest.mark.parametrize(
    ("request_", "can_be"),
    [
        (OPEN, False),
        (PARTLY, True),
        (changed(OPEN, ended(Answer.DENIED, "A law")), True),
        (changed(PARTLY, ended(Answer.WITHDRAWN)), False),
    ],
)
def test_a_letter_needs_something_to_say(request_: RecordsRequest, *, can_be: bool) -> None:
    """A copy that was given, or a decision; nobody waits for an answer to a withdrawn request."""
    assert request_.can_be_answered is can_be


def test_numbers_follow_the_highest_of_the_year() -> None:
    """Each year begins again; practice has its own; a number of a made-up form counts for nothing."""
    taken = [replace(REQUEST, no=no) for no in ("R-2026-0001", "R-2026-0009", "R-2025-0100", "R-2026-x")]
    assert next_number([], "live", 2026) == "R-2026-0001"
    assert next_number(taken, "live", 2026) == "R-2026-0010"
    assert next_number(taken, "live", 2027) == "R-2027-0001"
    assert next_number([replace(REQUEST, no="P-R-2026-0002")], "practice", 2026) == "P-R-2026-0003"


def body(**other: Any) -> dict[str, Any]:
    """The body of a new request, with some other values."""
    return {**receiving(REQUEST).body, **other}


@pytest.mark.parametrize(
    "other",
    [
        {"no": "2026-0001"},
        {"no": "R-2026-0001\n"},
        {"how": "pigeon"},
        {"how": None},
        {"received": "20261123"},
        {"received": "2026-12-02"},
        {"deadline": "tomorrow"},
        {"deadline": 7},
        {"business_days": 0},
        {"business_days": True},
        {"business_days": "4"},
        {"requester": ""},
        {"asked": None},
        {"records": "2026-0001"},
        {"records": [1]},
        {"from": "yesterday"},
        {"by": ["Dana"]},
    ],
)
def test_a_request_that_does_not_read_is_refused(other: dict[str, Any]) -> None:
    """Whatever program sends it; in a log of a newer version it is left out."""
    with pytest.raises(Refused):
        request_in(body(**other), AT)
    log, entry = MemoryLog(), replace(receiving(REQUEST), body=body(**other))
    log.append([encode(entry, origin=log.origin, seq=0, event_id="event-1", at=AT)])
    assert requests_in([log]) == []


@pytest.mark.parametrize(
    ("kind", "other"),
    [
        (EntryKind.REQUEST_GIVEN, {"export": 7}),
        (EntryKind.REQUEST_GIVEN, {"export": {"entry": "7", "event_id": "export-7"}}),
        (EntryKind.REQUEST_EXTENDED, {"until": "soon", "reason": "Many"}),
        (EntryKind.REQUEST_EXTENDED, {"until": "2026-12-08"}),
        (EntryKind.REQUEST_CLOSED, {"how": "lost", "reason": ""}),
        (EntryKind.REQUEST_CLOSED, {"how": "answered", "reason": 7}),
        (EntryKind.EXPORT_MADE, {}),
    ],
)
def test_a_change_that_does_not_read_is_refused(kind: EntryKind, other: dict[str, Any]) -> None:
    """Likewise."""
    with pytest.raises(Refused):
        change_in(kind, {"by": "Dana Ruiz", **other}, AT)


def test_an_entry_names_no_encounter_and_is_a_commands() -> None:
    """A request is about many records or none."""
    for entry in (receiving(REQUEST), changing(REQUEST, COPY)):
        assert (entry.encounter_id, entry.actor) == (None, Actor.COMMAND)
