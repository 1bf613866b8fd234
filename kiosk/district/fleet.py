"""How each desk of the district is, in words and in a color, from what the store knows of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from db.district.fleet import DeskStatus, LogStatus
from kiosk.district.conflicts import Conflict, Succession
from kiosk.record.pack_entries import BundleRefusal
from kiosk.worded import Worded, many

LATE: Final = timedelta(days=1)
"""The time without contact after which a desk is late."""


class Color(Worded):
    """The state of a desk, worst first."""

    RED = "red", "a person must look"
    AMBER = "amber", "late, or not begun"
    GREEN = "green", "all is here"
    GRAY = "gray", "retired"

    @property
    def exit_code(self) -> int:
        """The exit code of `kiosk district status` when this is the worst."""
        return {Color.RED: 2, Color.AMBER: 1}.get(self, 0)


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One desk. problems: in sentences, none for a green one."""

    status: DeskStatus
    color: Color
    problems: tuple[str, ...]


def lines(found: Iterable[DeskStatus], now: datetime) -> list[DeskLine]:
    """Return the desks, those with a problem first. now: by the server's clock."""
    order = list(Color)
    return sorted((_line(one, now) for one in found), key=lambda one: order.index(one.color))


def behind(log: LogStatus) -> int:
    """Return how many entries the server lacks, or lacks values of."""
    return max(log.head - log.size, log.size - log.disclosed_to, 0)


def _line(one: DeskStatus, now: datetime) -> DeskLine:
    if one.retired:
        return DeskLine(one, Color.GRAY, ("Retired.",))
    log = one.log
    if log is None:
        return DeskLine(one, Color.AMBER, ("It was enrolled, and has sent nothing.",))
    red = [Conflict.words_for(reason) for reason in dict.fromkeys(log.conflicts)]
    if log.state == "quarantined":
        red.insert(0, "Nothing more is taken of its log.")
    if log.succession not in {None, "continues"}:
        red.append(Succession.words_for(log.succession))
    amber = [f"No contact since {log.last_contact:%Y-%m-%d %H:%M}."] if now - log.last_contact > LATE else []
    if lacking := behind(log):
        amber.append(f"{many(lacking, 'entry is', 'entries are')} not here in whole.")
    if log.newest_entry_at is not None and log.newest_entry_at - now > LATE:
        amber.append("Its clock is ahead by more than a day.")
    amber += _unpublished(one)
    return DeskLine(one, Color.RED if red else Color.AMBER if amber else Color.GREEN, (*red, *amber))


def _unpublished(one: DeskStatus) -> list[str]:
    """Return the sentence about the newest bundle that the desk did not install."""
    published = one.published
    if published is None or one.runs_published:
        return []
    what = f"It has not installed {published.protocol} {published.version}, published {published.at:%Y-%m-%d %H:%M}"
    return [f"{what}: {BundleRefusal.words_for(one.refused)}." if one.refused else f"{what}."]


def worst(found: Iterable[DeskLine]) -> Color:
    """Return the worst color of these desks; green for none."""
    order = list(Color)
    return min((one.color for one in found), key=order.index, default=Color.GREEN)
