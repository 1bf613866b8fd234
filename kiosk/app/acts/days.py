"""Typed days."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from kiosk.errors import UsageError
from kiosk.protocol.syntax.forms import DAY_PATTERN

_YEARS: Final = range(1900, 3000)
"""The years of days that somebody can mean; others are slips."""


def typed_day(typed: str) -> date:
    """Parse a typed day, in the format of a protocol. Raises UsageError."""
    try:
        day = date.fromisoformat(typed if re.fullmatch(DAY_PATTERN, typed, re.ASCII) else "")
    except ValueError as error:
        raise _no_day(typed) from error
    if day.year not in _YEARS:
        raise _no_day(typed)
    return day


def _no_day(typed: str) -> UsageError:
    return UsageError(f"“{typed}” is not a day.", "Write it like 2026-08-01.", "error.day", typed=typed)
