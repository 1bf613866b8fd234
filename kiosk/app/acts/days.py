"""Typed days."""

from __future__ import annotations

import re
from datetime import date

from kiosk.errors import UsageError
from kiosk.protocol.syntax.forms import DAY_PATTERN


def typed_day(typed: str) -> date:
    """Parse a typed day, in the format of a protocol. Raises UsageError."""
    try:
        return date.fromisoformat(typed if re.fullmatch(DAY_PATTERN, typed, re.ASCII) else "")
    except ValueError as error:
        raise UsageError(f"“{typed}” is not a day.", "Write it like 2026-08-01.", "error.day", typed=typed) from error
