"""How long records are kept: what can be typed, how years are counted, and which of several rules applies."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kiosk.errors import UsageError
from kiosk.record.entries import Actor, Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.retention.schedule import (
    ALL,
    COOLING_OFF,
    ClosedRecord,
    Period,
    RetentionRule,
    closed_records,
    eligible,
    eligible_from,
    first_day,
    read_period,
    rules_in_force,
    set_rule,
)
from tests.record.retention.logged import TODAY, logged

SET = date(2020, 1, 1)
"""The first day on which the rules here apply, unless a test is about that."""


@pytest.mark.parametrize("words", ["3 years", "1 year", "99 years", "until 2035-06-30", "permanent"])
def test_a_time_to_keep_reads_as_it_is_written(words: str) -> None:
    """What the log keeps of it reads back the same."""
    assert str(read_period(words)) == words
    assert read_period(f"  {words.upper()} ") == read_period(words)


@pytest.mark.parametrize(
    "words", ["", "3", "0 years", "-1 years", "100 years", "3 weeks", "until June", "until 2035-13-01"]
)
def test_what_is_no_time_to_keep_is_refused(words: str) -> None:
    """With a sentence that says how to write it."""
    with pytest.raises(UsageError, match="not a retention period"):
        read_period(words)


@pytest.mark.parametrize(
    ("since", "years", "day"),
    [
        (date(2020, 3, 10), 3, date(2023, 3, 10)),
        (date(2024, 2, 29), 1, date(2025, 3, 1)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(9999, 1, 1), 1, date(9999, 3, 1)),
    ],
)
def test_years_are_counted_by_the_calendar(since: date, years: int, day: date) -> None:
    """A record of 29 February is kept a day longer, never a day less. The calendar ends with the year 9999."""
    assert Period(years=years).ends(since) == day


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ({}, None),
        ({"gone": "1 year"}, None),
        ({ALL: "3 years"}, date(2023, 3, 10)),
        ({"handover": "5 years"}, date(2025, 3, 10)),
        ({ALL: "3 years", "handover": "5 years"}, date(2025, 3, 10)),
        ({ALL: "5 years", "handover": "3 years"}, date(2025, 3, 10)),
        ({ALL: "3 years", "handover": "permanent"}, None),
        ({ALL: "permanent", "handover": "3 years"}, None),
        ({ALL: "until 2021-01-01", "handover": "3 years"}, date(2023, 3, 10)),
    ],
)
def test_the_longest_of_the_marks_that_speak_of_a_record_counts(said: dict[str, str], day: date | None) -> None:
    """Without any it is kept permanently."""
    rules = {
        name: RetentionRule(name, read_period(words), "A schedule", "A. Ruiz", SET) for name, words in said.items()
    }
    assert eligible_from(ClosedRecord("a", "handover", date(2020, 3, 10), destroyed=False), rules) == day


def test_a_rule_makes_nothing_eligible_before_it_applies() -> None:
    """The longest of all: of the periods, and of the cooling-off of each rule."""
    record = ClosedRecord("a", "handover", date(2020, 3, 10), destroyed=False)
    late = RetentionRule(ALL, read_period("until 2021-01-01"), "A schedule", "A. Ruiz", date(2026, 12, 30))
    for rules in ({ALL: late}, {ALL: replace(late, applies_from=SET), "handover": replace(late, category="handover")}):
        assert eligible_from(record, rules) == date(2026, 12, 30)


def test_the_cooling_off_is_counted_from_the_newest_day_that_is_known() -> None:
    """A clock that was set back does not end it early; without entries, the clock's day counts."""
    today = date(2026, 11, 30)
    assert first_day(today, None) == first_day(today, date(2021, 1, 1)) == today + COOLING_OFF
    assert first_day(date(2021, 1, 1), today) == today + COOLING_OFF


def test_a_rule_is_an_entry_and_reads_back_from_it() -> None:
    """Category, period, authority and the person, with no record."""
    rule = RetentionRule("handover", read_period("3 years"), "RC-075", "Dana Ruiz", SET)
    body = {
        "category": "handover",
        "period": "3 years",
        "authority": "RC-075",
        "by": "Dana Ruiz",
        "applies_from": "2020-01-01",
    }
    assert set_rule(rule) == Entry(EntryKind.RETENTION_SET, body, actor=Actor.COMMAND)
    assert rules_in_force([logged(EntryKind.RETENTION_SET, body)]) == {"handover": rule}


def test_a_period_of_a_newer_version_keeps_its_authority_and_its_person() -> None:
    """Only the period is not known; what is withheld reads as empty."""
    body = {
        "category": ALL,
        "period": "3 weeks",
        "authority": "RC-075",
        "by": "Dana Ruiz",
        "applies_from": "2020-01-01",
    }
    assert rules_in_force([logged(EntryKind.RETENTION_SET, body)]) == {
        ALL: RetentionRule(ALL, Period(), "RC-075", "Dana Ruiz", date.max)
    }
    assert rules_in_force([logged(EntryKind.RETENTION_SET, {})]) == {"": RetentionRule("", Period(), "", "", date.max)}


