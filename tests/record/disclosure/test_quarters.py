"""Counts by quarter: right where they are shown, and nobody can find out a month from them that is suppressed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.record.disclosure.quarters import quarter_of, quarters, quarters_over, shown_sum
from kiosk.record.disclosure.statistics import LEAST, Division, categories, month
from kiosk.record.encounter_record import EncounterRecord
from kiosk.system.date_range import ALL_DAYS, DateRange
from tests.reports.records import a_record, an_instant

WITHIN = categories(("door", "phone"), ("handover", "gone"))
DAY = 86_400
Q3 = DateRange(date(2026, 7, 1), date(2026, 9, 30))


def monthly(number: int) -> int | None:
    """What the counts by month show of so many alike encounters."""
    return month("2026-09", [{Division.CHANNEL: "door", Division.OUTCOME: "gone"}] * number, WITHIN).encounters


def recovered(shown: list[int | None], total: int | None) -> Iterator[set[int]]:
    """For each month, the numbers that it can have had, for somebody who knows both copies and the rule.

    A suppressed month is taken to have fewer than LEAST: with more guesses, it is only harder.
    """
    guesses = [(known,) if known is not None else range(1, LEAST) for known in shown]
    fitting = [numbers for numbers in product(*guesses) if shown_sum(shown, sum(numbers)) == total]
    assert fitting
    yield from (set(numbers) for numbers in zip(*fitting, strict=True))


def test_the_number_of_a_quarter_gives_no_suppressed_month_away() -> None:
    """Of any three months, without exception."""
    for numbers in product([*range(LEAST + 1), 30], repeat=3):
        shown = [monthly(number) for number in numbers]
        total = shown_sum(shown, sum(numbers))
        assert total in (None, sum(numbers))
        for known, found in zip(shown, recovered(shown, total), strict=True):
            assert known is not None or len(found) > 1, (numbers, shown, total)


@pytest.mark.parametrize(
    ("numbers", "total"),
    [
        ((5, 9, 0), 14),
        ((2, 3, 1), 6),
        ((2, 9, 12), None),  # alone, it would be the rest
        ((2, 9, 3), 14),
        ((1, 1, 9), None),  # together they are fewer than 5
        ((4, 4, 9), None),  # no more would have been shown
        ((4, 4, 4), None),
        ((0, 0, 0), 0),
    ],
)
def test_a_quarter_is_shown_where_its_suppressed_months_stay_unknown(
    numbers: tuple[int, ...], total: int | None
) -> None:
    """Low numbers are the usual case, and their sum is still worth something."""
    assert shown_sum([monthly(number) for number in numbers], sum(numbers)) == total


visits = st.lists(
    st.builds(
        lambda days, channel: replace(a_record(), opened_at=an_instant(days * DAY), channel=channel),
        st.integers(-75, 16),
        st.sampled_from(["door", "phone", None]),
    ),
    max_size=40,
)


@given(visits)
def test_what_is_shown_is_true(found: list[EncounterRecord]) -> None:
    """Numbers and categories; a category of a suppressed month is never shown."""
    (quarter,) = quarters(found, Q3, WITHIN, UTC)
    assert quarter.encounters in (None, len(found))
    assert [one.name for one in quarter.months] == ["2026-07", "2026-08", "2026-09"]
    for name, count in quarter.divided[Division.CHANNEL].items():
        wanted = sum((one.channel or "not recorded") == name for one in found)
        hidden = any(one.divided[Division.CHANNEL][name] is None for one in quarter.months)
        assert count == (None if hidden else wanted)


@given(visits.filter(lambda found: len(found) > 0))
def test_one_encounter_more_or_less_in_a_suppressed_month_can_not_be_told(found: list[EncounterRecord]) -> None:
    """Its channel and outcome are nowhere."""
    (quarter,) = quarters(found, Q3, WITHIN, UTC)
    for n, one in enumerate(quarter.months):
        if one.encounters is None:
            others = [{**record_month(r)} for r in found if f"{r.opened_at.local(UTC):%Y-%m}" == one.name]
            assert quarter.months[n] == month(one.name, others[:1], WITHIN)
            assert all(count is None for count in quarter.divided[Division.CHANNEL].values())


def record_month(record: EncounterRecord) -> dict[Division, str]:
    """How one encounter is divided."""
    return {Division.CHANNEL: record.channel or "not recorded", Division.OUTCOME: "not closed"}


TODAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("days", "over"),
    [
        (ALL_DAYS, DateRange(date(2025, 10, 1), date(2026, 9, 30))),
        (Q3, Q3),
        (replace(Q3, last=None), Q3),
        (DateRange(date(2026, 7, 1), date(2026, 12, 31)), Q3),
        (DateRange(None, date(2026, 3, 31)), DateRange(date(2025, 4, 1), date(2026, 3, 31))),
    ],
)
def test_a_quarter_is_counted_when_it_is_over(days: DateRange, over: DateRange) -> None:
    """Without days, the last four."""
    assert quarters_over(days, TODAY) == over


@pytest.mark.parametrize("days", [DateRange(date(2026, 8, 1), None), DateRange(None, date(2026, 8, 31))])
def test_only_whole_quarters_are_counted(days: DateRange) -> None:
    """Parts of them could be subtracted."""
    with pytest.raises(ValueError, match="whole quarters"):
        quarters_over(days, TODAY)


def test_a_day_is_in_its_quarter() -> None:
    """January to March, and so on."""
    assert [quarter_of(date(2026, m, 9)).month for m in range(1, 13)] == [1, 1, 1, 4, 4, 4, 7, 7, 7, 10, 10, 10]
