"""The days on which a person is away, as in `2026-12-21 to 2027-01-04, 2027-02-15`. Both days are included."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final, TypeAlias

from kiosk.errors import UsageError

Span: TypeAlias = tuple[date, date]
"""The first and the last day."""

_SPAN: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\s+to\s+(\d{4}-\d{2}-\d{2}))?", re.ASCII)
_REPAIR: Final = "Write days as “2026-12-21 to 2027-01-04”."


def parse_away(text: str) -> tuple[Span, ...]:
    """Return the spans of days in `text`, in order; none for empty text. Raises UsageError if it can't be read."""
    return tuple(sorted(map(_span, filter(None, map(str.strip, text.split(","))))))


def is_away(text: str, day: date) -> bool:
    """Check whether the person is away on this day. Days that can't be read hide nobody."""
    return last_day(text, day) is not None


def last_day(text: str, day: date) -> date | None:
    """Return the last day of an absence that includes `day`; None if the person is not away then."""
    try:
        return max((last for first, last in parse_away(text) if first <= day <= last), default=None)
    except UsageError:
        return None


def written(spans: Sequence[Span]) -> str:
    """Return the text that reads back as these spans."""
    return ", ".join(f"{first}" if first == last else f"{first} to {last}" for first, last in sorted(spans))


def _span(words: str) -> Span:
    found = _SPAN.fullmatch(words)
    try:
        first, last = (date.fromisoformat(day) for day in (found[1], found[2] or found[1])) if found else (None, None)
    except ValueError:
        first = last = None
    if first is None or last is None:
        raise UsageError(f"“{words[:40]}” is not a day, nor a span of days.", _REPAIR)
    if last < first:
        raise UsageError(f"“{words}” ends before it begins.", _REPAIR)
    return first, last
