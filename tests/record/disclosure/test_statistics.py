"""Counts by month: right where they are shown, and where they are not, nobody can find them out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, timedelta
from itertools import product
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.record.disclosure.statistics import (
    LEAST,
    NOT_CLOSED,
    NOT_RECORDED,
    OTHER,
    Counts,
    Division,
    categories,
    counted,
    month,
    months_over,
    suppressed,
)
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.endings import Ending
from kiosk.system.date_range import ALL_DAYS, DateRange
from tests.reports.records import a_record, an_instant

WITHIN: Final = categories(("door", "phone"), ("handover", "gone"))
DAY: Final = 86_400
YEAR: Final = DateRange(date(2026, 9, 1), date(2026, 12, 31))

NAMES: Final = "abcd"
totals = st.lists(st.integers(0, LEAST + 3), min_size=1, max_size=4).map(
    lambda found: dict(zip(NAMES, found, strict=False))
)


def solutions(shown: Counts, total: int) -> Iterator[Mapping[str, int]]:
    """Every way in which these counts can have come about, for somebody who knows their sum and the rule."""
    hidden = [name for name, count in shown.items() if count is None]
    rest = total - sum(count for count in shown.values() if count is not None)
    for numbers in _sums(len(hidden), rest):
        guess = {name: shown[name] or 0 for name in shown} | dict(zip(hidden, numbers, strict=True))
        if suppressed(guess) == shown:
            yield guess


def _sums(parts: int, total: int) -> Iterator[tuple[int, ...]]:
    if parts == 0:
        yield from [()] if total == 0 else []
        return
    for first in range(total + 1):
        yield from ((first, *rest) for rest in _sums(parts - 1, total - first))


@given(totals)
def test_no_suppressed_count_can_be_solved_for(counts: dict[str, int]) -> None:
    """Each can have had two values at least, and the group has never so few that it is a small number itself."""
    _require_unsolvable(counts)


def test_no_suppressed_count_of_three_can_be_solved_for() -> None:
    """Of any three counts, without exception."""
    for counts in product(range(LEAST + 3), repeat=3):
        _require_unsolvable(dict(zip(NAMES, counts, strict=False)))


def _require_unsolvable(counts: dict[str, int]) -> None:
    shown = suppressed(counts)
    if shown is None:
        return
    found = list(solutions(shown, sum(counts.values())))
    assert counts in found
    hidden = [name for name, count in shown.items() if count is None]
    for name in hidden:
        assert len({guess[name] for guess in found}) >= 2, (counts, shown)
    assert not hidden or sum(counts[name] for name in hidden) >= LEAST


@given(totals)
def test_what_is_shown_is_true_and_never_small(counts: dict[str, int]) -> None:
    """Without a small count, everything is shown."""
    shown = suppressed(counts)
    if not any(0 < count < LEAST for count in counts.values()):
        assert shown == counts
    for name, count in (shown or {}).items():
        assert count is None or (count == counts[name] and not 0 < count < LEAST)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((0, 0, 0), (0, 0, 0)),
        ((5, 9, 0), (5, 9, 0)),
        ((1, 9, 12), (None, None, 12)),  # alone, it would be the rest
        ((2, 4, 12), (None, None, 12)),
        ((4, 4, 12), (None, None, None)),  # both are 4, if it is known that both are small
        ((1, 2, 9), (None, None, None)),  # together they are fewer than 5
        ((3, 3, 3), None),  # nothing could be told apart
        ((1, 0, 0), None),
    ],
)
def test_small_counts_take_others_with_them(counts: Sequence[int], shown: Sequence[int | None] | None) -> None:
    """The next larger ones, until nobody can subtract."""
    told = suppressed(dict(zip("abc", counts, strict=True)))
    assert (None if told is None else tuple(told.values())) == (None if shown is None else tuple(shown))


some_encounters = st.lists(
    st.fixed_dictionaries({by: st.sampled_from(WITHIN[by]) for by in Division}), max_size=3 * LEAST
)


@given(some_encounters)
def test_a_suppressed_month_looks_the_same_whatever_happened_in_it(encounters: list[Mapping[Division, str]]) -> None:
    """One encounter or four, or more that nobody could tell apart: no number, in no category."""
    told = month("2026-09", encounters, WITHIN)
    if told.encounters is None:
        assert told == month("2026-09", encounters[:1], WITHIN)
    else:
        assert told.encounters == len(encounters)
        assert [tuple(told.divided[by]) for by in Division] == [tuple(WITHIN[by]) for by in Division]
    assert (told.encounters is None) or not 0 < len(encounters) < LEAST


records = st.lists(
    st.builds(
        lambda days, channel: replace(a_record(), opened_at=an_instant(days * DAY), channel=channel),
        st.integers(0, 105),
        st.sampled_from(["door", "phone", None]),
    ),
    max_size=40,
)


@given(records, st.sampled_from([9, 10, 11]))
def test_a_longer_copy_minus_a_shorter_one_gives_nothing(found: list[EncounterRecord], last: int) -> None:
    """The months of both are the same in both, and neither has a sum over several."""
    longer = list(counted(found, YEAR, WITHIN, UTC))
    days = replace(YEAR, last=date(2026, last + 1, 1) - timedelta(days=1))
    shorter = list(counted([one for one in found if one.opened_at.local(UTC).month <= last], days, WITHIN, UTC))
    assert longer[: last - 8] == shorter[: last - 8]
    assert [one.name for one in longer] == ["2026-09", "2026-10", "2026-11", "2026-12"]


def test_every_encounter_is_in_one_category_of_each_division() -> None:
    """Also one that is not closed, one without a channel, and ids that the protocol in use does not have."""
    found = [
        *[replace(a_record(), ending=Ending.OUTCOME)] * LEAST,
        *[replace(a_record(), ending=Ending.OUTCOME, channel="fax", outcome="old")] * LEAST,
        *[replace(a_record(), ending=None, channel=None)] * LEAST,
        *[replace(a_record(), ending=Ending.VOID, outcome=None, channel="phone")] * LEAST,
    ]
    (told,) = counted(found, DateRange(date(2026, 9, 1), date(2026, 9, 30)), WITHIN, UTC)
    five = dict.fromkeys
    assert told.encounters == 4 * LEAST
    assert told.divided[Division.CHANNEL] == five(("door", "phone", NOT_RECORDED, OTHER), LEAST)
    shown = {name: count for name, count in told.divided[Division.OUTCOME].items() if count}
    assert shown == five(("handover", "void", NOT_CLOSED, OTHER), LEAST)
    assert told.divided[Division.OUTCOME]["gone"] == 0


def test_the_first_years_have_four_digits_too() -> None:
    """A selection may begin with the first day that can be written."""
    days = DateRange(date(1, 11, 1), date(2, 1, 31))
    assert [one.name for one in counted([], days, WITHIN)] == ["0001-11", "0001-12", "0002-01"]


def test_a_month_without_an_encounter_has_the_number_0() -> None:
    """Without a beginning, the first month is that of the first encounter."""
    no_beginning = DateRange(None, date(2026, 11, 30))
    told = list(counted([a_record()] * LEAST, no_beginning, WITHIN, UTC))
    assert [(one.name, one.encounters) for one in told] == [("2026-09", LEAST), ("2026-10", 0), ("2026-11", 0)]
    assert list(counted([], no_beginning, WITHIN, UTC)) == []


TODAY: Final = date(2026, 12, 15)


@pytest.mark.parametrize(
    ("days", "last"),
    [
        (ALL_DAYS, date(2026, 11, 30)),
        (DateRange(date(2026, 9, 1), date(2026, 10, 31)), date(2026, 10, 31)),
        (DateRange(date(2026, 9, 1), date(2026, 12, 31)), date(2026, 11, 30)),
        (DateRange(date(2026, 9, 1), TODAY), date(2026, 11, 30)),
    ],
)
def test_a_month_is_counted_when_it_is_over(days: DateRange, last: date) -> None:
    """Else a copy of today minus one of yesterday would be a day."""
    assert months_over(days, TODAY) == replace(days, last=last)


@pytest.mark.parametrize("days", [DateRange(date(2026, 9, 2), None), DateRange(None, date(2026, 10, 30))])
def test_only_whole_months_are_counted(days: DateRange) -> None:
    """Parts of them could be subtracted."""
    with pytest.raises(ValueError, match="whole months"):
        months_over(days, TODAY)
