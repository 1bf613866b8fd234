"""Numbers of records on hold and eligible for destruction."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from kiosk.doctor.check import Check, State, Subject
from kiosk.doctor.retention import check_retention
from kiosk.record.entries import Entry, encode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.holds import in_force, placing, releasing
from kiosk.record.retention.schedule import Period, RetentionRule, set_rule
from kiosk.system.clock import FixedClock
from tests.fakes import MemoryLog

TODAY = date(2026, 9, 14)
CLOCK = FixedClock(datetime(2020, 3, 10, 12, tzinfo=UTC))


def add(log: MemoryLog, entry: Entry) -> None:
    """Append an entry of 10 March 2020."""
    seq = log.size()
    log.append([encode(entry, origin=log.origin, seq=seq, event_id=f"event-{seq}", at=CLOCK.now())])


def closed(log: MemoryLog, encounter_id: str) -> None:
    """Append the closing of a record."""
    add(log, Entry(EntryKind.ENCOUNTER_CLOSED, {"outcome": "left"}, encounter_id, step="left"))


def keep_for(log: MemoryLog, years: int, applies_from: date = date(2020, 3, 11)) -> None:
    """Set how long all records are kept."""
    add(log, set_rule(RetentionRule("all", Period(years=years), "A schedule", "A. Ruiz", applies_from)))


def held(log: MemoryLog, encounter_id: str) -> None:
    """Append a hold on a record."""
    add(log, placing(encounter_id, "2020-001", reason="A suit is expected", by="C. Counsel"))


def look(log: MemoryLog) -> Check | None:
    """The one check, or none; it is always green."""
    found = list(check_retention(log, TODAY))
    assert [(check.name, check.state) for check in found] in ([], [(Subject.RETENTION, State.GREEN)])
    return found[0] if found else None


def test_without_a_hold_or_a_period_nothing_is_said() -> None:
    """A record without a rule is permanent."""
    log = MemoryLog()
    closed(log, "record-1")
    assert look(log) is None


def test_records_whose_period_is_over_are_counted() -> None:
    """Six years ago is longer than three, and shorter than seven."""
    log = MemoryLog()
    closed(log, "record-1")
    closed(log, "record-2")
    keep_for(log, 3)
    check = look(log)
    assert check is not None
    assert check.words.startswith("2 records")
    keep_for(log, 7)
    assert look(log) is None


def test_a_record_on_hold_is_not_counted_as_eligible() -> None:
    """It is counted once, as held, however many holds it has."""
    log = MemoryLog()
    closed(log, "record-1")
    keep_for(log, 3)
    held(log, "record-1")
    held(log, "record-1")
    check = look(log)
    assert check is not None
    assert ("1 record" in check.words, "hold" in check.words, "eligible" in check.words) == (True, True, False)


def test_a_hold_that_was_released_counts_no_more() -> None:
    """The record is eligible again."""
    log = MemoryLog()
    closed(log, "record-1")
    keep_for(log, 3)
    held(log, "record-1")
    (hold,) = in_force((entry for entry in log.told() if entry.kind is EntryKind.HOLD_PLACED), ())
    add(log, releasing(hold, reason="Settled", by="C. Counsel"))
    check = look(log)
    assert check is not None
    assert ("hold" in check.words, "eligible" in check.words) == (False, True)


def test_a_period_that_was_set_lately_is_amber_until_it_applies() -> None:
    """So that a second person learns of it in time; a record that it will make eligible is not counted yet."""
    log = MemoryLog()
    closed(log, "one")
    keep_for(log, 3, TODAY + timedelta(days=1))
    (check,) = check_retention(log, TODAY)
    assert (check.name, check.state, "A. Ruiz" in check.words) == (Subject.RETENTION, State.AMBER, True)
    (later,) = check_retention(log, TODAY + timedelta(days=1))
    assert later.state is State.GREEN
    keep_for(log, 0, TODAY + timedelta(days=1))
    assert [*check_retention(log, TODAY)] == []
