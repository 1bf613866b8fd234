"""A step in words: in the desk's language, with what was answered before; people, times and facts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.desk.running import Running
from kiosk.i18n.strings import text
from kiosk.presentation import step_view
from kiosk.presentation.services import Services
from kiosk.protocol.replies import Attempt, CallResult, Chosen, Missing, Recorded
from kiosk.system.clock import FixedClock
from tests.builders import DA, SAYS_AGENCY, SEALED, SO, a_desk, a_station, place
from tests.fakes import MemoryLog
from tests.screens.acting import a_stand

STATION = a_station()


def at_call(log: MemoryLog | None = None) -> Running:
    """A record that stands at the call."""
    desk = a_desk(log or MemoryLog())
    running = desk.answer(desk.open(), place("danger"), Chosen("no"))
    return desk.answer(running, place("who"), Chosen("federal"))


def after_facts(facts: Recorded = SAYS_AGENCY) -> Running:
    """A record after its facts, for which the second administrator was reached."""
    log = MemoryLog()
    running, desk = at_call(log), a_desk(log)
    running = desk.attempt(running, place("call-now"), Attempt(DA, 0, CallResult.NO_ANSWER))
    running = desk.attempt(running, place("call-now"), Attempt(DA, 1, CallResult.REACHED))
    return desk.answer(running, place("identify"), facts)


def without_badge(reason: str) -> Recorded:
    """The facts, with another reason why there is no badge number."""
    return Recorded.of({**dict(SAYS_AGENCY.values), "badge": Missing(reason)})


@pytest.fixture
def services() -> Services:
    """What the screens have from outside."""
    return a_stand().services


def test_a_step_has_its_words_and_an_outcome_has_none() -> None:
    """With the slots filled."""
    running = at_call()
    view = step_view.view_of(STATION, running, running.walk.at)
    assert view is not None
    assert (view.heading, view.do) == ("Call now", "Call, in this order.")
    assert "at the entrance" in view.say.words
    assert (view.earlier, view.answered, view.say_meant) == (None, "", "")
    assert step_view.view_of(STATION, running, place("left")) is None
    assert step_view.where(STATION, running) == "Call now"


def test_looking_back_shows_the_earlier_answer() -> None:
    """The one that was chosen, with its label."""
    view = step_view.view_of(STATION, at_call(), place("danger"))
    assert view is not None
    assert view.earlier == Chosen("no")
    assert view.answered == text("step.answered", "en", answer="No")


def test_a_fact_is_shown_as_people_read_it() -> None:
    """Why it is missing, the label of a choice, or the typed words."""
    assert step_view.value_in_words(STATION, SEALED, Missing("not-seen")) == text("missing.not-seen", "en")
    assert step_view.value_in_words(STATION, SEALED, "no") == "No"
    assert step_view.value_in_words(STATION, SEALED, "unknown") == "unknown"


def test_a_person_has_the_last_call_and_the_next_is_due(services: Services) -> None:
    """A call that reached somebody ends the calling."""
    first = step_view.people(services, at_call())
    assert [(one.line.role, one.line.person, one.due, one.result) for one in first if one.due] == [(DA, 0, True, None)]
    assert step_view.call_now(services, at_call()) == (first[0].line.name, first[0].line.phone)
    later = step_view.people(services, after_facts())
    results = {(one.line.role, one.line.person): one.result for one in later}
    assert results == {(DA, 0): CallResult.NO_ANSWER, (DA, 1): CallResult.REACHED, (SO, 0): None}
    assert not any(one.due for one in later)


@pytest.mark.parametrize(("seconds", "start"), [(0, "today"), (-86_400, "day"), (-6 * 86_400, "day")])
def test_a_time_within_a_week_has_no_date(services: Services, seconds: float, start: str) -> None:
    """Today the time alone, else the day."""
    clock = FixedClock()
    clock.advance(seconds)
    at = clock.now()
    words = step_view.when(services, at)
    assert f"{at.local(services.zone):%Y-%m-%d}" not in words
    day = text(f"day.{at.local(services.zone).weekday()}", "en")
    assert (day in words) is (start == "day")


def test_a_time_a_week_ago_or_in_the_future_has_its_date(services: Services) -> None:
    """The day of the week would mean another day."""
    for days, date in ((-7, "2026-09-07"), (1, "2026-09-15")):
        clock = FixedClock()
        clock.advance(days * 86_400)
        assert date in step_view.when(services, clock.now())


def test_a_list_has_the_date_of_each_day_but_today(services: Services) -> None:
    """Today has the time."""
    assert step_view.day(services, FixedClock().now()) == step_view.when(services, FixedClock().now())
    yesterday = FixedClock()
    yesterday.advance(-86_400)
    assert step_view.day(services, yesterday.now()) == "2026-09-13"


def test_what_is_left_to_do_and_what_was_written(services: Services) -> None:
    """A fact for later is open and is not among those that were written."""
    running = after_facts(without_badge("deferred"))
    assert step_view.open_facts(STATION, running) == ("Badge number",)
    assert [label for label, _ in step_view.written(STATION, running)] == ["Agency, as they say it", "How many"]
    assert step_view.open_facts(STATION, after_facts()) == ()
    assert step_view.place_of_fact(running, "badge") == place("identify")
    assert step_view.place_of_fact(running, "none") is None


def test_only_typed_words_can_name_a_child() -> None:
    """A note or a typed fact; a number or a reason can't."""
    assert not step_view.has_typed_words(at_call())
    assert step_view.has_typed_words(replace(at_call(), notes=("Two cars",)))
    assert step_view.has_typed_words(after_facts())


def test_in_trouble_there_is_a_number_to_call(services: Services) -> None:
    """The superintendent's office, else the first contact, else nobody."""
    contacts = services.station.contacts

    def number(roles: tuple[str, ...]) -> tuple[str, str]:
        some = replace(contacts, roles={role: contacts.roles[role] for role in roles})
        return step_view.number_to_call(replace(services, station=replace(services.station, contacts=some)))

    assert number((DA, SO))[0] == "Superintendent's Office"
    assert number((DA,))[0] == "Dana Ruiz"
    assert number(()) == ("", "")
