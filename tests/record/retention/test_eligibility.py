"""Whether the details of a record may be destroyed, and the entries that say so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import pytest

from kiosk.record.entries import Actor, Entry
from kiosk.record.entry_kinds import RETENTION, EntryKind
from kiosk.record.holds import Hold
from kiosk.record.retention.eligibility import (
    KeptBecause,
    RetentionStatus,
    refusal,
    retention_status,
    why_not,
)
from kiosk.record.retention.schedule import ALL, Period, RetentionRule
from tests.record.retention.logged import TODAY, a_record, logged, noon

RECORD: Final = a_record(opened=date(2020, 3, 10), closed=date(2020, 3, 10))
HOLD: Final = Hold("a", "hold-1", RECORD.no, noon(TODAY), "A subpoena", "Dana Ruiz")
RULES: Final = {ALL: RetentionRule(ALL, Period(years=3), "A schedule", "Dana Ruiz", date(2020, 1, 1))}
VALUES: Final = (
    (EntryKind.STEP_ANSWERED, "field.agency"),
    (EntryKind.STEP_ANSWERED, "visit"),
    (EntryKind.STEP_CORRECTED, "field.agency"),
    (EntryKind.STEP_CORRECTED, "field.badge"),
    (EntryKind.NOTE_ADDED, "text"),
    (EntryKind.AMENDMENT_ADDED, "field.card"),
    (EntryKind.AMENDMENT_ADDED, "reason"),
    (EntryKind.AMENDMENT_ADDED, "was.field.card"),
    (EntryKind.AMENDMENT_ADDED, "reason"),
)
ELIGIBLE: Final = RetentionStatus(RECORD, VALUES, (), TODAY)


def test_the_facts_to_destroy_are_named_once_each() -> None:
    """In the order of the entries, without their prefix; an original value in an amendment is no fact of its own."""
    assert ELIGIBLE.facts == ("agency", "badge", "card")
    assert replace(ELIGIBLE, values=()).facts == ()


def test_notes_and_amendments_are_counted_by_entry() -> None:
    """However many values each has."""
    assert ELIGIBLE.count(EntryKind.NOTE_ADDED) == 1
    assert ELIGIBLE.count(EntryKind.AMENDMENT_ADDED) == 2
    assert replace(ELIGIBLE, values=VALUES[:4]).count(EntryKind.NOTE_ADDED) == 0


def test_every_value_of_the_record_is_to_be_destroyed() -> None:
    """By entry, and in each entry by name."""
    entries = [
        logged(EntryKind.ENCOUNTER_OPENED, {"no": RECORD.no, "desk": "Front office"}),
        logged(EntryKind.NOTE_ADDED, {"text": "Two cars"}),
        logged(EntryKind.NOTE_ADDED, {}),
    ]
    assert retention_status(RECORD, entries, (), {}).values == (
        (EntryKind.ENCOUNTER_OPENED, "desk"),
        (EntryKind.ENCOUNTER_OPENED, "no"),
        (EntryKind.NOTE_ADDED, "text"),
    )


def test_a_value_that_only_the_district_can_read_is_destroyed_too() -> None:
    """A fact among them is also in the body, as missing; it counts once."""
    body = {"visit": 1, "field.agency": {"missing": "encrypted"}}
    entry = logged(EntryKind.STEP_ANSWERED, body, encrypted=("field.agency", "zone"))
    assert [name for _, name in retention_status(RECORD, [entry], (), {}).values] == ["field.agency", "visit", "zone"]


@pytest.mark.parametrize("kind", sorted(RETENTION))
def test_entries_about_holds_and_destruction_are_never_destroyed(kind: EntryKind) -> None:
    """They show what was done with the record."""
    entry = logged(kind, {"reason": "A subpoena", "by": "Dana Ruiz"})
    assert retention_status(RECORD, [entry], (), RULES) == RetentionStatus(RECORD, (), (), None)


def test_only_the_holds_on_the_record_itself_count() -> None:
    """In their order."""
    second, other = replace(HOLD, event_id="hold-2"), replace(HOLD, encounter_id="b")
    assert retention_status(RECORD, (), (HOLD, other, second), {}).holds == (HOLD, second)


def test_the_period_starts_when_the_record_was_closed_or_last_added_to() -> None:
    """Nothing else moves that day, and neither does an entry about retention."""
    closed = logged(EntryKind.ENCOUNTER_CLOSED, {"outcome": "left"}, day=date(2020, 3, 10), step="left")
    called = logged(EntryKind.CALL_MADE, {"result": "reached"}, day=date(2021, 5, 2))
    amended = logged(EntryKind.AMENDMENT_ADDED, {"reason": "Misread"}, day=date(2021, 6, 3))
    others = [logged(EntryKind.RECORD_COMPLETED, {}), logged(EntryKind.HOLD_PLACED, {"by": "Dana Ruiz"})]
    for entries, day in (
        ([closed], date(2023, 3, 10)),
        ([closed, called], date(2024, 5, 2)),
        ([closed, called, amended], date(2024, 6, 3)),
        ([closed, *others], date(2023, 3, 10)),
    ):
        assert retention_status(RECORD, entries, (), RULES).eligible_from == day
    assert retention_status(RECORD, [closed], (), {}).eligible_from is None


def test_a_record_that_is_not_closed_is_never_eligible() -> None:
    """However old its calls are."""
    entries = [logged(EntryKind.CALL_MADE, {"result": "reached"}, day=date(2001, 1, 1))]
    assert retention_status(replace(RECORD, closed_at=None), entries, (), RULES).eligible_from is None


def test_an_eligible_record_may_be_destroyed_with_an_authorization() -> None:
    """On the first day after its period, and on every later one."""
    assert why_not(ELIGIBLE, TODAY, unchanged=True) is None
    assert why_not(ELIGIBLE, date.max, unchanged=True) is None


@pytest.mark.parametrize(
    ("status", "all_read", "unchanged", "why"),
    [
        (replace(ELIGIBLE, holds=(HOLD,)), True, True, KeptBecause.ON_HOLD),
        (ELIGIBLE, False, True, KeptBecause.UNREADABLE),
        (replace(ELIGIBLE, record=replace(RECORD, closed_at=None)), True, True, KeptBecause.NOT_CLOSED),
        (replace(ELIGIBLE, values=()), True, True, KeptBecause.DESTROYED),
        (ELIGIBLE, True, False, KeptBecause.CHANGED),
        (replace(ELIGIBLE, eligible_from=None), True, True, KeptBecause.NOT_ELIGIBLE),
        (replace(ELIGIBLE, eligible_from=TODAY + timedelta(1)), True, True, KeptBecause.NOT_ELIGIBLE),
    ],
)
def test_each_reason_alone_keeps_a_record(
    status: RetentionStatus, *, all_read: bool, unchanged: bool, why: KeptBecause
) -> None:
    """Nothing is destroyed until none of them is left."""
    assert why_not(status, TODAY, unchanged=unchanged, all_read=all_read) is why


def test_of_several_reasons_the_gravest_is_named() -> None:
    """A hold before all others; then as each is repaired, the next one."""
    status = RetentionStatus(replace(RECORD, closed_at=None), (), (HOLD,), None)
    assert why_not(status, TODAY, unchanged=False, all_read=False) is KeptBecause.ON_HOLD
    status = replace(status, holds=())
    assert why_not(status, TODAY, unchanged=False, all_read=False) is KeptBecause.UNREADABLE
    assert why_not(status, TODAY, unchanged=False) is KeptBecause.NOT_CLOSED
    status = replace(status, record=RECORD)
    assert why_not(status, TODAY, unchanged=False) is KeptBecause.DESTROYED
    status = replace(status, values=VALUES)
    assert why_not(status, TODAY, unchanged=False) is KeptBecause.CHANGED
    assert why_not(status, TODAY, unchanged=True) is KeptBecause.NOT_ELIGIBLE
    assert why_not(status, None, unchanged=True) is KeptBecause.NOT_ELIGIBLE


def test_a_refused_destruction_is_an_entry_too() -> None:
    """With the reason, and with the authorization that was named."""
    body = {"no": "2026-0001", "why": "on-hold", "by": "Dana Ruiz", "authorization": "RC-075"}
    entry = refusal(ELIGIBLE, KeptBecause.ON_HOLD, authorization="RC-075", by="Dana Ruiz")
    assert entry == Entry(EntryKind.DESTRUCTION_REFUSED, body, "a", actor=Actor.COMMAND)
