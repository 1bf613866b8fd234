"""Days as they are typed: `--from 2026-08-01 --to 2026-08-31`, both counted, in the machine's own time."""

from __future__ import annotations

import argparse
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from kiosk.errors import UsageError
from kiosk.protocol.syntax.forms import DAY_PATTERN
from kiosk.system.clock import Instant, SystemClock

_EVER: Final = 2**62
_HOUR_US: Final = 3_600_000_000
_EARLIEST, _LATEST = date(1971, 1, 1), date(9000, 1, 1)  # before and after any entry, and what a clock can say


@dataclass(frozen=True, slots=True)
class Days:
    """From the first day to the last, both counted; None is open."""

    first: date | None
    last: date | None

    def hold(self, at: Instant) -> bool:
        """Whether the instant lies in these days, by local time."""
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


ALL_DAYS: Final = Days(None, None)


def add_as_of(parser: argparse.ArgumentParser) -> None:
    """Let a command look at another day than today."""
    words = "look as if it were that day; nothing is written"
    parser.add_argument("--as-of", metavar="YYYY-MM-DD", help=words)


def day_looked_at(args: argparse.Namespace) -> date:
    """The day of `--as-of`, else today by this computer's clock. Raises UsageError."""
    return day_of(args.as_of) or SystemClock().now().local().date()


def add_days(parser: argparse.ArgumentParser) -> None:
    """The two flags."""
    parser.add_argument("--from", dest="first", metavar="DAY", help="opened on this day or later, like 2026-08-01")
    parser.add_argument("--to", dest="last", metavar="DAY", help="opened on this day or earlier")


def days_of(args: argparse.Namespace) -> Days:
    """The days that were asked for. Raises UsageError for what is no day, or when they are the wrong way round."""
    days = Days(day_of(args.first), day_of(args.last))
    if days.first and days.last and days.first > days.last:
        raise UsageError(f"{days.first} comes after {days.last}.", "Give the earlier day to --from.")
    return days


def _begins_us(day: date) -> int:
    return round(datetime.combine(day, time.min).astimezone().timestamp() * 1_000_000)


def day_of(given: str | None) -> date | None:
    """The day that was typed, None for none; written as a protocol's days are. Raises UsageError."""
    if given is None:
        return None
    try:
        return date.fromisoformat(given if re.fullmatch(DAY_PATTERN, given, re.ASCII) else "")
    except ValueError as error:
        raise UsageError(f"“{given}” is not a day.", "Write it like 2026-08-01.") from error
