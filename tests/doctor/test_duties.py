"""Overdue duties in a log are amber, with record, duty and owner."""

from __future__ import annotations

from datetime import timedelta

from kiosk.doctor.check import Check, State, Subject
from kiosk.doctor.open_tasks import check_duties
from kiosk.system.clock import FixedClock
from tests.builders import a_desk_with_duties, closed_with_duties
from tests.fakes import MemoryLog


def checks(log: MemoryLog, days: int) -> list[Check]:
    """The checks that many days after the encounters."""
    clock = FixedClock()
    clock.at += timedelta(days=days)
    return list(check_duties(log, clock.now()))


def test_a_log_without_duties_has_no_check() -> None:
    """Nor has one whose record has an outcome without duties."""
    log = MemoryLog()
    closed_with_duties(a_desk_with_duties(log), outcome="left")
    assert checks(log, 9) == []


def test_open_duties_are_green_until_one_is_overdue() -> None:
    """On the day of the encounter both are open; on the next day, what was to be done at once is overdue."""
    log = MemoryLog()
    one = closed_with_duties(a_desk_with_duties(log))
    states = [[(check.name, check.state) for check in checks(log, days)] for days in (0, 1)]
    assert states == [[(Subject.DUTIES, State.GREEN)], [(Subject.DUTIES, State.AMBER)]]
    (overdue,) = checks(log, 1)
    assert f"{one.no} papers (designated-administrator)" in overdue.words
    assert "entry" not in overdue.words
    assert "kiosk duty" in overdue.repair


def test_many_overdue_duties_are_counted_and_some_named() -> None:
    """The list of the command has them all."""
    log = MemoryLog()
    desk = a_desk_with_duties(log)
    numbers = [closed_with_duties(desk).no for _ in range(4)]
    (overdue,) = checks(log, 30)
    assert overdue.words.startswith("8 duties are overdue")
    assert sum(overdue.words.count(no) for no in numbers) == 5
    assert "and 3 more" in overdue.words
