"""The board's report: only counts of quarters, and nobody can find out a suppressed number from any of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date
from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.record.disclosure.quarters import quarters, shown_sum
from kiosk.record.disclosure.statistics import LEAST, OTHER, Categories, Division, categories, month
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.endings import Ending
from kiosk.reports.figures.bars import WITHHELD
from kiosk.reports.formats import categories_of
from kiosk.reports.period import board
from kiosk.reports.period.board import Labels
from kiosk.reports.period.model import Report
from kiosk.system.date_range import DateRange
from tests.homes import PACK
from tests.record.after_action.told import protocol
from tests.record.disclosure.test_quarters import recovered
from tests.record.disclosure.test_statistics import solutions
from tests.reports.period.periods import a_head
from tests.reports.period.test_superintendent import tables_of, words_of
from tests.reports.records import a_record, an_instant

WITHIN = categories(("door", "phone"), ("handover", "gone"))
QUARTER = DateRange(date(2026, 7, 1), date(2026, 9, 30))
DAY = 86_400


def visits(july: int, august: int, september: int, channel: str | None = "door") -> list[EncounterRecord]:
    """So many encounters in each month of a quarter."""
    days = (-60, -30, 1)
    return [
        replace(a_record(), opened_at=an_instant(day * DAY), channel=channel, ending=Ending.OUTCOME)
        for day, count in zip(days, (july, august, september), strict=True)
        for _ in range(count)
    ]


def made_of(records: Iterable[EncounterRecord], days: DateRange = QUARTER) -> Report:
    """The report of these encounters."""
    found = list(quarters(records, days, WITHIN, UTC))
    return board.report(found, WITHIN, Labels.in_protocols(WITHIN, protocol(PACK)), a_head(days), "small 2026.1")


def number(cell: str) -> int | None:
    """A cell: None if it is withheld."""
    return None if cell == WITHHELD else int(cell)


def columns(report: Report, by: Division) -> list[dict[str, int | None]]:
    """The columns of a quarter's table: three months and the quarter; “All” is their number."""
    (section,) = [one for one in report.sections if one.title == board._TITLES[by]]
    (table,) = tables_of(section)
    return [{row[0]: number(row[n]) for row in table.rows} for n in range(1, 5)]


def require_unsolvable(report: Report) -> None:
    """Run the recovery programs on every table: of the categories of a month, and of the months of a quarter."""
    for by in Division:
        *months, quarter = columns(report, by)
        totals = [month["All"] for month in months]
        for known, found in zip(totals, recovered(totals, quarter["All"]), strict=True):
            assert known is not None or len(found) > 1
        for one in months:
            shown = {name: count for name, count in one.items() if name != "All"}
            hidden = [name for name, count in shown.items() if count is None]
            if one["All"] is None:
                assert len(hidden) == len(shown)
                continue
            guesses = list(solutions(shown, one["All"]))
            assert all(len({guess[name] for guess in guesses}) > 1 for name in hidden)
        for name in (one for one in quarter if one != "All"):
            parts = [month[name] for month in months]
            assert quarter[name] == (None if None in parts else sum(part or 0 for part in parts))


encounters = st.lists(
    st.builds(
        lambda day, channel, outcome: replace(
            a_record(), opened_at=an_instant(day * DAY), channel=channel, outcome=outcome, ending=Ending.OUTCOME
        ),
        st.integers(-75, 16),
        st.sampled_from(["door", "phone", None]),
        st.sampled_from(["handover", "gone"]),
    ),
    max_size=40,
)


@given(encounters)
def test_no_suppressed_number_can_be_recovered_from_the_tables(found: list[EncounterRecord]) -> None:
    """The recovery programs fail."""
    require_unsolvable(made_of(found))


@pytest.mark.parametrize("numbers", [(1, 0, 0), (1, 9, 9), (2, 3, 1), (1, 1, 9), (4, 4, 9), (5, 5, 5)], ids=str)
def test_a_group_of_one_is_in_no_number(numbers: tuple[int, int, int]) -> None:
    """Nor in a sentence, a large figure or a picture: every number in the words is one that the tables show."""
    report = made_of(visits(*numbers))
    require_unsolvable(report)
    shown = {count for by in Division for column in columns(report, by) for count in column.values()}
    words = [*report.summary.split(), *(one.number for one in report.big)]
    for section in report.sections[:1]:
        for figure in section.figures:
            words += [figure.sentence, figure.description, *re.findall(">([^<>]+)</text>", figure.svg)]
    counts = {int(n) for n in re.findall(r"\b\d+\b", " ".join(words))} - {2026, LEAST}
    assert counts <= shown


