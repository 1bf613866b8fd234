"""Desks of a made-up district, as the store would report them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from db.district.fleet import DeskStatus, LogStatus
from kiosk.district.fleet import DeskLine, lines

NOW: Final = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
_DAY: Final = timedelta(days=1)

LOG: Final = LogStatus(
    "kiosk.example/live/1",
    40,
    40,
    40,
    "active",
    None,
    NOW - timedelta(minutes=5),
    NOW - timedelta(hours=3),
    (),
    {"protocol.installed": NOW - 30 * _DAY},
    "agents 2.1",
)
GREEN: Final = DeskStatus("Lincoln", "Front office", False, NOW - 90 * _DAY, LOG)
LATE: Final = replace(GREEN, school="Oak", log=replace(LOG, last_contact=NOW - 3 * _DAY, size=38, disclosed_to=30))
FORKED: Final = replace(
    GREEN, school="Pine", log=replace(LOG, state="quarantined", conflicts=("forked",), newest={"future.kind": NOW})
)
EMPTY: Final = DeskStatus('Elm "A"\\B', "Line\nbreak", False, NOW - _DAY, None)
RETIRED: Final = replace(GREEN, school="Ash", retired=True)


def all_colors() -> list[DeskLine]:
    """A desk of each color, and one that has sent nothing."""
    return lines([GREEN, LATE, FORKED, EMPTY, RETIRED], NOW)
