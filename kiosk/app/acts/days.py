"""Typed days."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from kiosk.errors import UsageError
from kiosk.protocol.syntax.forms import DAY_PATTERN

_YEARS: Final = range(1900, 9999)
"""The years of days that somebody can mean; others are slips."""


def typed_day(typed: str) -> date:
    """Parse a typed day that is kept or printed, in the format of a protocol. Raises UsageError."""
    day = any_day(typed)
    if day.year not in _YEARS:
        raise _no_day(typed)
    return day


def any_day(typed: str) -> date:
    """Parse a typed day that only selects: from the first that can be written to the last. Raises UsageError."""
    try:
        return date.fromisoformat(typed if re.fullmatch(DAY_PATTERN, typed, re.ASCII) else "")
    except ValueError as error:
        raise _no_day(typed) from error


def _no_day(typed: str) -> UsageError:
    return UsageError(f"“{typed}” is not a day.", "Write it like 2026-08-01.", "error.day", typed=typed)
