"""The entries that close a record: how it ended, who was told, and whether something is left to do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.desk.closing import at_outcome, before_outcome
from kiosk.desk.running import CallMade, Running
from kiosk.protocol.replies import CallResult, Missing, Recorded
from kiosk.record.endings import Ending, VoidReason
from kiosk.record.entry_kinds import EntryKind
from kiosk.system.clock import FixedClock
from tests.builders import CONTENT_HASH, DA, SO, walked

AT = FixedClock().now()
LATER = Recorded.of({"agency-as-stated": "An agency", "agents-count": 2, "badge": Missing("deferred")})
TO_FACTS = ("no", "federal", ["reached"])


def running(*replies: object, reached: tuple[str, ...] = ()) -> Running:
    """A record after these replies, in which people of these roles were reached."""
    calls = tuple(CallMade(role, 0, "Dana Ruiz", CallResult.REACHED, AT) for role in reached)
    return Running("record-1", "2026-001", AT, walked(*replies), CONTENT_HASH, calls)


def test_a_record_without_an_outcome_has_no_closing_at_one() -> None:
    """Nothing is written."""
    assert at_outcome(running("no"), AT) == ()


def test_a_closing_names_its_outcome_and_who_was_told() -> None:
    """With nothing left to do it is the only entry."""
    (closed,) = at_outcome(running("no", "!they-left", reached=(SO, DA)), AT)
    assert (closed.kind, closed.encounter_id, closed.step) == (EntryKind.ENCOUNTER_CLOSED, "record-1", None)
    assert closed.pack == CONTENT_HASH
    assert closed.body == {
        "outcome": "left",
        "refer": SO,
        "notified": [SO],
        "not_notified": [],
        "superseded": [],
    }


def test_somebody_left_to_tell_makes_it_incomplete_first() -> None:
    """The closing comes last; the entry before it has no values and no step."""
    incomplete, closed = at_outcome(running("no", "!they-left", reached=(DA,)), AT)
    assert (incomplete.kind, dict(incomplete.body), incomplete.step) == (EntryKind.RECORD_INCOMPLETE, {}, None)
    assert (incomplete.encounter_id, incomplete.pack) == (closed.encounter_id, closed.pack)
    assert closed.kind is EntryKind.ENCOUNTER_CLOSED
    assert (closed.body["notified"], closed.body["not_notified"]) == ([], [SO])


def test_a_fact_to_fill_in_makes_it_incomplete_too() -> None:
    """Although everybody was told."""
    kinds = [entry.kind for entry in at_outcome(running(*TO_FACTS, LATER, "!they-left", reached=(SO,)), AT)]
    assert kinds == [EntryKind.RECORD_INCOMPLETE, EntryKind.ENCOUNTER_CLOSED]


@pytest.mark.parametrize("by", ["", "D. R."])
def test_a_record_that_was_over_still_tells_the_office(by: str) -> None:
    """Its closing has no outcome and no step; initials only when they are given."""
    record = running(*TO_FACTS)
    incomplete, closed = before_outcome(record, Ending.UNFINISHED, "over", by)
    assert (incomplete.kind, closed.step) == (EntryKind.RECORD_INCOMPLETE, None)
    assert (closed.body["ending"], closed.body["reason"], closed.body.get("by", "")) == ("unfinished", "over", by)
    assert ("by" in closed.body) is bool(by)
    assert (closed.body["not_notified"], "outcome" in closed.body) == ([SO], False)
    told = replace(record, calls=running(reached=(SO,)).calls)
    assert [entry.kind for entry in before_outcome(told, Ending.UNFINISHED, "over")] == [EntryKind.ENCOUNTER_CLOSED]


def test_a_void_record_leaves_nothing_to_do() -> None:
    """Nobody is told of it, and no fact is filled in."""
    (closed,) = before_outcome(running(*TO_FACTS, LATER), Ending.VOID, VoidReason.MISTAKE)
    assert closed.kind is EntryKind.ENCOUNTER_CLOSED
    assert (closed.body["ending"], closed.body["reason"]) == ("void", VoidReason.MISTAKE)
    assert (closed.body["notified"], closed.body["not_notified"]) == ([], [])
