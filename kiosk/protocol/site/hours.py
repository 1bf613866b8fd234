"""Hours in which someone can be called, as in `Mon-Fri 08:00-16:30, Sat 09:00-12:00`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kiosk.errors import UsageError

DAY = 24 * 60
"""Minutes in a day."""

_WEEK = 7 * DAY
_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_REPAIR = "Write hours as “Mon-Fri 08:00-16:30, Sat 09:00-12:00”."
_DASH = re.compile(r"\s*[-–]\s*")
_DAYS = re.compile(r"[A-Za-z]+(-[A-Za-z]+)?")
_TIMES = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})", re.ASCII)
_ALL_WEEK = ((0, _WEEK),)
_ALWAYS = ("always", "24/7")


@dataclass(frozen=True, slots=True)
class Hours:
    """Spans of time in a week.

    text:  the hours as written.
    spans: (start, end) in minutes since Monday 00:00, without the end; a span over midnight may end after Sunday.
    """

    text: str
    spans: tuple[tuple[int, int], ...]

    @property
    def always(self) -> bool:
        """Whether it is open at all times."""
        return self.spans == _ALL_WEEK

    def open_at(self, weekday: int, minute_of_day: int) -> bool:
        """Check whether it is open on `weekday` (0 is Monday) at `minute_of_day` (0 is midnight), local time."""
        now = weekday * DAY + minute_of_day
        return any(start <= now < end or start <= now + _WEEK < end for start, end in self.spans)


def parse_hours(text: str) -> Hours:
    """Return the hours in `text`. A time without a day belongs to the days before it; `always` is all week.

    Raise UsageError if it can't be read, or names no time.
    """
    if text.strip().lower() in _ALWAYS:
        return Hours(text, _ALL_WEEK)
    spans: list[tuple[int, int]] = []
    days: tuple[int, ...] = ()
    timed = True
    for part in _DASH.sub("-", text).replace(",", " ").split():
        if _DAYS.fullmatch(part):
            days, timed = (*(() if timed else days), *_days(part)), False
        else:
            spans += _times(part, days)
            timed = True
    if not spans or not timed:
        raise UsageError("A day has no time.", _REPAIR)
    return Hours(text, tuple(spans))


def _days(part: str) -> tuple[int, ...]:
    first, _, last = part.partition("-")
    start = _day(first)
    return tuple((start + n) % 7 for n in range((_day(last) - start) % 7 + 1)) if last else (start,)


def _day(name: str) -> int:
    short = name[:3].lower()
    if short not in _NAMES:
        raise UsageError(f"“{name[:20]}” is not a day.", _REPAIR)
    return _NAMES.index(short)


def _times(part: str, days: tuple[int, ...]) -> list[tuple[int, int]]:
    found = _TIMES.fullmatch(part)
    if not found:
        raise UsageError(f"“{part[:20]}” is neither a day nor a time from 00:00 to 24:00.", _REPAIR)
    if not days:
        raise UsageError(f"“{part}” has no day before it.", _REPAIR)
    h1, m1, h2, m2 = map(int, found.groups())
    start, end = h1 * 60 + m1, h2 * 60 + m2
    if m1 > 59 or m2 > 59 or start >= DAY or end > DAY or start == end:
        raise UsageError(f"“{part}” is not a span of time within a day.", _REPAIR)
    # A span that ends before it starts runs over midnight.
    return [(day * DAY + start, day * DAY + end + (DAY if end < start else 0)) for day in days]
