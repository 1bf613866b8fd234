"""Hours in which someone can be called, as in `Mon-Fri 08:00-16:30, Sat 9:00 AM-12:00 PM`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kiosk.errors import UsageError

DAY = 24 * 60
"""Minutes in a day."""

_WEEK = 7 * DAY
_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_REPAIR = "Write hours as “Mon-Fri 08:00-16:30, Sat 09:00-12:00”."
_DASH = re.compile(r"\s*[-–]\s*")
_DAYS = re.compile(r"[A-Za-z]+(-[A-Za-z]+)?")
_TIMES = re.compile(r"(\d{1,2}):(\d{2})([ap]m)?-(\d{1,2}):(\d{2})([ap]m)?", re.ASCII | re.IGNORECASE)
_HALF = re.compile(r"(?<=\d)\s*([ap])\.?\s?m\b\.?", re.IGNORECASE)
_NOON = DAY // 2
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

    def meets(self, weekday: int, start: int, end: int) -> bool:
        """Check whether it is open for some minutes from `start` to `end` on `weekday`, in minutes since midnight."""
        first, last = weekday * DAY + start, weekday * DAY + end
        return any(
            begin + week < last and first < close + week for begin, close in self.spans for week in (0, _WEEK, -_WEEK)
        )


def parse_hours(text: str) -> Hours:
    """Return the hours in `text`. A time without a day belongs to the days before it; `always` is all week.

    Raise UsageError if it can't be read, or names no time.
    """
    if text.strip().lower() in _ALWAYS:
        return Hours(text, _ALL_WEEK)
    spans: list[tuple[int, int]] = []
    days: tuple[int, ...] = ()
    timed = True
    for part in _parts(text):
        if _DAYS.fullmatch(part):
            days, timed = (*(() if timed else days), *_days(part)), False
        else:
            spans += _times(part, days)
            timed = True
    if not spans or not timed:
        raise UsageError("A day has no time.", _REPAIR)
    return Hours(text, tuple(spans))


def parse_times(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of one day in `text`, as (start, end) in minutes. Raise UsageError if it can't be read."""
    spans = [span for part in _parts(text) for span in _times(part, (0,))]
    if not spans or any(end > DAY for _, end in spans):
        raise UsageError(f"“{text[:40]}” is not a time of one day.", "Write it as “08:00-12:00”.")
    return tuple(sorted(spans))


def _parts(text: str) -> list[str]:
    return _DASH.sub("-", _HALF.sub(r"\1m", text)).replace(",", " ").split()


def _days(part: str) -> tuple[int, ...]:
    first, _, last = part.partition("-")
    start = _day(first)
    return tuple((start + n) % 7 for n in range((_day(last) - start) % 7 + 1)) if last else (start,)


def _day(name: str) -> int:
    found = [n for n, full in enumerate(_NAMES) if len(name) >= 3 and full.startswith(name.lower())]
    if not found:
        raise UsageError(f"“{name[:20]}” is not a day.", _REPAIR)
    return found[0]


def _times(part: str, days: tuple[int, ...]) -> list[tuple[int, int]]:
    found = _TIMES.fullmatch(part)
    if not found:
        raise UsageError(f"“{part[:20]}” is neither a day nor a time from 00:00 to 24:00.", _REPAIR)
    if not days:
        raise UsageError(f"“{part}” has no day before it.", _REPAIR)
    start, end = _minute(found[1], found[2], found[3]), _minute(found[4], found[5], found[6])
    if start is None or end is None or start >= DAY or start == end:
        raise UsageError(f"“{part}” is not a span of time within a day.", _REPAIR)
    if end < start < _NOON and not (found[3] or found[6]):  # 8:00-4:30 ends in the afternoon, not in the night
        repair = f"Write {found[1]}:{found[2]} AM-{found[4]}:{found[5]} PM, or the hours from 00:00 to 24:00."
        raise UsageError(f"“{part}” would end at night.", repair)
    # A span that ends before it starts runs over midnight.
    return [(day * DAY + start, day * DAY + end + (DAY if end < start else 0)) for day in days]


def _minute(hour: str, minute: str, half: str | None) -> int | None:
    """Return the minute of the day; None for no time. half: `AM` or `PM`, of a clock with twelve hours."""
    hours, minutes = int(hour), int(minute)
    if half is None:
        return hours * 60 + minutes if minutes <= 59 and hours * 60 + minutes <= DAY else None
    if not 1 <= hours <= 12 or minutes > 59:
        return None
    return (hours % 12 + (12 if half.lower() == "pm" else 0)) * 60 + minutes
