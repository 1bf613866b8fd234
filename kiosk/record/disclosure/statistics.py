"""Counts by month, from which nobody can find out a small number.

A month is counted when it is over, so that two copies never differ by a day. Each month stands alone: no total runs
over several, so that a longer copy minus a shorter one gives nothing. Of a month with fewer than LEAST encounters,
only that there were some. Of any other, the number, and how it divides by channel and by outcome. A count below LEAST
is suppressed there, and with it the next larger ones, because the suppressed ones add up to a number that is known:

* Either none is suppressed, or all from 1 to some limit are. A reader who knows this rule still can't tell them apart:
  each could be any of them.
* So there are two different numbers among them, at least; else the limit rises. Together they are LEAST or more.
* When no limit is high enough, the month is suppressed like one with too few encounters.

The categories are those of the protocol in use and of every one before it, whether or not anything was counted in them:
so a month is divided alike in each copy, and two copies, before and after an update, say no more than one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from typing import Final

from kiosk.record.encounter_record import CHANNEL, EncounterRecord
from kiosk.record.endings import ENDED
from kiosk.system.date_range import DateRange
from kiosk.worded import Worded

LEAST: Final = 5
"""The smallest number of encounters that is shown, apart from 0."""

NOT_CLOSED: Final = "not closed"
NOT_RECORDED: Final = "not recorded"
OTHER: Final = "other"
"""The category of everything that no protocol in the log has."""


class Division(Worded):
    """What the encounters of a month are divided by."""

    CHANNEL = CHANNEL, "Channel"
    OUTCOME = "outcome", "Outcome"


Categories = Mapping[Division, Sequence[str]]
Counts = Mapping[str, int | None]
"""Category → its number of encounters; None: suppressed."""


@dataclass(frozen=True, slots=True)
class Month:
    """One month, such as 2026-09. encounters: their number; None: suppressed, and every count of the month with it."""

    name: str
    encounters: int | None
    divided: Mapping[Division, Counts]


def categories(channels: Iterable[str], outcomes: Iterable[str]) -> Categories:
    """Return the categories, of a protocol's channels and outcomes."""
    endings = (*outcomes, *(words for ending, words in ENDED.items() if ending != "outcome"), NOT_CLOSED, OTHER)
    return {
        Division.CHANNEL: tuple(dict.fromkeys((*channels, NOT_RECORDED, OTHER))),
        Division.OUTCOME: tuple(dict.fromkeys(endings)),
    }


def months_over(days: DateRange, today: date) -> DateRange:
    """Return these days without the months that are not over. Raises ValueError unless the rest are whole months."""
    over = today.replace(day=1) - timedelta(days=1)
    last = over if days.last is None or days.last > over else days.last
    if (days.first is not None and days.first.day != 1) or (last + timedelta(days=1)).day != 1:
        raise ValueError("these days are not whole months")
    return DateRange(days.first, last)


def counted(
    records: Iterable[EncounterRecord], days: DateRange, within: Categories, zone: tzinfo | None = None
) -> Iterator[Month]:
    """Return every month of these days, from the first with an encounter if they have no beginning, suppressed.

    days: whole months, with an end.
    """
    found: dict[str, list[Mapping[Division, str]]] = {}
    for record in records:
        opened = record.opened_at.local(zone).date()
        found.setdefault(_month(opened), []).append(_divided(record, within))
    first = _month(days.first) if days.first else min(found, default="9999-12")
    for name in _names(first, _month(days.last) if days.last else max(found, default="")):
        yield month(name, found.get(name, ()), within)


def month(name: str, encounters: Sequence[Mapping[Division, str]], within: Categories) -> Month:
    """Return one month of these encounters, suppressed."""
    divided = {by: suppressed(_count(encounters, by, within[by])) for by in Division}
    shown = {by: counts for by, counts in divided.items() if counts is not None}
    if len(shown) < len(divided):
        return Month(name, None, {by: dict.fromkeys(within[by]) for by in Division})
    return Month(name, len(encounters), shown)


def suppressed(counts: Mapping[str, int]) -> Counts | None:
    """Return the counts that can be shown when their sum is known; None if all must be suppressed, and their sum."""
    for limit in (0, *sorted({count for count in counts.values() if count})):
        hidden = [count for count in counts.values() if 0 < count <= limit]
        small = any(limit < count < LEAST for count in counts.values())
        if not small and (not hidden or (len(set(hidden)) > 1 and sum(hidden) >= LEAST)):
            return {name: None if 0 < count <= limit else count for name, count in counts.items()}
    return None


def _divided(record: EncounterRecord, within: Categories) -> Mapping[Division, str]:
    ended = NOT_CLOSED if record.ending is None else record.outcome or ENDED[record.ending]
    return {
        by: category if category in within[by] else OTHER
        for by, category in ((Division.CHANNEL, record.channel or NOT_RECORDED), (Division.OUTCOME, ended))
    }


def _count(encounters: Iterable[Mapping[Division, str]], by: Division, within: Iterable[str]) -> Mapping[str, int]:
    found = Counter(one[by] for one in encounters)
    return {category: found[category] for category in within}


def _month(day: date) -> str:
    return day.isoformat()[:7]  # strftime writes the first years with fewer digits


def _names(first: str, last: str) -> Iterator[str]:
    while first <= last:
        yield first
        year, number = int(first[:4]), int(first[5:])
        first = f"{year + number // 12:04}-{number % 12 + 1:02}"
