"""The days on which a district is closed, or open only for some hours. They override the hours of each contact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from kiosk.errors import UsageError
from kiosk.protocol.site.hours import DAY, parse_times

CLOSED: Final = "closed"
"""How a closed day is written where other days have their hours."""


@dataclass(frozen=True, slots=True)
class SpecialDays:
    """The closed and the short days. short: the times of each short day as written, such as `08:00-12:00`."""

    closed: frozenset[date] = frozenset()
    short: Mapping[date, str] = field(default_factory=dict)

    def on(self, day: date) -> str:
        """Return `closed` for a closed day, the times of a short day, and nothing for any other day."""
        return CLOSED if day in self.closed else self.short.get(day, "")

    def changed(self, day: date, to: str) -> SpecialDays:
        """Return the days with another value for one day: `closed`, times, or empty for a day like any other."""
        short = {one: times for one, times in self.short.items() if one != day}
        closed = self.closed - {day} | ({day} if to == CLOSED else set())
        return SpecialDays(closed, short if to in {"", CLOSED} else dict(sorted({**short, day: to}.items())))

    def spans(self, day: date) -> tuple[tuple[int, int], ...]:
        """Return the minutes of the day in which the district is open, as (start, end).

        Times that can't be read mean all day, so that a typo hides nobody.
        """
        times = self.on(day)
        if times == CLOSED:
            return ()
        try:
            return parse_times(times) if times else ((0, DAY),)
        except UsageError:
            return ((0, DAY),)


NO_SPECIAL_DAYS: Final = SpecialDays()
