"""A range of days in the machine's own time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from kiosk.system.clock import Instant

_EVER: Final = 2**62
_HOUR_US: Final = 3_600_000_000
_EARLIEST, _LATEST = date(1971, 1, 1), date(9000, 1, 1)  # before and after the time of any entry


@dataclass(frozen=True, slots=True)
class DateRange:
    """The days from `first` to `last`, both included; None: no limit."""

    first: date | None
    last: date | None

    def holds(self, at: Instant) -> bool:
        """Check that the instant is in these days, by local time."""
        day = at.local().date()
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)

    @property
    def around_us(self) -> tuple[int, int]:
        """A time range that contains these days: from and until (exclusive), in microseconds since 1970 UTC.

        It is an hour longer at both ends, because a day begins twice where clocks are set back at midnight.
        """
        return (
            _begins_us(self.first) - _HOUR_US if self.first and self.first > _EARLIEST else -_EVER,
            _begins_us(self.last + timedelta(days=1)) + _HOUR_US if self.last and self.last < _LATEST else _EVER,
        )


ALL_DAYS: Final = DateRange(None, None)


def _begins_us(day: date) -> int:
    return round(datetime.combine(day, time.min).astimezone().timestamp() * 1_000_000)
