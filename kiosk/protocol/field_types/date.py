"""A day, typed as Americans do (3/14/2026) and stored as YYYY-MM-DD."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from kiosk.errors import Mistyped
from kiosk.protocol.field_type import FieldType
from kiosk.protocol.field_types.type_record import Held, Say, TypeRecord
from kiosk.protocol.model import Field

EXAMPLE: Final = "2026-01-15"
"""The placeholder for a date that somebody typed."""

FIRST_YEAR, LAST_YEAR = 1900, 2099
"""A year outside this range is a typing error."""

_TYPED: Final = re.compile(r"(\d{1,2}) ?[/.-] ?(\d{1,2}) ?[/.-] ?(\d{4}|\d{2})", re.ASCII)
_STORED: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _day(words: str) -> date | None:
    """Return the typed date: month/day/year, with two or four digits for the year, or the stored form."""
    try:
        if found := _TYPED.fullmatch(words):
            month, day, year = map(int, found.groups())
            made = date(year + 2000 if len(found[3]) == 2 else year, month, day)
        else:
            # In Python `20260801` and `2026-W31-6` are days too; nobody types them.
            made = date.fromisoformat(words if _STORED.fullmatch(words) else "")
    except ValueError:
        return None
    return made if FIRST_YEAR <= made.year <= LAST_YEAR else None


def _read(_: Field, words: str) -> Held:
    day = _day(words)
    if day is None:
        raise Mistyped("That is not a date.", "Type month/day/year, such as 3/14/2026.", "error.date")
    return day.isoformat()


def _fits(_: Field, value: Held) -> bool:
    return isinstance(value, str) and _STORED.fullmatch(value) is not None and _day(value) is not None


def _shown(value: Held, say: Say) -> str:
    """Return the date with its day of the week, so that a swapped month and day are noticed."""
    day = _day(str(value))
    return str(value) if day is None else f"{say(f'day.{day.weekday()}')} {day.isoformat()}"


DATE: Final = TypeRecord(
    id=FieldType.DATE,
    means="“date”",
    room=20,
    read=_read,
    fits=_fits,
    walked=lambda _: EXAMPLE,
    example=lambda _, __: EXAMPLE,
    shown=_shown,
)
