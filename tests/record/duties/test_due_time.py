"""When a duty must be done: by the desk's local time, over weekends, holidays and changes to daylight saving time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.protocol.model import TimeUnit, Within
from kiosk.record.duties.due_time import due_time
from kiosk.system.clock import Instant

NEW_YORK = ZoneInfo("America/New_York")
ZONES = (NEW_YORK, ZoneInfo("America/Phoenix"), ZoneInfo("Pacific/Kiritimati"), ZoneInfo("Australia/Lord_Howe"), UTC)
SATURDAY = 5


def instant(at: datetime) -> Instant:
    """The reading of a clock at this time."""
    return Instant(round(at.timestamp() * 1_000_000), "boot", 0)


def in_new_york(words: str) -> Instant:
    """The reading at this local time."""
    return instant(datetime.fromisoformat(words).replace(tzinfo=NEW_YORK))


@pytest.mark.parametrize(
    ("closed", "within", "due"),
    [
        ("2026-09-14T10:42", Within(), "2026-09-14T23:59:59-04:00"),
        ("2026-09-14T23:59:59", Within(), "2026-09-14T23:59:59-04:00"),
        ("2026-09-14T10:42", Within(TimeUnit.HOURS, 4), "2026-09-14T14:42:00-04:00"),
        ("2026-09-14T10:42", Within(TimeUnit.DAYS, 14), "2026-09-28T23:59:59-04:00"),
        # Friday, and the Sunday after it: Monday is the first business day after either.
        ("2026-09-18T10:42", Within(TimeUnit.BUSINESS_DAYS, 1), "2026-09-21T23:59:59-04:00"),
        ("2026-09-20T10:42", Within(TimeUnit.BUSINESS_DAYS, 1), "2026-09-21T23:59:59-04:00"),
        ("2026-09-14T10:42", Within(TimeUnit.BUSINESS_DAYS, 4), "2026-09-18T23:59:59-04:00"),
        ("2026-09-15T10:42", Within(TimeUnit.BUSINESS_DAYS, 4), "2026-09-21T23:59:59-04:00"),
        # Thanksgiving and the day after it are holidays.
        ("2026-11-25T10:42", Within(TimeUnit.BUSINESS_DAYS, 1), "2026-11-30T23:59:59-05:00"),
        # An hour is skipped on 8 March 2026, and repeated on 1 November.
        ("2026-03-07T12:00", Within(TimeUnit.HOURS, 24), "2026-03-08T13:00:00-04:00"),
        ("2026-03-07T12:00", Within(TimeUnit.DAYS, 1), "2026-03-08T23:59:59-04:00"),
        ("2026-10-31T12:00", Within(TimeUnit.HOURS, 24), "2026-11-01T11:00:00-05:00"),
        ("2026-10-31T12:00", Within(TimeUnit.DAYS, 1), "2026-11-01T23:59:59-05:00"),
        ("2028-02-28T12:00", Within(TimeUnit.DAYS, 1), "2028-02-29T23:59:59-05:00"),
        ("2026-12-31T12:00", Within(TimeUnit.DAYS, 365), "2027-12-31T23:59:59-05:00"),
    ],
)
def test_the_time_is_counted_from_the_closing(closed: str, within: Within, due: str) -> None:
    """Days to the end of the last one, hours exactly."""
    holidays = (date(2026, 11, 26), date(2026, 11, 27))
    assert due_time(within, in_new_york(closed), holidays, NEW_YORK).isoformat() == due


closings = st.tuples(
    st.integers(946_684_800, 3_786_912_000).map(lambda at: datetime.fromtimestamp(at, UTC)), st.sampled_from(ZONES)
)


@given(closings, st.integers(1, 365))
def test_hours_are_exact_in_every_zone(closing: tuple[datetime, tzinfo], count: int) -> None:
    """Whatever the clocks on the wall do meanwhile."""
    at, zone = closing
    due = due_time(Within(TimeUnit.HOURS, count), instant(at), (), zone)
    assert due - at.replace(microsecond=0) == timedelta(hours=count)


@given(closings, st.integers(0, 365))
def test_days_end_with_the_last_second_of_the_day_in_every_zone(closing: tuple[datetime, tzinfo], count: int) -> None:
    """One second later is another day; the offset is that of the last day, not of the closing."""
    at, zone = closing
    within = Within(TimeUnit.DAYS, count) if count else Within()
    due = due_time(within, instant(at), (), zone)
    last = at.astimezone(zone).date() + timedelta(days=count)
    assert due.astimezone(zone).date() == last
    assert (due.astimezone(UTC) + timedelta(seconds=1)).astimezone(zone).date() == last + timedelta(days=1)
    assert due.utcoffset() == due.astimezone(zone).utcoffset()


@given(closings, st.integers(1, 60), st.sets(st.integers(1, 120), max_size=40))
def test_business_days_are_counted_one_by_one(closing: tuple[datetime, tzinfo], count: int, off: set[int]) -> None:
    """The last one is a business day, and exactly that many of them came after the day of the closing."""
    at, zone = closing
    first = at.astimezone(zone).date()
    holidays = {first + timedelta(days=days) for days in off}
    last = due_time(Within(TimeUnit.BUSINESS_DAYS, count), instant(at), holidays, zone).date()
    after = [first + timedelta(days=days) for days in range(1, (last - first).days + 1)]
    business = [day for day in after if day.weekday() < SATURDAY and day not in holidays]
    assert (len(business), business[-1]) == (count, last)


@given(closings, st.sampled_from([TimeUnit.HOURS, TimeUnit.DAYS, TimeUnit.BUSINESS_DAYS]), st.integers(1, 364))
def test_more_time_is_never_sooner(closing: tuple[datetime, tzinfo], unit: TimeUnit, count: int) -> None:
    """Nor is a later closing due before an earlier one."""
    at, zone = closing
    due, later = (due_time(Within(unit, n), instant(at), (), zone) for n in (count, count + 1))
    assert due < later
    assert due <= due_time(Within(unit, count), instant(at + timedelta(hours=5)), (), zone)
