"""Which version of a protocol was in force at a time, by the log's own entries about installed packs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, tzinfo

from kiosk.record.entries import LoggedEntry
from kiosk.record.entry_kinds import EntryKind
from kiosk.system.clock import Instant


@dataclass(frozen=True, slots=True)
class Installed:
    """One installed version. since: when it was installed, in microseconds since 1970 UTC; days: None if unknown."""

    version: str
    content_hash: str
    since: int
    effective: date | None = None
    review_by: date | None = None


class Versions:
    """The versions that were installed here, by pack, in the order of the log."""

    def __init__(self, entries: Iterable[LoggedEntry]) -> None:
        """entries: those of the kinds `log.started` and `pack.activated`, oldest first; others are ignored."""
        self._of: dict[str, list[Installed]] = {}
        for entry in entries:
            match entry.kind, entry.body:
                case EntryKind.LOG_STARTED, {"packs": dict(packs)}:
                    for name, carried in packs.items():
                        self._carry(str(name), carried, entry.at)
                case EntryKind.PACK_ACTIVATED, {"id": str(name), "content_hash": str(content_hash)}:
                    version, *days = (entry.body.get(key) for key in ("version", "effective", "review_by"))
                    made = Installed(str(version), content_hash, entry.at.wall_us, *map(_day, days))
                    self._of.setdefault(name, []).append(made)

    def _carry(self, name: str, carried: object, at: Instant) -> None:
        """Add the highest version of the previous logs, unless their own entries are here."""
        if name not in self._of and isinstance(carried, list | tuple) and len(carried) == 2:
            self._of[name] = [Installed(str(carried[0]), str(carried[1]), at.wall_us)]

    def in_force(self, pack: str, at: Instant, zone: tzinfo | None = None) -> Installed | None:
        """Return the version of this pack that was in force then; None if none was, or if the log does not say.

        It is the newest one in effect; one before its review date precedes one that is past it.
        """
        day = at.local(zone).date()
        found = [
            one
            for one in self._of.get(pack, ())
            if one.since <= at.wall_us and (one.effective is None or one.effective <= day)
        ]
        current = [one for one in found if one.review_by is None or day <= one.review_by]
        return next(reversed(current or found), None)


def _day(typed: object) -> date | None:
    try:
        return date.fromisoformat(str(typed))
    except ValueError:
        return None
