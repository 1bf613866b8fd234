"""Holds, retention periods and eligible records, read from all logs."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta

import pytest

from kiosk.app.bootstrap import append_entry
from kiosk.log.archive import archived_files, open_history
from kiosk.log.retention_state import all_read, copies_made_since, eligible_records, holds, records_of, statuses_of
from kiosk.record.entries import Actor, Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.holds import placing, releasing
from kiosk.record.retention.schedule import ALL, Period, RetentionRule, set_rule
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.homes import encounter, replaced

THREE_YEARS = set_rule(RetentionRule(ALL, Period(years=3), "An authority", "Dana Ruiz", date(2020, 1, 1)))
NOW = FixedClock().now()


@pytest.fixture
def home(home: Home) -> Home:
    """A home with a closed encounter in a previous log, and a closed and an open one in the current log."""
    clock = replaced(home)
    encounter(home, clock=clock)
    encounter(home, close=False, clock=clock)
    return home


def ids_of(home: Home) -> list[str]:
    """The encounters of all logs, oldest first."""
    with closing(open_history(home, "live")) as log:
        return list(log.encounter_ids(EntryKind.ENCOUNTER_OPENED))


def hold_on(encounter_id: str) -> Entry:
    """The entry that places a hold."""
    return placing(encounter_id, "2026-0001", reason="A request", by="Dana Ruiz")


def test_a_hold_is_in_force_until_it_is_released(home: Home) -> None:
    """On a record of a previous log too."""
    first, second, _ = ids_of(home)
    append_entry(home, "live", FixedClock(), hold_on(first), hold_on(second))
    placed = holds(home, "live")
    assert [hold.encounter_id for hold in placed] == [first, second]
    append_entry(home, "live", FixedClock(), releasing(placed[0], reason="It is over", by="Dana Ruiz"))
    assert holds(home, "live") == placed[1:]


def test_one_file_that_can_not_be_read_is_enough_to_say_so(home: Home) -> None:
    """It may have a hold."""
    assert all_read(home, "live")
    (earlier,) = archived_files(home, "live")
    earlier.write_bytes(b"no log at all")
    assert not all_read(home, "live")


def test_closed_records_are_eligible_once_their_period_is_over(home: Home) -> None:
    """From the day itself on, also those on hold; without a rule, never."""
    first, second, third = ids_of(home)
    closed = NOW.local().date()
    day = closed.replace(year=closed.year + 3)
    with closing(open_history(home, "live")) as log:
        assert eligible_records(log, day) == []
    append_entry(home, "live", FixedClock(), THREE_YEARS, hold_on(second))
    with closing(open_history(home, "live")) as log:
        assert eligible_records(log, day - timedelta(days=1)) == []
        assert [record.id for record in eligible_records(log, day)] == [first, second]
        held = holds(home, "live")
        statuses = statuses_of(log, records_of(log, [first, second, third]), held)
    assert [status.record.id for status in statuses] == [first, second, third]
    assert [status.holds for status in statuses] == [(), held, ()]
    assert [status.eligible_from for status in statuses] == [day, day, None]


def test_copies_made_after_a_record_was_opened_are_told_oldest_first(home: Home) -> None:
    """A copy from before a record was opened can't hold it; those of later logs hold it all the same."""
    exported = Entry(EntryKind.EXPORT_MADE, {"format": "csv"}, actor=Actor.COMMAND)
    backed_up = Entry(EntryKind.BACKUP_MADE, {"to": "a disk"}, actor=Actor.COMMAND)
    append_entry(home, "live", FixedClock(), backed_up, exported)
    encounter(home)
    append_entry(home, "live", FixedClock(), backed_up)
    first, *_, last = ids_of(home)
    with closing(open_history(home, "live")) as log:
        made = [[kept.kind for kept in copies_made_since(log, record)] for record in records_of(log, [first, last])]
    assert made == [
        [EntryKind.BACKUP_MADE, EntryKind.EXPORT_MADE, EntryKind.BACKUP_MADE],
        [EntryKind.BACKUP_MADE],
    ]
