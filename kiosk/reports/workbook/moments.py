"""A time in three cells: the wall time in the zone of the copy, the offset as text, and UTC.

No spreadsheet has zones. When the clocks go back, the first one comes twice, and only UTC sorts in order.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo
from typing import Final

from kiosk.reports.workbook.model import FIRST_YEAR, Cell, Column, Kind
from kiosk.system.clock import Instant

_MOST_KEPT: Final = 4096

Three = tuple[Cell, Cell, Cell]

NO_TIME: Final[Three] = (None, None, None)


def time_columns(label: str) -> tuple[Column, Column, Column]:
    """Return the columns of a time."""
    return (
        Column(f"{label} (local)", Kind.TIME, 19),
        Column(f"{label} (offset)", Kind.TEXT, 11),
        Column(f"{label} (UTC)", Kind.TIME, 19),
    )


class Moments:
    """Makes these cells, to the second; those of the newest times are kept. zone: None for the machine's own."""

    def __init__(self, zone: tzinfo | None) -> None:
        self._zone = zone
        self._known = dict[int, Three]()

    def __call__(self, at: Instant | None) -> Three:
        """Return the three cells; empty ones for no time."""
        if at is None:
            return NO_TIME
        known = self._known.get(at.wall_us)
        if known is None:
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            known = self._known[at.wall_us] = self._made(at)
        return known

    def _made(self, at: Instant) -> Three:
        local = at.local(self._zone).replace(microsecond=0)
        wall, utc = local.replace(tzinfo=None), local.astimezone(UTC).replace(tzinfo=None)
        # With a letter in front: a sign would look like a formula to a program that reads CSV.
        return _typed(wall), f"UTC{local.isoformat()[len(wall.isoformat()) :]}", _typed(utc)


def _typed(at: datetime) -> Cell:
    return at if at.year >= FIRST_YEAR else at.isoformat(" ")


def day(words: str) -> Cell:
    """Return a stored day (YYYY-MM-DD) as a date, if a spreadsheet has it; otherwise the text."""
    try:
        found = date.fromisoformat(words) if len(words) == len("2026-01-15") else None
    except ValueError:
        found = None
    return found if found is not None and found.year >= FIRST_YEAR and found.isoformat() == words else words
