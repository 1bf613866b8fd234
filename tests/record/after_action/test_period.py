"""Many records added up: each number compared with one computed by hand, or by counting a list."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, timedelta, timezone
from statistics import median
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.record.after_action.period import (
    MOST_AGENCIES,
    MOST_NAMED,
    NOT_CLOSED,
    NOT_RECORDED,
    OTHERS,
    Age,
    Agency,
    Difference,
    Dot,
    Duties,
    Id,
    Named,
    Period,
    age_of,
    median_minutes,
)
from kiosk.record.after_action.versions import Versions
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.endings import Ending, closing_body
from kiosk.record.entry_kinds import EntryKind
from tests.record.after_action.told import (
    answered,
    called,
    closed,
    did,
    entry,
    facts,
    instant,
    owes,
    protocol,
    record,
    usual,
)

DAY = 86_400


def added(*records: EncounterRecord, now: float = 40 * DAY, **given: Any) -> Period:
    """The period of these records of the small pack."""
    period = Period(instant(now), UTC, **given)
    for one in records:
        period.add(one, protocol())
    return period


def small(name: str) -> Id:
    """A part of the small pack."""
    return Id("small", name)


def test_records_are_counted_by_month_channel_outcome_and_agency() -> None:
    """In the month of their opening; an id has the newest label of its pack."""
    period = added(
        usual(),
        usual(start=10 * DAY, no="2026-0002"),
        record(answered(3, "channel", chosen="phone"), facts(9, agency_as_stated=("refused",)), closed(12, "gone")),
        record(answered(3, "channel", chosen="phone")),
    )
    assert period.by_month == {
        ("2026-09", small("door")): 1,
        ("2026-10", small("door")): 1,
        ("2026-09", small("phone")): 2,
    }
    assert period.by_outcome == {small("handover"): 2, small("gone"): 1, Id("", NOT_CLOSED): 1}
    assert (period.by_agency, period.agency_missing) == (
        {Agency("An agency", typed=True): 2},
        {"refused": 1, NOT_RECORDED: 1},
    )
    assert (period.label("channel", small("door")), period.label("outcomes", small("gone"))) == ("Door", "They left")
    assert (period.records, period.open, period.first, period.last) == (4, 1, date(2026, 9, 21), date(2026, 10, 1))


def test_the_month_is_that_of_the_zone() -> None:
    """An encounter late on the last of the month, by local time."""
    zone = timezone(timedelta(hours=-14))
    period = Period(instant(0), zone)
    period.add(usual(start=9.5 * DAY), protocol())  # 1 October in UTC
    assert [month for month, _ in period.by_month] == ["2026-09"]


def test_minutes_are_of_those_reached_and_the_others_are_never() -> None:
    """One that wanted no call, an open one and a destroyed one are neither."""
    destroyed = (99.0, EntryKind.RECORD_DESTROYED, None, {"reference": "R"})
    period = added(
        usual(60),
        usual(180, no="2026-0002"),
        record(answered(1, "channel", chosen="door"), called(9, "no-answer"), closed(12), no="2026-0003"),
        record(answered(1, "channel", chosen="phone"), closed(12, "gone"), no="2026-0004"),
        record(answered(1, "channel", chosen="door"), called(9, "no-answer"), no="2026-0005"),
        record(answered(1, "channel", chosen="door"), closed(12), destroyed, no="2026-0006"),
    )
    school = period.schools["Lincoln"]
    assert (school.dots, school.never, school.records) == ([(1.0, "2026-0001"), (3.0, "2026-0002")], ["2026-0003"], 6)
    assert (period.no_call, period.unknown) == (1, 1)
    assert (period.office_told, period.office_not_told) == (2, 1)
    assert median_minutes(school.dots) == 2.0


def test_calls_are_counted_by_role_and_hour_and_one_not_made_is_none() -> None:
    """14:13 UTC is in hour 14."""
    tried = record(answered(1, "channel", chosen="door"), called(9, "no-answer"), called(20, "no-answer", "nobody"))
    period = added(tried, usual(3_000))
    (role,) = period.by_role.values()
    assert (role.tried, role.reached) == (2, 1)
    assert {hour: (calls.tried, calls.reached) for hour, calls in period.by_hour.items()} == {14: (1, 0), 15: (1, 1)}
    assert period.label("roles", small("office")) == "The office"


def test_steps_where_time_is_spent_and_facts_that_are_missing() -> None:
    """By step and by fact; a step without a title has its question or its id."""
    partial = (20.0, EntryKind.STEP_PARTIAL, "identify", {"visit": 1, "recorded": True, "field.badge": "1"})
    period = added(
        usual(60),
        record(answered(40, "channel", chosen="phone"), partial, facts(50, agency_as_stated="A", badge=("deferred",))),
    )
    channel, identify = period.steps[small("channel")], period.steps[small("identify")]
    assert (channel.spread.median, channel.spread.worst) == (25, 40)
    assert (identify.partial, identify.spread.count) == (1, 1)  # 20 comes before 40: that time is unknown
    assert period.facts[small("badge")] == {"refused": 1, "deferred": 1}
    assert period.facts[small("agency-as-stated")] == {"": 2}
    assert period.label("steps", small("channel")) == "How did they come?"
    assert period.label("steps", small("identify")) == "identify"


def test_amendments_say_when_who_and_which_record() -> None:
    """A fact by its id, and which of the facts put off were filled in."""
    target = {"entry": 2, "event_id": "e2"}
    body = {"target": target, "was.field.badge": {"missing": "deferred"}, "field.badge": "12", "by": "A. Example"}
    period = added(
        record(
            answered(1, "channel", chosen="phone"),
            facts(5, agency_as_stated="A", badge=("deferred",)),
            closed(9, "handover"),
            (50, EntryKind.AMENDMENT_ADDED, None, body),
        )
    )
    (made,) = period.amended.first
    assert (made.by, made.no, made.fact, made.at) == ("A. Example", "2026-0001", small("badge"), instant(50))
    assert period.filled_later == {small("badge"): 1}
    assert set(period.differs) == {Difference.PUT_OFF, Difference.LATE}


def test_a_record_with_another_version_than_the_one_in_force_is_named() -> None:
    """Not in practice, where drafts run."""
    body = {"id": "small", "version": "2026.2", "content_hash": "6f", "effective": "2026-01-01"}
    versions = Versions([entry(0, (-DAY, EntryKind.PACK_ACTIVATED, None, body))])
    now = {"id": "small", "version": "2026.2", "content_hash": "6f"}
    period = added(usual(), usual(no="2026-0002", protocol=now), usual(no="P-1", mode="practice"), versions=versions)
    assert [one.no for one in period.other_version.first] == ["2026-0001"]
    assert [one.in_force.version for one in period.other_version.first] == ["2026.2"]
    assert {used.version: count for used, count in period.used.items()} == {"2026.1": 2, "2026.2": 1}


def test_open_tasks_have_the_age_of_their_record() -> None:
    """Calls to make and facts to fill in, each counted."""

    def late(closed_day: float, no: str) -> EncounterRecord:
        at = closed_day * DAY
        return record(
            answered(at + 1, "channel", chosen="door"),
            facts(at + 2, agency_as_stated=("deferred",), badge=("deferred",)),
            closed(at + 3, "handover", "office"),
            no=no,
            start=at,
        )  # fmt: skip

    period = added(late(0, "1"), late(38.5, "2"), late(39.5, "3"), now=40 * DAY)
    assert period.by_age == {Age.MORE: 3, Age.WEEK: 3, Age.DAY: 3}
    assert (period.tasks[0], period.with_tasks) == (("1", Age.MORE, 1, 2), 3)


def test_duties_are_counted_by_what_became_of_them_and_by_the_age_of_their_record() -> None:
    """Done in time or late, excepted, open, overdue; of an open record none is owed yet."""
    excepted = (5 * DAY, EntryKind.DUTY_EXCEPTED, None, {"duty": "photos", "reason": "None was taken", "by": "A"})
    told = [owes(1, papers=DAY, family=DAY, photos=DAY, debrief=2 * DAY, camera=60 * DAY), did(60, "papers")]
    old = record(closed(0, "handover"), *told, did(3 * DAY, "family"), excepted)
    new = record(closed(39.5 * DAY, "handover"), owes(39.5 * DAY, papers=50 * DAY), no="2", start=39 * DAY)
    unfinished = record(owes(1, papers=DAY), no="3")
    period = added(old, new, unfinished, now=40 * DAY)
    assert period.duties[small("papers")] == Duties(owed=2, done=1, open=1)
    assert period.duties[small("family")] == Duties(owed=1, done=1, late=1)
    assert period.duties[small("photos")] == Duties(owed=1, excepted=1)
    assert period.duties[small("debrief")] == Duties(owed=1, open=1, overdue=1)
    assert period.duties_by_age == {
        Age.MORE: Duties(owed=5, done=2, late=1, excepted=1, open=2, overdue=1),
        Age.DAY: Duties(owed=1, open=1),
    }


@pytest.mark.parametrize(
    ("days", "age"), [(0.9, Age.DAY), (1, Age.WEEK), (7.9, Age.WEEK), (8, Age.MONTH), (31, Age.MORE), (-1, Age.DAY)]
)
def test_an_age_is_in_whole_days(days: float, age: Age) -> None:
    """A closing in the future has none."""
    assert age_of(instant(0), instant(days * DAY)) is age


def test_a_void_record_is_only_counted() -> None:
    """It should never have been started."""
    void = (40.0, EntryKind.ENCOUNTER_CLOSED, None, closing_body(Ending.VOID, "by-mistake"))
    period = added(record(answered(1, "channel", chosen="door"), void))
    assert (period.records, period.void, period.by_month, period.steps) == (0, 1, {}, {})


def test_lists_and_different_agencies_have_a_bound() -> None:
    """Beyond it, only their number is known."""
    named = Named[int]()
    for n in range(MOST_NAMED + 3):
        named.add(n)
    assert (len(named.first), named.count, named.more) == (MOST_NAMED, MOST_NAMED + 3, 3)
    period, of = Period(instant(0), UTC), protocol()
    for n in range(MOST_AGENCIES + 5):
        period.add(record(facts(5, agency_as_stated=f"Agency {n}")), of)
    period.add(record(facts(5, agency_as_stated="Agency 0")), of)
    first, others = Agency("Agency 0", typed=True), Agency(OTHERS, typed=True)
    assert (len(period.by_agency), period.by_agency[others], period.by_agency[first]) == (MOST_AGENCIES + 1, 5, 2)


def test_a_record_whose_protocol_is_not_in_the_log_is_counted_by_ids() -> None:
    """Its times are known, and nothing is compared."""
    period = Period(instant(0), UTC)
    period.add(usual(), None)
    assert (period.label("outcomes", small("handover")), period.compared, period.records) == ("handover", 0, 1)


@given(st.lists(st.tuples(st.floats(0, 1e5), st.text()), max_size=30))
def test_the_median_is_that_of_the_minutes(found: list[tuple[float, str]]) -> None:
    """As the standard library computes it."""
    dots = [Dot(*one) for one in found]
    assert median_minutes(dots) == (median(minutes for minutes, _ in found) if found else None)


visits = st.tuples(
    st.integers(0, 90),
    st.sampled_from(["door", "phone", None]),
    st.sampled_from(["reached", "no-answer", None]),
    st.booleans(),
)


@given(st.lists(visits, max_size=20))
def test_every_encounter_is_in_one_place_of_each_division(
    found: list[tuple[int, str | None, str | None, bool]],
) -> None:
    """Whatever happened, the parts add up to the number of records."""
    period, of = Period(instant(0), UTC), protocol()
    for day, channel, result, done in found:
        start = day * DAY
        period.add(
            record(
                *([answered(start + 1, "channel", chosen=channel)] if channel else []),
                *([called(start + 30, result)] if result else []),
                *([closed(start + 90)] if done else []),
                start=start,
            ),
            of,
        )
    count = len(found)
    schools = period.schools.values()
    waiting = sum(not done and result != "reached" for _, _, result, done in found)
    assert period.records == count
    assert sum(period.by_month.values()) == sum(period.by_outcome.values()) == count
    assert sum(period.by_agency.values()) + sum(period.agency_missing.values()) == count
    assert sum(len(s.dots) + len(s.never) for s in schools) + period.no_call + period.unknown + waiting == count
    months = Counter(month for (month, _), n in period.by_month.items() for _ in range(n))
    assert months == Counter(f"{instant(day * DAY).local(UTC):%Y-%m}" for day, *_ in found)
