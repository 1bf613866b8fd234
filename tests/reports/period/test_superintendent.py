"""The superintendent's report says what was counted, and nothing that was typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from kiosk.record.after_action.period import Age
from kiosk.reports.figures.figure import Table
from kiosk.reports.period import superintendent
from kiosk.reports.period.model import Report, Section
from kiosk.system.date_range import ALL_DAYS, DateRange
from tests.homes import PACK
from tests.record.after_action.told import answered, called, closed, facts, record, usual
from tests.reports.period.periods import a_head, a_period, some_records
from tests.reports.records import HOSTILE

MARK = "Zyxwv"
"""A word that is nowhere but in what was typed."""


def words_of(report: Report) -> Iterator[str]:
    """Every word of a report."""
    yield from (report.title, report.mark, report.summary, report.signing)
    for big in report.big:
        yield from (big.number, big.words)
    for pair in report.about:
        yield from pair
    for section in report.sections:
        yield from (section.title, *section.words)
        for figure in section.figures:
            yield from (figure.svg, figure.title, figure.description, figure.sentence)
        for table in tables_of(section):
            yield from (table.caption, *table.head)
            for row in table.rows:
                yield from row


def tables_of(section: Section) -> list[Table]:
    """Its tables, those of figures first."""
    return [*(figure.table for figure in section.figures), *section.tables]


def part(report: Report, title: str) -> Section:
    """The section with this title."""
    return next(section for section in report.sections if section.title == title)


def rows(report: Report, title: str, table: int = 0) -> list[tuple[str, ...]]:
    """The rows of a table in the section with this title."""
    return list(tables_of(part(report, title))[table].rows)


def test_the_numbers_of_the_report_are_those_of_the_records() -> None:
    """Three encounters, by hand: reached after one and three minutes, and never."""
    never = record(
        answered(10, "channel", chosen="phone"),
        called(20, "no-answer"),
        facts(30, agency_as_stated=("refused",), badge=("deferred",)),
        closed(40, "handover", "office"),
        no="2026-0003",
    )
    made = superintendent.report(a_period(usual(60), usual(180, no="2026-0002"), never), a_head(ALL_DAYS))
    assert made.title == "All encounters, September 21, 2026"
    assert made.summary == "3 encounters at one school. Half reached an administrator within 2 minutes; one never did."
    assert [one.number for one in made.big] == ["3", "2 min", "1", "2"]
    assert rows(made, "Encounters by month and channel") == [("September 2026", "2", "1", "3")]
    assert rows(made, "Minutes until an administrator was reached") == [("Lincoln", "2", "2", "1", "3", "1")]
    assert rows(made, "Minutes until an administrator was reached", 1) == [
        ("2026-0003", "never"),
        ("2026-0002", "3"),
        ("2026-0001", "1"),
    ]
    assert rows(made, "Calls tried and reached") == [("The office", "3", "2")]
    assert rows(made, "Agencies as stated") == [("stated, in typed words", "2"), ("refused", "1")]
    assert rows(made, "Where it got stuck")[0] == ("call-now", "3", "50 seconds", "2 minutes 50 seconds", "0", "0", "0")
    assert ("A role not notified at closing", "1", "2026-0003") in rows(made, "Was the protocol followed")
    assert rows(made, "Facts refused or missing")[0][:3] == ("Badge", "0", "2")
    assert rows(made, "Open tasks", 1) == [("2026-0003", "more than 30 days", "1", "1")]
    assert part(made, "Duties").words == ("No duty was owed.",)
    assert all(not figure.svg for section in made.sections for figure in section.figures)  # fewer than five


def test_open_duties_are_drawn_by_age_and_told_by_duty() -> None:
    """Each with its number, and what became of it in the table; the most overdue one first."""
    made = superintendent.report(a_period(*some_records(60)), a_head())
    figure = part(made, "Duties").figures[0]
    by_age = [tuple(map(int, row[1:])) for row in figure.table.rows]
    duties = [tuple(map(int, row[1:])) for row in rows(made, "Duties", 1)]
    assert figure.svg
    assert [row[0] for row in figure.table.rows] == [age.words for age in Age]
    assert [row[0] for row in duties] == [60, 60]
    assert sum(row[0] for row in by_age) == sum(row[4] for row in duties) > 60
    assert sum(row[1] for row in by_age) == sum(row[5] for row in duties)
    assert duties[0][5] >= duties[1][5] > 0


def test_no_typed_text_and_no_name_of_a_person_is_in_it() -> None:
    """Of agencies, notes, facts, amendments and initials; an agency is only counted."""
    made = superintendent.report(a_period(*some_records(60, typed=MARK)), a_head())
    found = list(words_of(made))
    assert len(found) > 300
    assert [words for words in found if MARK in words] == []
    assert rows(made, "Agencies as stated") == [("stated, in typed words", "60")]


def test_with_names_agencies_are_counted_by_outcome_and_amendments_say_by_whom() -> None:
    """Only when somebody asks for it."""
    head = replace(a_head(ALL_DAYS), names=True)
    made = superintendent.report(a_period(usual(60), usual(180, no="2026-0002")), head)
    assert rows(made, "Agencies as stated") == [("An agency", "Handed over", "2")]
    made = superintendent.report(a_period(*some_records(60, typed=MARK)), head)
    assert {row[0] for row in rows(made, "Agencies as stated")} == {MARK}
    amended = rows(made, "Amendments")
    assert amended
    assert {len(row) for row in amended} == {4}


def test_an_agency_that_was_chosen_is_named_in_the_protocol_s_words() -> None:
    """It is no free text."""
    chosen = PACK.replace(
        "{label: {en: Agency}, type: line, missing: [refused]}",
        "{label: {en: Agency}, type: choice, choices: {fed: {en: A federal agency}}, class: public, "
        "missing: [refused, not-asked]}",
    )
    one = record(answered(1, "channel", chosen="phone"), facts(9, agency_as_stated="fed", badge="1"), closed(12))
    made = superintendent.report(a_period(one, text=chosen), a_head())
    assert rows(made, "Agencies as stated") == [("A federal agency", "1")]


def test_every_picture_of_many_encounters_is_drawn() -> None:
    """With its own prefix, links to named records, and a table."""
    made = superintendent.report(a_period(*some_records(120)), a_head())
    drawn = [figure.svg for section in made.sections for figure in section.figures]
    assert len(drawn) == 7
    assert all(drawn)
    assert len({svg.split('aria-labelledby="')[1].split("-t")[0] for svg in drawn}) == 7
    named = {row[0] for row in rows(made, "Minutes until an administrator was reached", 1)}
    assert {link.split('"')[0] for link in drawn[1].split('href="#')[1:]} <= named


def test_records_with_another_version_are_named() -> None:
    """But not in practice."""
    records = some_records(20)
    live = superintendent.report(a_period(*records), a_head())
    assert ("2026-0001", "small 2026.1 (4d)", "2026.1 (5e)") in rows(live, "Versions of the protocol", 1)
    assert "PRACTICE" in superintendent.report(a_period(*records), a_head(mode="practice")).title


def test_an_empty_period_has_nothing_but_its_head() -> None:
    """No empty axes."""
    made = superintendent.report(a_period(), a_head())
    assert (made.sections, made.summary) == ((), "No encounter was recorded.")
    assert [one.number for one in made.big] == ["0", "none", "0", "0"]
    assert superintendent.report(a_period(), a_head(ALL_DAYS)).title == "All encounters, all days"


@pytest.mark.parametrize(
    ("last", "said", "summary"),
    [
        (date(2026, 11, 30), "July to November 2026", "No encounter was recorded."),
        (date(2026, 12, 31), "July to December 2026, made before it was over", "No encounter was recorded so far."),
    ],
)
def test_a_period_that_is_not_over_is_marked(last: date, said: str, summary: str) -> None:
    """Its reader may have the page long after."""
    made = superintendent.report(a_period(), a_head(DateRange(date(2026, 7, 1), last)))
    assert (dict(made.about)["Period"], made.summary) == (said, summary)


@pytest.mark.parametrize(
    ("days", "months"),
    [
        (DateRange(date(2026, 8, 1), date(2026, 10, 31)), ["August 2026", "September 2026", "October 2026"]),
        (DateRange(date(1, 1, 1), date(9999, 12, 31)), ["September 2026"]),
        (ALL_DAYS, ["September 2026"]),
    ],
)
def test_every_month_of_the_days_has_a_row(days: DateRange, months: list[str]) -> None:
    """Also one without an encounter, unless the days are of another century."""
    made = superintendent.report(a_period(usual()), a_head(days))
    assert [row[0] for row in rows(made, "Encounters by month and channel")] == months


def test_names_of_schools_may_be_anything() -> None:
    """Also nothing at all."""
    made = superintendent.report(a_period(*some_records(30, schools=(HOSTILE, ""))), a_head(school=HOSTILE))
    assert {row[0] for row in rows(made, "Minutes until an administrator was reached")} == {
        HOSTILE,
        "school not recorded",
    }
