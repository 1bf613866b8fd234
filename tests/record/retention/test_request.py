"""A request to destroy records: one text, which names exactly what an officer allows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

import pytest

from kiosk.errors import UsageError
from kiosk.record.entries import Entry, NewEntry, encode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.retention.eligibility import RetentionStatus
from kiosk.record.retention.request import (
    DestructionRequest,
    NamedRecord,
    content_of,
    matches,
    named,
    read_request,
    request_text,
    schedule_lines,
)
from kiosk.record.retention.schedule import ALL, Period, RetentionRule
from kiosk.record.transparency.checkpoint import Checkpoint
from tests.record.retention.logged import TODAY, a_record, noon

CLOSED: Final = date(2020, 3, 10)
ONE: Final = NamedRecord("2020-0001", "handover", CLOSED, date(2023, 3, 10), "a", "ab" * 32)
REQUEST: Final = DestructionRequest(
    "Lincoln Elementary School",
    "Front office",
    "live",
    Checkpoint("front-office-kiosk/1", 412, bytes(32)),
    TODAY,
    ("all: 3 years, from 2020-01-01, A schedule: M8, set by A. Ruiz",),
    (ONE, replace(ONE, no="2020-0002", outcome="-", encounter_id="b")),
)
STATUS: Final = RetentionStatus(
    replace(a_record("2020-0001", closed=CLOSED), outcome="handover"), (), (), ONE.eligible_from, "ab" * 32
)


def entry(kind: EntryKind, words: str, seq: int = 0) -> NewEntry:
    """An entry of a record, with the same salt each time."""
    event = f"event-{seq}"
    return encode(
        Entry(kind, {"text": words}, "a"), origin="o/1", seq=seq, event_id=event, at=noon(TODAY), salt=lambda: b"s" * 16
    )


@pytest.mark.parametrize(
    "request_", [REQUEST, replace(REQUEST, schedule=(), school="", mode="practice", records=(ONE,))]
)
def test_a_request_reads_back_as_it_was(request_: DestructionRequest) -> None:
    """Readable lines, and nothing that a reader would lose."""
    assert read_request(request_text(request_).encode()) == request_


TEXT: Final = request_text(REQUEST)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "odd",
        TEXT.replace("request 1", "request 2"),
        TEXT.replace("entries: 412", "entries: many"),
        TEXT.replace("entries: 412", "entries: 0412"),
        TEXT.replace("2020-03-10", "2020-02-30"),
        TEXT.replace("record 2020-0002", "Record 2020-0002"),
        TEXT.replace("encounter b", "encounter a"),
        TEXT.replace("root hash: A", "root hash: !"),
        TEXT.replace("desk: Front office\n", ""),
        TEXT.split("record ")[0],
        TEXT + "note: also 2020-0003\n",
        TEXT.replace("\n", "\r\n"),
    ],
)
def test_another_text_is_no_request(text: str) -> None:
    """A record named twice, a line more or less, a number written otherwise."""
    with pytest.raises(UsageError):
        read_request(text.encode())


def test_bytes_that_are_no_text_are_no_request() -> None:
    """As a damaged file."""
    with pytest.raises(UsageError):
        read_request(b"\xff")


def test_the_content_of_a_record_is_each_of_its_entries() -> None:
    """An amendment, another word or another order changes it; a hold, a refusal and a destruction do not."""
    first, second = entry(EntryKind.ENCOUNTER_OPENED, "a"), entry(EntryKind.NOTE_ADDED, "b", 1)
    known = content_of([first, second])
    for others in ([first], [second, first], [first, entry(EntryKind.NOTE_ADDED, "c", 1)]):
        assert content_of(others) != known
    assert content_of([first, second, entry(EntryKind.AMENDMENT_ADDED, "c", 2)]) != known
    for kind in (EntryKind.HOLD_PLACED, EntryKind.DESTRUCTION_REFUSED, EntryKind.RECORD_DESTROYED):
        assert content_of([first, second, entry(kind, "c", 2)]) == known
    destroyed = [replace(one, disclosures=()) for one in (first, second)]
    assert content_of(destroyed) == known


def test_a_record_is_what_was_named_whenever_it_is_eligible() -> None:
    """Its number, how and when it ended and its entries count: an officer read them."""
    assert [*named([STATUS])] == [ONE]
    assert matches(ONE, STATUS)
    assert matches(ONE, replace(STATUS, eligible_from=None))
    for other in (
        replace(ONE, no="2020-0002"),
        replace(ONE, outcome="gone"),
        replace(ONE, closed=TODAY),
        replace(ONE, content="cd" * 32),
    ):
        assert not matches(other, STATUS)
    assert not matches(ONE, replace(STATUS, record=replace(STATUS.record, closed_at=None)))


def test_each_rule_of_the_schedule_is_one_line() -> None:
    """However its authority was typed."""
    rule = RetentionRule(ALL, Period(years=3), "A schedule\nof two lines", "A. Ruiz", CLOSED)
    assert schedule_lines({ALL: rule}) == ("all: 3 years, from 2020-03-10, A schedule of two lines, set by A. Ruiz",)
