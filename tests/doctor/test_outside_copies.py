"""The age of the newest issued checkpoint, once a record was closed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kiosk.doctor.check import Check, State, Subject
from kiosk.doctor.outside_copies import WEEK_US, check_outside_copies
from kiosk.record.canonical import Json
from kiosk.record.entries import Entry, encode
from kiosk.record.entry_kinds import EntryKind
from kiosk.system.clock import FixedClock
from tests.fakes import MemoryLog

DAY_0 = datetime(2026, 9, 14, tzinfo=UTC)


def add(log: MemoryLog, kind: EntryKind, day: int, **body: Json) -> None:
    """Append an entry of that day."""
    seq, at = log.size(), FixedClock(DAY_0 + timedelta(days=day)).now()
    entry = Entry(kind, body, f"record-{seq}" if kind is EntryKind.ENCOUNTER_CLOSED else None)
    log.append([encode(entry, origin=log.origin, seq=seq, event_id=f"event-{seq}", at=at)])


def look(log: MemoryLog, day: int, us: int = 0) -> Check | None:
    """The one check, or none."""
    now = FixedClock(DAY_0 + timedelta(days=day, microseconds=us)).now()
    found = list(check_outside_copies(log, now))
    assert len(found) <= 1
    return found[0] if found else None


def test_without_a_closed_record_nothing_is_said() -> None:
    """Not even years later."""
    log = MemoryLog()
    add(log, EntryKind.CHECKPOINT_ISSUED, 0, closed=0)
    assert look(log, 1000) is None


@pytest.mark.parametrize(("us", "said"), [(0, False), (1, True)])
def test_a_record_without_a_copy_is_amber_after_a_week(us: int, said: bool) -> None:
    """After a week and a microsecond, counted from the first record that was closed."""
    assert timedelta(microseconds=WEEK_US) == timedelta(days=7)
    log = MemoryLog()
    add(log, EntryKind.ENCOUNTER_CLOSED, 0)
    add(log, EntryKind.ENCOUNTER_CLOSED, 5)
    check = look(log, 7, us)
    assert (check is not None) is said
    assert check is None or (check.name, check.state) == (Subject.OUTSIDE_COPIES, State.AMBER)


def test_a_copy_that_covers_every_record_stays_green() -> None:
    """However old it is; its recipient is named."""
    log = MemoryLog()
    add(log, EntryKind.ENCOUNTER_CLOSED, 0)
    add(log, EntryKind.CHECKPOINT_ISSUED, 1, closed=1, **{"for": "the office"})
    check = look(log, 900)
    assert check is not None
    assert (check.state, "the office" in check.words) == (State.GREEN, True)


def test_records_closed_since_the_copy_are_counted_from_its_day() -> None:
    """Green for a week after the copy, then amber with the number of records."""
    log = MemoryLog()
    add(log, EntryKind.ENCOUNTER_CLOSED, 0)
    add(log, EntryKind.CHECKPOINT_ISSUED, 10, closed=1, **{"for": "the office"})
    add(log, EntryKind.ENCOUNTER_CLOSED, 11)
    add(log, EntryKind.ENCOUNTER_CLOSED, 12)
    green, amber = look(log, 17), look(log, 18)
    assert green is not None
    assert amber is not None
    assert (green.state, amber.state) == (State.GREEN, State.AMBER)
    assert "2 records" in amber.words


def test_a_copy_whose_number_can_not_be_read_covers_nothing() -> None:
    """A newer version may write it in another way."""
    log = MemoryLog()
    add(log, EntryKind.ENCOUNTER_CLOSED, 0)
    add(log, EntryKind.CHECKPOINT_ISSUED, 1, closed="all")
    check = look(log, 30)
    assert check is not None
    assert check.state is State.AMBER
