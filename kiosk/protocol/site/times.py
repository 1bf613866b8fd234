"""Times of day and hours as a school clock has them: `7:30 AM`, `Mon-Fri 7:30 AM-3:30 PM`; in Spanish `7:30 a. m.`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from kiosk.errors import UsageError
from kiosk.i18n.strings import text
from kiosk.protocol.site.hours import DAY, Hours, parse_hours


def time_of_day(minute: int, language: str) -> str:
    """Return the time in `language`, `minute` minutes after midnight; 1440 is midnight again."""
    hour = minute // 60 % 24
    half = "clock.am" if hour < 12 else "clock.pm"
    return text(half, language, hour=hour % 12 or 12, hour24=f"{hour:02d}", minute=f"{minute % 60:02d}")


def hours_in(written: str, language: str) -> str:
    """Return the hours of a contact in `language`; as written if they can't be read."""
    try:
        hours = parse_hours(written)
    except UsageError:
        return written
    if hours.always:
        return text("hours.always", language)
    by_times: dict[tuple[str, ...], list[int]] = {}
    for day, times in enumerate(_times(hours, language)):
        if times:
            by_times.setdefault(times, []).append(day)
    return "; ".join(f"{_days(days, language)} {', '.join(times)}" for times, days in by_times.items())


def _times(hours: Hours, language: str) -> Iterable[tuple[str, ...]]:
    """Yield the opening and closing times of each day, from Monday on."""
    for day in range(7):
        spans = ((start - day * DAY, end - day * DAY) for start, end in hours.spans if start // DAY == day)
        yield tuple(f"{time_of_day(start, language)}-{time_of_day(end, language)}" for start, end in sorted({*spans}))


def _days(days: Sequence[int], language: str) -> str:
    """Return the days, with consecutive ones as a range."""
    firsts = [days[0], *(day for before, day in pairwise(days) if day != before + 1)]
    lasts = [*(before for before, day in pairwise(days) if day != before + 1), days[-1]]
    names = (
        (text(f"day.short.{first}", language), text(f"day.short.{last}", language))
        for first, last in zip(firsts, lasts, strict=True)
    )
    return ", ".join(first if first == last else f"{first}-{last}" for first, last in names)