@pytest.mark.parametrize("numbers", [(1, 2, 3), (1, 2, 4), (1, 2, 9), (1, 1, 9), (2, 4, 30)], ids=str)
def test_reports_that_differ_only_in_suppressed_months_are_the_same(numbers: Sequence[int]) -> None:
    """In every word and picture: whichever suppressed month had which number."""
    small = [n for n in numbers if n < LEAST]
    rest = [n for n in numbers if n >= LEAST]
    orders = [[*order, *rest] for order in permutations(small)]
    assert len({said(visits(july, august, september)) for july, august, september in orders}) == 1


def test_a_quarter_that_is_withheld_is_the_same_whatever_its_suppressed_months_had() -> None:
    """Too few together, or so many that there would be only one way."""
    pairs = [(1, 1), (1, 2), (2, 2), (1, 3), (3, 1), (4, 4)]
    assert len({said(visits(july, august, 9)) for july, august in pairs}) == 1


def said(records: Iterable[EncounterRecord]) -> tuple[str, ...]:
    """Every word and picture of the report of these encounters."""
    return tuple(words_of(made_of(records)))


def test_one_more_encounter_in_a_suppressed_month_changes_at_most_the_quarter() -> None:
    """Its channel is nowhere."""
    other = replace(visits(1, 0, 0)[0], channel="phone")
    base = visits(2, 0, 3)
    assert list(words_of(made_of([*base, *visits(1, 0, 0)]))) == list(words_of(made_of([*base, other])))


MOST = 12
OUTCOMES = ("handover", "sent", "late", "gone")
BEFORE = protocol(
    PACK.replace(
        "interrupts: [",
        "interrupts: [{id: on, label: {en: On}, next: sent}, {id: late, label: {en: Late}, next: late}, ",
    )
    + "  sent: {title: {en: Sent on}, refer: office}\n  late: {title: {en: Came late}, refer: office}\n"
)
AFTER = protocol(PACK)


def shown_with(numbers: Sequence[int], within: Categories) -> tuple[tuple[str, int | None], ...]:
    """What a month shows of so many encounters with each outcome, without the outcomes that it had not."""
    ended = [
        {Division.CHANNEL: "door", Division.OUTCOME: name if name in within[Division.OUTCOME] else OTHER}
        for name, number in zip(OUTCOMES, numbers, strict=True)
        for _ in range(number)
    ]
    counts = month("2026-09", ended, within).divided[Division.OUTCOME]
    return tuple(sorted((name, count) for name, count in counts.items() if count != 0))


def given_away(after: Categories) -> int:
    """Count the suppressed numbers that follow from a report before an update of the protocol and one after it."""
    fitting: dict[object, list[Sequence[int]]] = {}
    for numbers in product(range(MOST), repeat=len(OUTCOMES)):
        if LEAST <= sum(numbers) <= MOST:
            before = shown_with(numbers, categories_of(BEFORE))
            if (OUTCOMES[0], None) in before:
                fitting.setdefault((sum(numbers), before, shown_with(numbers, after)), []).append(numbers)
    return sum(len({numbers[0] for numbers in group}) == 1 for group in fitting.values())


def test_an_update_of_the_protocol_between_two_reports_gives_nothing_away() -> None:
    """Two outcomes are not in the new protocol. As a part of “other” they would give others away, so they stay."""
    assert given_away(categories_of(AFTER)) > 0
    assert given_away(categories_of(AFTER, [AFTER, BEFORE])) == 0


def test_what_the_protocol_had_before_keeps_its_words() -> None:
    """They are those of the newest protocol that has it."""
    words = Labels.in_protocols(categories_of(AFTER, [BEFORE]), AFTER, BEFORE)
    assert [words.words(Division.OUTCOME, one) for one in OUTCOMES] == [
        *("Handed over", "Sent on", "Came late", "They left"),
    ]
    assert words.words(Division.CHANNEL, "door") == "Door"
    assert words.words(Division.CHANNEL, OTHER) == OTHER


def test_nothing_that_identifies_is_in_it() -> None:
    """No record number, no typed text, no time of day, no minutes."""
    found = list(words_of(made_of([replace(one, school="Zyx", desk="Zyx") for one in visits(9, 9, 9)])))
    assert [
        words for words in found if re.search(r"2026-0001|Zyx|minute|An agency|T(?!14:13:20)\d\d:\d\d", words)
    ] == []


def test_it_has_the_labels_of_the_protocol_and_a_place_for_the_date() -> None:
    """Outcomes and channels in the words that staff saw."""
    report = made_of(visits(9, 9, 9))
    assert columns(report, Division.CHANNEL)[3] == {"All": 27, "Door": 27}
    assert columns(report, Division.OUTCOME)[3] == {"All": 27, "Handed over": 27}
    assert (report.signing, report.title) == (board.SIGNING, "Encounters by quarter, July to September 2026")
    assert report.summary == "27 encounters in July to September 2026."


def test_without_a_quarter_there_is_no_table() -> None:
    """Only the head."""
    report = board.report([], WITHIN, Labels(), a_head(), "small")
    assert (report.sections, report.big, report.title) == ((), (), "Encounters by quarter")
    assert shown_sum([], 0) == 0
