"""Times of day and hours as a school clock has them: `7:30 AM`, `Mon-Fri 7:30 AM-3:30 PM`; in Spanish `7:30 a. m.`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kiosk.errors import UsageError
from kiosk.protocol.site.hours import DAY, Hours, parse_hours


@dataclass(frozen=True, slots=True)
class _Clock:
    """How a language tells the time. Spanish as it is written in the United States (CLDR, es-US)."""

    before_noon: str
    after_noon: str
    days: tuple[str, ...]
    always: str


_CLOCKS: Final[Mapping[str, _Clock]] = {
    "en": _Clock("AM", "PM", ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), "always"),
    "es": _Clock("a. m.", "p. m.", ("lun", "mar", "mié", "jue", "vie", "sáb", "dom"), "siempre"),
}
"""By language; any other is told the time in English."""


def time_of_day(minute: int, language: str) -> str:
    """The time in `language`, that many minutes after midnight; 24 hours on it is midnight again."""
    clock = _clock(language)
    hour = minute // 60 % 24
    return f"{hour % 12 or 12}:{minute % 60:02d} {clock.before_noon if hour < 12 else clock.after_noon}"


def hours_in(written: str, language: str) -> str:
    """The hours of a contact in `language`; as they are written where they can't be read."""
    try:
        hours = parse_hours(written)
    except UsageError:
        return written
    clock = _clock(language)
    if hours.always:
        return clock.always
    by_times: dict[tuple[str, ...], list[int]] = {}
    for day, times in enumerate(_times(hours, language)):
        if times:
            by_times.setdefault(times, []).append(day)
    return "; ".join(f"{_days(days, clock)} {', '.join(times)}" for times, days in by_times.items())


def _clock(language: str) -> _Clock:
    return _CLOCKS.get(language.lower().split("-")[0], _CLOCKS["en"])


def _times(hours: Hours, language: str) -> Iterable[tuple[str, ...]]:
    """For each day of the week, from Monday on, when it opens and closes."""
    for day in range(7):
        spans = ((start - day * DAY, end - day * DAY) for start, end in hours.spans if start // DAY == day)
        yield tuple(f"{time_of_day(start, language)}-{time_of_day(end, language)}" for start, end in sorted({*spans}))


def _days(days: Sequence[int], clock: _Clock) -> str:
    """Days that follow each other, as from one to another."""
    firsts = [days[0], *(day for before, day in pairwise(days) if day != before + 1)]
    lasts = [*(before for before, day in pairwise(days) if day != before + 1), days[-1]]
    names = ((clock.days[first], clock.days[last]) for first, last in zip(firsts, lasts, strict=True))
    return ", ".join(first if first == last else f"{first}-{last}" for first, last in names)