def test_the_newest_mark_of_a_category_counts_and_one_that_does_not_read_keeps_for_ever() -> None:
    """A newer version may know other times; this one lets nothing go by them."""
    found = rules_in_force(
        [
            logged(EntryKind.RETENTION_SET, {"category": ALL, "period": "9 years", "applies_from": "2020-01-01"}),
            logged(EntryKind.RETENTION_SET, {"category": ALL, "period": "3 years", "applies_from": "2020-01-01"}),
            logged(EntryKind.RETENTION_SET, {"category": "gone", "period": ["?"]}),
        ]
    )
    assert {name: str(rule.period) for name, rule in found.items()} == {ALL: "3 years", "gone": "permanent"}


def test_a_closed_record_has_its_outcome_and_its_newest_day() -> None:
    """In the order of closing; additions to records that are not closed are passed over."""
    closed = [
        logged(EntryKind.ENCOUNTER_CLOSED, {"outcome": "left"}, "b", day=date(2020, 3, 10), step="left"),
        logged(EntryKind.ENCOUNTER_CLOSED, {"ending": "void"}, "a", day=date(2020, 3, 9)),
        logged(EntryKind.ENCOUNTER_CLOSED, {}, None, day=date(2020, 3, 11)),
    ]
    added = [
        logged(EntryKind.CALL_MADE, {"result": "reached"}, "a", day=date(2021, 1, 1)),
        logged(EntryKind.CALL_MADE, {"result": "reached"}, "another", day=date(2021, 1, 2)),
    ]
    assert closed_records(closed, added) == [
        ClosedRecord("b", "left", date(2020, 3, 10), destroyed=False),
        ClosedRecord("a", "", date(2021, 1, 1), destroyed=False),
        ClosedRecord("", "", date(2020, 3, 11), destroyed=True),
    ]


def test_a_record_whose_values_only_the_district_can_read_is_not_destroyed() -> None:
    """Its details are still there."""
    shut = logged(EntryKind.ENCOUNTER_CLOSED, {}, encrypted=("reason",))
    assert [record.destroyed for record in closed_records([shut], ())] == [False]


def test_a_record_is_eligible_from_the_first_day_after_its_period() -> None:
    """Not a day sooner."""
    rule = logged(EntryKind.RETENTION_SET, {"category": ALL, "period": "3 years", "applies_from": "2020-01-01"})
    closed = logged(EntryKind.ENCOUNTER_CLOSED, {"outcome": "left"}, day=date(2023, 11, 24), step="left")
    entries = {EntryKind.RETENTION_SET: [rule], EntryKind.ENCOUNTER_CLOSED: [closed]}
    for today, found in ((date(2026, 11, 23), []), (date(2026, 11, 24), ["a"]), (date(2026, 11, 25), ["a"])):
        assert [one.encounter_id for one in eligible(lambda kind: entries.get(kind, []), today)] == found


def test_what_is_due_is_told_from_the_entries_alone() -> None:
    """Closed long ago; not added to since, not destroyed already, never one that is open."""
    mark = logged(EntryKind.RETENTION_SET, {"category": ALL, "period": "3 years", "applies_from": "2020-01-01"})
    long_ago = date(2020, 3, 10)
    closed = [
        logged(EntryKind.ENCOUNTER_CLOSED, {"outcome": "gone"}, name, day=long_ago, step="gone") for name in "abc"
    ]
    closed.append(logged(EntryKind.ENCOUNTER_CLOSED, {}, "let-go", day=long_ago, step="gone"))
    closed.append(logged(EntryKind.ENCOUNTER_CLOSED, {"outcome": "gone"}, "called-since", day=long_ago, step="gone"))
    amended = [
        logged(EntryKind.AMENDMENT_ADDED, {"addition": "x"}, "b"),
        logged(EntryKind.AMENDMENT_ADDED, {"addition": "x"}, "never-closed"),
    ]
    called = [
        logged(EntryKind.CALL_MADE, {"result": "reached"}, "a", day=long_ago),
        logged(EntryKind.CALL_MADE, {}, "called-since"),
    ]
    entries = {
        EntryKind.RETENTION_SET: [mark],
        EntryKind.ENCOUNTER_CLOSED: closed,
        EntryKind.AMENDMENT_ADDED: amended,
        EntryKind.CALL_MADE: called,
        EntryKind.DUTY_DONE: [logged(EntryKind.DUTY_DONE, {"duty": "papers"}, "done-since")],
    }
    closed.append(logged(EntryKind.ENCOUNTER_CLOSED, {"outcome": "gone"}, "done-since", day=long_ago, step="gone"))
    assert [record.encounter_id for record in eligible(lambda kind: entries.get(kind, []), TODAY)] == ["a", "c"]
    entries[EntryKind.RETENTION_SET] = []
    assert eligible(lambda kind: entries.get(kind, []), TODAY) == []
