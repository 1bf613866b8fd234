"""A clock that jumps makes nothing eligible: a day counts once another day and an earlier session have shown it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

import pytest

from kiosk.record.entries import EncodedEntry, Entry, encode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.retention.confirmed_day import confirmed_day
from kiosk.system.clock import FixedClock

Made = tuple[EntryKind, str]

TODAY = date(2026, 9, 14)
STARTED, ENDED, NOTE = EntryKind.SESSION_STARTED, EntryKind.SESSION_ENDED, EntryKind.NOTE_ADDED


def newest(made: Sequence[Made]) -> Iterator[EncodedEntry]:
    """Entries of these kinds and days, newest first."""
    for seq, (kind, day) in reversed([*enumerate(made)]):
        at = FixedClock(datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC)).now()
        yield encode(Entry(kind, {}), origin="a-log", seq=seq, event_id=f"event-{seq}", at=at)


def session(day: str) -> tuple[Made, ...]:
    """A session on one day."""
    return (STARTED, day), (ENDED, day)


@pytest.mark.parametrize(
    ("made", "day"),
    [
        ((), None),
        (session("2026-09-10"), None),
        ((*session("2026-09-09"), *session("2026-09-10")), "2026-09-09"),
        ((*session("2026-09-10"), *session("2026-09-14")), "2026-09-10"),
        ((*session("2026-09-10"), *session("2026-09-14"), *session("2026-09-14")), "2026-09-10"),
        ((*session("2026-09-10"), (NOTE, "2026-09-12"), *session("2026-09-14")), "2026-09-12"),
        ((*session("2026-09-10"), *session("2030-01-01"), *session("2026-09-14")), "2026-09-14"),
        (((STARTED, "2026-09-01"),), None),
    ],
)
def test_a_day_counts_once_an_earlier_session_and_another_day_have_shown_it(
    made: Sequence[Made], day: str | None
) -> None:
    """Entries of today or of the newest session alone confirm nothing; nothing after today counts."""
    expected = date.fromisoformat(day) if day else None
    assert confirmed_day(TODAY, newest(made), synchronized=False) == expected


def test_a_synchronized_clock_needs_no_log() -> None:
    """The log is not even read."""

    unread = newest(session("2026-09-10"))
    assert confirmed_day(TODAY, unread, synchronized=True) == TODAY
    assert len([*unread]) == 2


@pytest.mark.parametrize(
    ("clock", "day"), [(date(2021, 1, 1), date(2021, 1, 1)), (date(2030, 5, 1), date(2026, 9, 14))]
)
def test_a_wrong_clock_counts_no_later_day_than_the_log_shows(clock: date, day: date) -> None:
    """A dead battery, and a jump forward: also with an open session on that day, however often it is restarted."""
    before = (*session("2026-09-11"), *session("2026-09-14"))
    wrong = session(clock.isoformat())
    for times in range(4):
        found = confirmed_day(clock, newest((*before, *wrong * times)), synchronized=False)
        assert found == (day if times or clock.year == 2021 else date(2026, 9, 11))


def test_an_altered_entry_confirms_nothing() -> None:
    """It is passed over."""
    first, *others = newest((*session("2026-09-10"), (NOTE, "2026-09-12"), (STARTED, "2026-09-13")))
    changed = EncodedEntry(others[0].seq, others[0].header, bytes(32), others[0].disclosures, others[0].encrypted)
    assert confirmed_day(TODAY, [first, changed, *others[1:]], synchronized=False) == date(2026, 9, 10)
