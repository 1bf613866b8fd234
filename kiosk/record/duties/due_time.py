"""The time by which a duty must be done, counted from the closing of the record by the desk's local time.

A day counts until its last second. So a change to or from daylight saving time moves no day; hours are exact.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final, assert_never

from kiosk.protocol.model import TimeUnit, Within
from kiosk.system.clock import Instant

_LAST: Final = time(23, 59, 59, fold=1)
_SATURDAY: Final = 5


def due_time(
    within: Within, closed: Instant, closed_days: Collection[date] = (), zone: tzinfo | None = None
) -> datetime:
    """Return the last second in which the duty is not overdue, with its offset.

    closed: the time when the record was closed. closed_days: days other than Saturdays and Sundays that are no business
    days. zone: the time zone of the desk, or None for that of the machine.
    """
    at = closed.local(zone)
    match within.unit:
        case TimeUnit.AT_ONCE:
            return _end_of(at.date(), zone)
        case TimeUnit.HOURS:
            exact = datetime.fromtimestamp(closed.wall_us // 1_000_000, UTC) + timedelta(hours=within.count)
            return exact.astimezone(zone)
        case TimeUnit.DAYS:
            return _end_of(at.date() + timedelta(days=within.count), zone)
        case TimeUnit.BUSINESS_DAYS:
            return _end_of(business_days_later(at.date(), within.count, closed_days), zone)
        case _:
            assert_never(within.unit)


def business_days_later(day: date, count: int, closed_days: Collection[date]) -> date:
    """Return the business day that is this number of them after a day of any kind, which itself does not count."""
    closed = frozenset(closed_days)
    while count:
        day += timedelta(days=1)
        if day.weekday() < _SATURDAY and day not in closed:
            count -= 1
    return day


def _end_of(day: date, zone: tzinfo | None) -> datetime:
    wall = datetime.combine(day, _LAST)
    return (wall if zone is None else wall.replace(tzinfo=zone)).astimezone(UTC).astimezone(zone)
