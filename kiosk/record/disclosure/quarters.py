"""Counts by quarter that give away nothing beyond the counts of their months.

Each month stands alone (`statistics`), and anybody may have those counts too. So a sum over a quarter could give away
the number of a suppressed month. The number of a quarter is shown when

* all of its months are: it is their sum; or
* two or more months are suppressed, and together they have LEAST or more, but so many that each of them could have had
  two different numbers below LEAST. A reader who knows this rule still can't tell which.

A category is shown when all months of the quarter show it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from itertools import islice
from typing import Final

from kiosk.record.disclosure.statistics import LEAST, Categories, Counts, Division, Month, counted
from kiosk.record.encounter_record import EncounterRecord
from kiosk.system.date_range import DateRange

MONTHS: Final = 3
_DIVISIONS: Final = tuple(Division)


@dataclass(frozen=True, slots=True)
class Quarter:
    """Three months, such as 2026-07 to 2026-09. encounters: their number; None: suppressed. divided: by category."""

    months: tuple[Month, ...]
    encounters: int | None
    divided: Mapping[Division, Counts]

    @property
    def first(self) -> date:
        """Its first day."""
        return date.fromisoformat(f"{self.months[0].name}-01")


def quarters(
    records: Iterable[EncounterRecord], days: DateRange, within: Categories, zone: tzinfo | None = None
) -> Iterator[Quarter]:
    """Return every quarter of these days, suppressed. days: whole quarters, with a beginning and an end."""
    found = Counter[str]()

    def counting() -> Iterator[EncounterRecord]:
        for record in records:
            found[f"{record.opened_at.local(zone):%Y-%m}"] += 1
            yield record

    months = counted(counting(), days, within, zone)
    while three := tuple(islice(months, MONTHS)):
        divided = {by: {name: _sum([m.divided[by][name] for m in three]) for name in within[by]} for by in _DIVISIONS}
        yield Quarter(three, shown_sum([m.encounters for m in three], sum(found[m.name] for m in three)), divided)


def shown_sum(shown: Sequence[int | None], number: int) -> int | None:
    """Return the number of a quarter if it can be shown with these numbers of its months; None if not."""
    hidden = sum(month is None for month in shown)
    if not hidden:
        return number
    rest = number - sum(month or 0 for month in shown)
    return number if hidden > 1 and max(LEAST, hidden + 1) <= rest <= (LEAST - 1) * hidden - 1 else None


def _sum(counts: Sequence[int | None]) -> int | None:
    return None if None in counts else sum(count or 0 for count in counts)


def quarter_of(day: date) -> date:
    """Return the first day of the quarter with this day."""
    return day.replace(month=day.month - (day.month - 1) % MONTHS, day=1)


def quarters_over(days: DateRange, today: date, usual: int = 4) -> DateRange:
    """Return these days without the quarters that are not over. Raises ValueError unless the rest are whole quarters.

    Without a beginning, the last `usual` quarters.
    """
    over = quarter_of(today) - timedelta(days=1)
    last = over if days.last is None or days.last > over else days.last
    first = days.first
    if first is None:
        first = quarter_of(last)
        for _ in range(usual - 1):
            first = quarter_of(first - timedelta(days=1))
    after = last + timedelta(days=1)
    if first != quarter_of(first) or after != quarter_of(after):
        raise ValueError("these days are not whole quarters")
    return DateRange(first, last)
