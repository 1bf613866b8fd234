"""Typed days: `--from 2026-08-01 --to 2026-08-31`, both included, in the computer's time zone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

import click

from kiosk.app.acts.days import any_day, typed_day
from kiosk.errors import UsageError
from kiosk.system.clock import SystemClock
from kiosk.system.date_range import DateRange


def days_options(run: Callable[..., int]) -> Callable[..., int]:
    """Add the options `--from DAY` and `--to DAY`; pass `days` to the function, which may raise UsageError."""

    @wraps(run)
    def with_days(*args: Any, first: str | None, last: str | None, **given: Any) -> int:
        return run(*args, days=_date_range(first, last), **given)

    to = click.option("--to", "last", metavar="DAY", help="last day")
    return click.option("--from", "first", metavar="DAY", help="first day, such as 2026-08-01")(to(with_days))


def _date_range(first: str | None, last: str | None) -> DateRange:
    """Return the requested days. Raises UsageError for an invalid day, or if they are in the wrong order."""
    days = DateRange(*(None if day is None else any_day(day) for day in (first, last)))
    if days.first and days.last and days.first > days.last:
        raise UsageError(f"{days.first} comes after {days.last}.", "Give the earlier day to --from.")
    return days


def day_or_today(given: str | None) -> date:
    """Return the day of `--as-of`, else today by this computer's clock. Raises UsageError."""
    return day_of(given) or SystemClock().now().local().date()


def day_of(given: str | None) -> date | None:
    """Parse a typed day, in the format of a protocol; None for none. Raises UsageError."""
    return None if given is None else typed_day(given)
