"""The retention schedule: periods by category, and the records eligible by them. Time alone destroys nothing.

A category is `all` or the id of an outcome. A record without a rule is permanent; of several rules, the longest
applies. The period starts on the day when the record was closed or last added to. A new rule makes nothing eligible
before COOLING_OFF is over, so that others can see the rule in time, in the log and in the daily check.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Final

from kiosk.errors import UsageError
from kiosk.record.bodies import MEANING
from kiosk.record.canonical import Json
from kiosk.record.entries import Actor, Entry, LoggedEntry
from kiosk.record.entry_kinds import ADDITIONS, EntryKind
from kiosk.worded import many

ALL: Final = "all"
"""The category of all records."""

PERMANENT: Final = "permanent"

COOLING_OFF: Final = timedelta(days=30)
"""Time after the entry that sets a rule in which no record is eligible by it."""

_YEARS: Final = re.compile(r"([1-9][0-9]?) years?")
_UNTIL: Final = re.compile(r"until (\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True, slots=True)
class Period:
    """A retention period: a number of years, or until a day, or (neither) permanent."""

    years: int = 0
    until: date | None = None

    def ends(self, since: date) -> date | None:
        """Return the first day on which a record is eligible whose period starts on `since`; None for never."""
        return _years_later(since, self.years) if self.years else self.until

    def __str__(self) -> str:
        if self.years:
            return many(self.years, "year")
        return f"until {self.until}" if self.until else PERMANENT


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """The retention period of a category, its authority, and who set it.

    applies_from: the first day on which a record can be eligible by it. meaning: the id of that of the authority, if it
    has two.
    """

    category: str
    period: Period
    authority: str
    by: str
    applies_from: date
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class ClosedRecord:
    """A closed record. since: the day when it was closed or last added to; destroyed: its details were destroyed."""

    encounter_id: str
    outcome: str
    since: date
    destroyed: bool


def first_day(today: date, newest: date | None) -> date:
    """Return the first day on which a rule set today applies. newest: the newest day in the log, None for none.

    Today is never before the newest day in the log, so a clock that was set back does not end the cooling-off early.
    """
    return max(today, newest or today) + COOLING_OFF


def read_period(words: str) -> Period:
    """Parse a retention period that was typed. Raises UsageError."""
    plain = " ".join(words.casefold().split())
    try:
        if plain == PERMANENT:
            return Period()
        if years := _YEARS.fullmatch(plain):
            return Period(years=int(years[1]))
        if day := _UNTIL.fullmatch(plain):
            return Period(until=date.fromisoformat(day[1]))
    except ValueError:
        pass  # not a day of the calendar
    raise UsageError(
        f"“{words}” is not a retention period.", "Write it like “3 years”, “until 2035-06-30” or “permanent”."
    )


def set_rule(rule: RetentionRule) -> Entry:
    """Return the entry that sets a rule; the newest of a category counts."""
    body: dict[str, Json] = {
        "category": rule.category,
        "period": str(rule.period),
        "authority": rule.authority,
        "by": rule.by,
        "applies_from": rule.applies_from.isoformat(),
    }
    return Entry(EntryKind.RETENTION_SET, body, actor=Actor.COMMAND)


def rules_in_force(entries: Iterable[LoggedEntry]) -> dict[str, RetentionRule]:
    """Return the rules in force, by category. entries: all that set rules, oldest first.

    A period or a day that can't be parsed (a newer version may know others) counts as permanent.
    """
    return {rule.category: rule for rule in map(_rule, entries)}


def _rule(kept: LoggedEntry) -> RetentionRule:
    category, period, authority, by, meaning = (
        str(kept.body.get(name, "")) for name in ("category", "period", "authority", "by", f"{MEANING}authority")
    )
    try:
        applies_from = date.fromisoformat(str(kept.body.get("applies_from", "")))
        return RetentionRule(category, read_period(period), authority, by, applies_from, meaning)
    except (UsageError, ValueError):
        return RetentionRule(category, Period(), authority, by, date.max, meaning)


def closed_records(closed: Iterable[LoggedEntry], added: Iterable[LoggedEntry]) -> list[ClosedRecord]:
    """Return the closed records, in the order of their closing. added: all additions, also to other records."""
    entries: dict[str, list[LoggedEntry]] = {}
    for kept in closed:
        entries.setdefault(kept.encounter_id or "", []).append(kept)
    for kept in added:
        if kept.encounter_id in entries:
            entries[kept.encounter_id].append(kept)
    return [_closed_record(encounter_id, own) for encounter_id, own in entries.items()]


def _closed_record(encounter_id: str, entries: list[LoggedEntry]) -> ClosedRecord:
    since = max(kept.at.local().date() for kept in entries)
    return ClosedRecord(
        encounter_id,
        str(entries[0].body.get("outcome") or ""),
        since,
        destroyed=not any(kept.body or kept.encrypted for kept in entries),
    )


def eligible_from(record: ClosedRecord, rules: Mapping[str, RetentionRule]) -> date | None:
    """Return the first day on which a record is eligible; None for never. The longest of its rules applies."""
    own = [rules[name] for name in (ALL, record.outcome) if name in rules]
    days = [day for rule in own if (day := rule.period.ends(record.since)) is not None]
    return max(*days, *(rule.applies_from for rule in own)) if days and len(days) == len(own) else None


def eligible(of_kind: Callable[[EntryKind], Iterable[LoggedEntry]], today: date | None) -> list[ClosedRecord]:
    """Return the records whose retention period is over today, also those on legal hold; none without a day.

    of_kind: returns the log's entries of a kind, oldest first; without any rule, only rules are read.
    """
    rules = rules_in_force(of_kind(EntryKind.RETENTION_SET))
    if not rules or today is None:
        return []
    records = closed_records(of_kind(EntryKind.ENCOUNTER_CLOSED), chain.from_iterable(map(of_kind, ADDITIONS)))
    found = ((record, eligible_from(record, rules)) for record in records if not record.destroyed)
    return [record for record, day in found if day is not None and day <= today]


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February, or a year after the last one of `date`
        return date(min(day.year + years, date.max.year), 3, 1)
