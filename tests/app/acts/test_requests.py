"""Records requests at the review screens: from receipt to answer, and what is refused on the way."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kiosk.app.acts.entering import Acts
from kiosk.app.acts.requests import deadline, due_words, offers_of, request_offers
from kiosk.app.bootstrap import append_entry
from kiosk.errors import Refused, UsageError
from kiosk.log.acts.requests import all_requests
from kiosk.presentation.acts import Group, Offer
from kiosk.privacy.guard import PrivateText
from kiosk.record.canonical import Json
from kiosk.record.entries import Actor, Entry, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.people.roles import Right
from kiosk.record.requests.records_request import Answer, RecordsRequest, RequestState
from kiosk.system.clock import FixedClock
from tests.app.acts.walk import done, offer, walk
from tests.homes import a_home, encounter

BY = {"by": "Dana Ruiz"}
NO = "R-2026-0001"
ASKED = {
    "requester": "A reporter",
    "how": "letter",
    "received": "2026-09-11",
    "deadline": "business-days",
    "due": "4",
    "asked": "All visits in August",
    "records": "2026-0001",
    **BY,
}


@pytest.fixture
def acts(tmp_path: Path) -> Acts:
    """A home with one record and one open request."""
    home = a_home(tmp_path)
    encounter(home)
    acts = Acts(home, "live", FixedClock())
    _done(acts, "new", ASKED)
    return acts


def _done(acts: Acts, name: str, answers: dict[str, str]) -> str:
    return done(_offer(acts, name), answers)


def _offer(acts: Acts, name: str) -> Offer:
    """The act to enter a new request, or one about the newest request."""
    if name == "new":
        return offer(request_offers(acts), "request.new")
    return offer(offers_of(acts, _request(acts)), f"request.{name}")


def _request(acts: Acts) -> RecordsRequest:
    with acts.reading() as log:
        return all_requests(log)[-1]


def _exported(acts: Acts) -> str:
    """Enter an export of everything for the public; return the id of its entry."""
    body: dict[str, Json] = {"format": "csv", "level": "public", "count": 1, "path": "copy.csv", "for": "A reporter"}
    append_entry(acts.home, "live", acts.clock, Entry(EntryKind.EXPORT_MADE, body, actor=Actor.COMMAND))
    with acts.reading() as log:
        return decode(next(iter(log.newest(EntryKind.EXPORT_MADE)))).event_id


def test_a_new_request_has_its_deadline_counted(acts: Acts) -> None:
    """In business days, which do not count the weekend; the preview says which days did not count."""
    act = _offer(acts, "new")
    assert (act.right, act.group) == (Right.REQUESTS, Group.REQUESTS)
    walked = walk(act, ASKED)
    assert walked.asked == ["requester", "how", "received", "deadline", "due", "asked", "records", "by"]
    assert walked.preview.lines == [
        "Records request: R-2026-0002",
        "Who asks: A reporter",
        "How it came: by letter",
        "Received on: 2026-09-11",
        "Due on: 2026-09-17",
        "Days that did not count: only weekends",
        "What was asked for: All visits in August",
        "Records named: 2026-0001",
        "By: Dana Ruiz",
    ]
    made = _request(acts)
    assert (made.no, made.due, made.business_days, made.scope.records) == (NO, date(2026, 9, 17), 4, ("2026-0001",))


@pytest.mark.parametrize(("way", "typed", "due"), [("days", "10", "2026-09-21"), ("day", "2026-09-11", "2026-09-11")])
def test_a_deadline_can_be_days_or_a_day(acts: Acts, way: str, typed: str, due: str) -> None:
    """Then no business days are recorded."""
    _done(acts, "new", ASKED | {"deadline": way, "due": typed})
    assert (str(_request(acts).due), _request(acts).business_days) == (due, None)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"requester": "SSN 219-09-9999"}, PrivateText),
        ({"received": "2026-09-15"}, UsageError),
        ({"received": "soon"}, UsageError),
        ({"due": "0"}, UsageError),
        ({"due": "367"}, UsageError),
        ({"due": "0004"}, UsageError),
        ({"due": "four"}, UsageError),
        ({"deadline": "day", "due": "2026-09-10"}, UsageError),
        ({"asked": "SSN 219-09-9999"}, PrivateText),
        ({"records": "2026-9999"}, UsageError),
    ],
)
def test_a_new_request_that_can_not_be_is_refused(acts: Acts, wrong: dict[str, str], error: type[Exception]) -> None:
    """In a sentence, at the question that it is about."""
    with pytest.raises(error):
        walk(_offer(acts, "new"), ASKED | wrong)


def test_a_holiday_is_skipped() -> None:
    """Monday is closed, so the second business day after Friday is Wednesday."""
    assert deadline(date(2026, 9, 11), "business-days", 2, [date(2026, 9, 14)]) == date(2026, 9, 16)


def test_a_copy_is_given_by_its_export(acts: Acts) -> None:
    """The preview says what it was and what it withholds; the same copy is not given twice."""
    export = _exported(acts)
    answers = {"export": export, **BY}
    walked = walk(_offer(acts, "give"), answers)
    assert walked.asked == ["export", "by"]
    assert "level public" in walked.preview.lines[1]
    walked.preview.do(lambda *_: None)
    assert [one.export.event_id for one in _request(acts).given] == [export]
    with pytest.raises(Refused):
        _done(acts, "give", answers)


def test_without_an_export_nothing_can_be_given(acts: Acts) -> None:
    """The copy is exported first."""
    with pytest.raises(Refused):
        _done(acts, "give", {})


def test_a_deadline_is_extended_to_a_later_day_with_a_reason(acts: Acts) -> None:
    """An earlier one is refused before the reason is asked for."""
    act = _offer(acts, "extend")
    with pytest.raises(Refused):
        walk(act, {"until": "2026-09-17"})
    _done(acts, "extend", {"until": "2026-10-01", "reason": "Counsel reads it.", **BY})
    (made,) = _request(acts).extensions
    assert (str(made.until), made.reason, made.by) == ("2026-10-01", "Counsel reads it.", "Dana Ruiz")


def test_a_request_is_closed_with_a_ground(acts: Acts) -> None:
    """A denial needs one; a withdrawal does not."""
    close = _offer(acts, "close")
    assert not walk(close, {"how": "denied"}).question.optional
    assert walk(close, {"how": "withdrawn"}).question.optional
    done(close, {"how": "denied", "reason": "An exemption applies.", **BY})
    closed = _request(acts).closed
    assert closed is not None
    assert (closed.how, closed.reason) == (Answer.DENIED, "An exemption applies.")
    assert _request(acts).state is RequestState.CLOSED
    with pytest.raises(Refused):
        done(close, {"how": "withdrawn", "reason": "", **BY})


def test_nothing_can_follow_a_closed_request(acts: Acts) -> None:
    """Also not an act that was chosen before."""
    give, extend = _offer(acts, "give"), _offer(acts, "extend")
    _done(acts, "close", {"how": "withdrawn", "reason": "", **BY})
    assert offers_of(acts, _request(acts)) == ()
    with pytest.raises(Refused):
        walk(give, {"export": _exported(acts), **BY})
    with pytest.raises(Refused):
        walk(extend, {"until": "2026-10-01"})


def test_an_overdue_request_says_so_in_a_word(acts: Acts) -> None:
    """Not by color alone."""
    clock = FixedClock()
    clock.advance(5 * 86_400)
    later = Acts(acts.home, "live", clock)
    assert due_words(acts, _request(acts)) == "due on 2026-09-17"
    assert due_words(later, _request(acts)) == "OVERDUE since 2026-09-17"
