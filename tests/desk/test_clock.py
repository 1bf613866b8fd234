"""The desk and its clock: a clock that was set is an entry, a sleep is none, and order never comes from time."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kiosk.desk.service import Desk
from kiosk.protocol.replies import Chosen
from kiosk.record.entries import decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.system.clock import FixedClock, Sync, SyncState
from tests.builders import a_desk, place
from tests.fakes import MemoryLog


def test_a_clock_that_was_set_is_an_entry_of_its_own(desk: Desk, clock: FixedClock, log: MemoryLog) -> None:
    """Before the entry that noticed it, with by how much."""
    running = desk.open()
    clock.advance(3_600)
    running = desk.answer(running, place("danger"), Chosen("no"))
    assert EntryKind.CLOCK_CHANGED not in log.kinds()
    ran = clock.boot_ns
    clock.advance(-3_600)
    clock.boot_ns = ran
    desk.answer(running, place("who"), Chosen("police"))
    assert log.kinds()[-2:] == [EntryKind.CLOCK_CHANGED, EntryKind.STEP_ANSWERED]
    assert log.told()[-2].body == {"by_us": -3_600_000_000}


def test_a_machine_that_slept_is_no_step(desk: Desk, clock: FixedClock, log: MemoryLog) -> None:
    """Both clocks run through sleep, for a night or a summer."""
    running = desk.open()
    for seconds in (14 * 3_600, 80 * 86_400):
        clock.advance(seconds)
        desk.note(running, "still here")
    assert log.kinds() == [EntryKind.ENCOUNTER_OPENED, EntryKind.NOTE_ADDED, EntryKind.NOTE_ADDED]


def test_small_drift_and_a_later_start_are_no_step(desk: Desk, clock: FixedClock, log: MemoryLog) -> None:
    """Two clocks never agree to the microsecond, and nobody knows how long the machine was off."""
    desk.open()
    clock.boot_ns += 1_900_000_000
    desk.open()
    clock.boot_id, clock.boot_ns = "another", 5
    clock.advance(86_400)
    desk.open()
    assert log.kinds() == [EntryKind.ENCOUNTER_OPENED] * 3


def test_a_clock_that_went_back_while_the_machine_was_off_is_told(
    desk: Desk, clock: FixedClock, log: MemoryLog
) -> None:
    """By how much at least: the time it was off can't be known."""
    desk.open()
    clock.boot_id = "another"
    clock.advance(-86_400)
    desk.open()
    assert log.kinds() == [EntryKind.ENCOUNTER_OPENED, EntryKind.CLOCK_CHANGED, EntryKind.ENCOUNTER_OPENED]
    assert log.told()[1].body == {"by_us": -86_400_000_000, "at_least": True}


@pytest.mark.parametrize(
    "sync", [Sync(SyncState.UNKNOWN), Sync(SyncState.UNSYNCHRONIZED), Sync(SyncState.SYNCHRONIZED, 1_500)]
)
def test_a_session_says_whether_the_system_vouches_for_its_clock(log: MemoryLog, sync: Sync) -> None:
    """So that years later the times of that session can be judged."""
    a_desk(log, FixedClock(sync_state=sync)).start_session()
    assert log.told()[0].body["clock"] == {"state": sync.state, "error_us": sync.error_us}


def test_a_clock_set_back_a_year_reorders_nothing(log: MemoryLog, clock: FixedClock) -> None:
    """The entries stand in the order in which they were made, and numbers are never given twice."""
    numbers = [a_desk(log, clock).open().no]
    clock.at = clock.at.replace(year=2025)
    numbers.append(a_desk(log, clock).open().no)
    assert numbers == ["2026-0001", "2025-0002"]
    assert [entry.seq for entry in log.told()] == [0, 1, 2]
    left = a_desk(log, clock).unfinished().records
    assert left[0].no == "2025-0002", "the newest is the one with the highest entry"


def test_a_clock_set_while_the_kiosk_was_off_is_noticed_at_the_start(log: MemoryLog, clock: FixedClock) -> None:
    """The newest entry of the log is what the new session compares with."""
    a_desk(log, clock).end_session()
    clock.boot_ns += 60_000_000_000
    a_desk(log, clock).start_session()
    assert log.kinds() == [EntryKind.SESSION_ENDED, EntryKind.CLOCK_CHANGED, EntryKind.SESSION_STARTED]


def test_a_clock_before_2000_stops_no_encounter() -> None:
    """A dead battery's date is kept as it was; setting it right later is an entry of its own."""
    log, clock = MemoryLog(), FixedClock(datetime(1998, 1, 1, tzinfo=UTC))
    desk = a_desk(log, clock)
    running = desk.open()
    clock.at = datetime(2026, 9, 14, 14, 42, tzinfo=UTC)

    desk.note(running, "The clock was set.")

    kept = [decode(entry) for entry in log.entries()]
    assert running.no.endswith("1998-0001")
    assert [entry.kind for entry in kept] == [EntryKind.ENCOUNTER_OPENED, EntryKind.CLOCK_CHANGED, EntryKind.NOTE_ADDED]
    assert kept[0].at.local(UTC).year == 1998
