"""A range of days in the machine's own time, and the instants in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from kiosk.system.clock import Instant

_EVER: Final = 2**62
_HOUR_US: Final = 3_600_000_000
_EARLIEST, _LATEST = date(1971, 1, 1), date(9000, 1, 1)  # before and after any entry, and what a clock can say


@dataclass(frozen=True, slots=True)
class DateRange:
    """From the first day to the last, both counted; None is open."""

    first: date | None
    last: date | None

    def holds(self, at: Instant) -> bool:
        """Whether the instant is in these days, by local time."""
        day = at.local().date()
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)

    @property
    def around_us(self) -> tuple[int, int]:
        """A time that holds these days and little more: in microseconds since 1970 UTC, from and until.

        An hour more at either end: where clocks are put back at midnight, a day begins twice.
        """
        return (
            _begins_us(self.first) - _HOUR_US if self.first and self.first > _EARLIEST else -_EVER,
            _begins_us(self.last + timedelta(days=1)) + _HOUR_US if self.last and self.last < _LATEST else _EVER,
        )


ALL_DAYS: Final = DateRange(None, None)


def _begins_us(day: date) -> int:
    return round(datetime.combine(day, time.min).astimezone().timestamp() * 1_000_000)
