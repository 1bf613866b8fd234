"""Destructions as the daily check and the next checkpoint name them, so that a third person learns of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kiosk.record.entries import LoggedEntry
from kiosk.worded import many


@dataclass(frozen=True, slots=True)
class DestructionNotice:
    """One destruction: when, how many records, who did it, and who authorized it under which reference."""

    day: date
    records: int
    by: str
    authorized_by: str
    reference: str

    def __str__(self) -> str:
        """A sentence."""
        count = f"{many(self.records, 'record')} were"
        who = f"by {self.by}, authorized by {self.authorized_by} under {self.reference}"
        return f"On {self.day}, the details of {count} destroyed {who}."


def notices(destroyed: Iterable[LoggedEntry]) -> list[DestructionNotice]:
    """Return a notice for each authorization that these entries cite, oldest first.

    destroyed: `record.destroyed` entries, oldest first.
    """
    groups: dict[object, list[LoggedEntry]] = {}
    for kept in destroyed:
        groups.setdefault(kept.body.get("authorization", kept.event_id), []).append(kept)
    return [_notice(group) for group in groups.values()]


def _notice(group: list[LoggedEntry]) -> DestructionNotice:
    by, officer, reference = (str(group[-1].body.get(name) or "?") for name in ("by", "authorized_by", "reference"))
    return DestructionNotice(group[-1].at.local().date(), len(group), by, officer, reference)
