"""A duty of a record: read from its entries, and its state at a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pytest

from kiosk.record.canonical import Json
from kiosk.record.duty import DutyState, RecordDuty, duties_in
from kiosk.record.entries import LoggedEntry
from kiosk.record.entry_kinds import EntryKind
from kiosk.system.clock import Instant

OWED: Mapping[str, Any] = {
    "no": "2026-0001",
    "outcome": "over",
    "duties": [
        {"id": "papers", "owner": "office", "due": "2026-09-14T23:59:59-04:00"},
        {"id": "family", "owner": "office", "due": "2026-09-16T23:59:59-04:00"},
    ],
}
DONE = {"duty": "papers", "on": "2026-09-15", "by": "Dana Ruiz", "note": "By courier."}


def logged(*entries: tuple[EntryKind, Mapping[str, Json]]) -> list[LoggedEntry]:
    """These entries of one record, in order."""
    return [
        LoggedEntry(n, f"e{n}", kind, "enc", None, "desk", None, Instant(n, "b", n), body)
        for n, (kind, body) in enumerate(entries)
    ]


def found(*later: tuple[EntryKind, Mapping[str, Json]], owed: Mapping[str, Json] = OWED) -> dict[str, RecordDuty]:
    """The duties of a record with these later entries."""
    return {duty.id: duty for duty in duties_in(logged((EntryKind.DUTIES_OWED, owed), *later))}


def at(words: str) -> Instant:
    """The reading of a clock at this time."""
    return Instant(round(datetime.fromisoformat(words).timestamp() * 1_000_000), "b", 0)


def test_duties_are_open_until_an_entry_says_otherwise() -> None:
    """In the order of the closing."""
    duties = found()
    assert list(duties) == ["papers", "family"]
    assert [duty.settled for duty in duties.values()] == [None, None]
    assert duties["papers"].due == datetime.fromisoformat("2026-09-14T23:59:59-04:00")


def test_the_newest_entry_about_a_duty_applies() -> None:
    """A mistake is corrected by another entry; both are in the log."""
    duty = found(
        (EntryKind.DUTY_EXCEPTED, {"duty": "papers", "reason": "None came.", "by": "Lee Novak"}),
        (EntryKind.DUTY_DONE, DONE),
    )["papers"]
    assert duty.settled is DutyState.DONE
    assert duty.fulfilled is not None
    assert (duty.fulfilled.on, duty.fulfilled.by, duty.fulfilled.words) == (
        date(2026, 9, 15),
        "Dana Ruiz",
        "By courier.",
    )
    assert duty.fulfilled.ref.entry == 2


def test_the_newest_person_who_was_named_does_it() -> None:
    """It stays open, and its owner is the same role."""
    named = [(EntryKind.DUTY_ASSIGNED, {"duty": "papers", "to": to, "by": "Dana Ruiz"}) for to in ("A", "Lee Novak")]
    duties = found(*named)
    assert (duties["papers"].assigned, duties["family"].assigned) == ("Lee Novak", "")
    assert duties["papers"].settled is None


def test_one_that_was_done_after_its_last_day_is_late() -> None:
    """By the day that was given, not by the time of the entry; an exception is not late."""
    late = [found((EntryKind.DUTY_DONE, {**DONE, "on": on}))["papers"].late for on in ("2026-09-14", "2026-09-15")]
    assert late == [False, True]
    excepted = {"duty": "papers", "reason": "None came.", "by": "Lee Novak"}
    assert not found((EntryKind.DUTY_EXCEPTED, excepted))["papers"].late


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("2026-09-15T23:59:59-04:00", DutyState.OPEN),
        ("2026-09-16T00:00:00-04:00", DutyState.DUE),
        ("2026-09-17T03:59:59+00:00", DutyState.DUE),
        ("2026-09-17T04:00:00+00:00", DutyState.OVERDUE),
    ],
)
def test_the_state_of_an_open_duty_follows_from_the_time(now: str, state: DutyState) -> None:
    """Its last day is the desk's, wherever it is read."""
    assert found()["family"].state(at(now)) is state


def test_the_state_of_a_settled_duty_does_not() -> None:
    """Done is done."""
    assert found((EntryKind.DUTY_DONE, DONE))["papers"].state(at("2036-01-01T00:00:00-05:00")) is DutyState.DONE


@pytest.mark.parametrize(
    "owed",
    [
        {},
        {"duties": "papers"},
        {"duties": [{"id": "papers"}]},
        {"duties": [{"id": 1, "owner": [], "due": None}]},
        {"duties": None},
    ],
)
def test_what_is_withheld_or_of_a_newer_version_is_no_duty(owed: Mapping[str, Json]) -> None:
    """Nothing fails; a later entry about it changes nothing."""
    assert found((EntryKind.DUTY_DONE, DONE), owed=owed) == {}


@pytest.mark.parametrize("due", ["", "soon", None, "2026-09-14", "2026-09-14T23:59:59"])
def test_a_duty_with_an_unreadable_time_stays_open_and_is_never_overdue(due: Json) -> None:
    """It is in the list all the same."""
    duty = found(owed={"duties": [{"id": "papers", "owner": "office", "due": due}]})["papers"]
    assert (duty.due, duty.state(at("2036-01-01T00:00:00-05:00"))) == (None, DutyState.OPEN)


def test_an_entry_about_a_duty_that_the_record_has_not_is_ignored() -> None:
    """Also one whose duty is withheld."""
    assert (
        found((EntryKind.DUTY_DONE, {**DONE, "duty": "camera"}), (EntryKind.DUTY_DONE, {"duty": ["papers"]})) == found()
    )
