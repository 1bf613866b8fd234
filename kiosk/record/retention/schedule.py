"""The retention schedule: periods by category, and the records eligible by them. Time alone destroys nothing.

A category is `all` or the id of an outcome. A record without a rule is permanent; of several rules, the longest
counts. The period starts on the day when the record was closed or last added to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Final

from kiosk.errors import UsageError
from kiosk.record.canonical import Json
from kiosk.record.entries import Actor, Entry, LoggedEntry
from kiosk.record.entry_kinds import ADDITIONS, EntryKind

ALL: Final = "all"
"""The category that every record is in."""

PERMANENT: Final = "permanent"
_YEARS: Final = re.compile(r"([1-9][0-9]?) years?")
_UNTIL: Final = re.compile(r"until (\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True, slots=True)
class Keep:
    """A retention period: a number of years, or until a day, or (neither) permanent."""

    years: int = 0
    until: date | None = None

    def ends(self, since: date) -> date | None:
        """Return the first day on which a record of `since` is eligible; None for never."""
        return _later(since, self.years) if self.years else self.until

    def __str__(self) -> str:
        if self.years:
            return f"{self.years} year{'s' if self.years > 1 else ''}"
        return f"until {self.until}" if self.until else PERMANENT


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """The retention period of a category, its authority, and who set it."""

    category: str
    keep: Keep
    authority: str
    by: str


@dataclass(frozen=True, slots=True)
class Ended:
    """A closed record for the schedule. since: the day it was closed or last added to; gone: details destroyed."""

    encounter_id: str
    outcome: str
    since: date
    gone: bool


def read_keep(words: str) -> Keep:
    """Parse a retention period that was typed. Raises UsageError."""
    plain = " ".join(words.casefold().split())
    try:
        if plain == PERMANENT:
            return Keep()
        if years := _YEARS.fullmatch(plain):
            return Keep(years=int(years[1]))
        if day := _UNTIL.fullmatch(plain):
            return Keep(until=date.fromisoformat(day[1]))
    except ValueError:
        pass  # not a day of the calendar
    raise UsageError(
        f"“{words}” is not a retention period.", "Write it like “3 years”, “until 2035-06-30” or “permanent”."
    )


def set_rule(mark: RetentionRule) -> Entry:
    """Return the entry that sets a rule; the newest of a category counts."""
    body: dict[str, Json] = {
        "category": mark.category,
        "keep": str(mark.keep),
        "authority": mark.authority,
        "by": mark.by,
    }
    return Entry(EntryKind.RETENTION_SET, body, actor=Actor.COMMAND)


def rules(marked: Iterable[LoggedEntry]) -> dict[str, RetentionRule]:
    """Return the rules that count, by category, from the entries that set them, oldest first.

    A period that can't be parsed (a newer version may know others) counts as permanent.
    """
    return {mark.category: mark for mark in map(_mark, marked)}


def _mark(kept: LoggedEntry) -> RetentionRule:
    category, keep, authority, by = (str(kept.body.get(name, "")) for name in ("category", "keep", "authority", "by"))
    try:
        return RetentionRule(category, read_keep(keep), authority, by)
    except UsageError:
        return RetentionRule(category, Keep(), authority, by)


def ended(closed: Iterable[LoggedEntry], added: Iterable[LoggedEntry]) -> list[Ended]:
    """Return the closed records, in the order of their closing. added: the additions to any record, also earlier."""
    entries: dict[str, list[LoggedEntry]] = {}
    for kept in closed:
        entries.setdefault(kept.encounter_id or "", []).append(kept)
    for kept in added:
        if kept.encounter_id in entries:
            entries[kept.encounter_id].append(kept)
    return [_ended(encounter_id, of_it) for encounter_id, of_it in entries.items()]


def _ended(encounter_id: str, entries: list[LoggedEntry]) -> Ended:
    since = max(kept.at.local().date() for kept in entries)
    return Ended(
        encounter_id, entries[0].step or "", since, gone=not any(kept.body or kept.encrypted for kept in entries)
    )


def due_from(record: Ended, marked: Mapping[str, RetentionRule]) -> date | None:
    """Return the first day on which a record is eligible; None for never. The longest rule that applies counts."""
    said = [marked[name].keep.ends(record.since) for name in (ALL, record.outcome) if name in marked]
    days = [day for day in said if day is not None]
    return max(days) if days and len(days) == len(said) else None


def due(of_kind: Callable[[EntryKind], Iterable[LoggedEntry]], today: date) -> list[Ended]:
    """Return the records whose retention period is over today, also those on legal hold.

    of_kind: the log's entries of a kind, oldest first; if no rule was ever set, no others are read.
    """
    marked = rules(of_kind(EntryKind.RETENTION_SET))
    records = ended(of_kind(EntryKind.ENCOUNTER_CLOSED), chain.from_iterable(map(of_kind, ADDITIONS))) if marked else []
    found = ((record, due_from(record, marked)) for record in records if not record.gone)
    return [record for record, day in found if day is not None and day <= today]


def _later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February of a year that has one, or after the last year there is
        return date(min(day.year + years, date.max.year), 3, 1)
