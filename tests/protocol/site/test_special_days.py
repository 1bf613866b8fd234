"""Closed and short days override the hours of each contact, but nobody who is there always."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from kiosk.protocol.site.contacts import Contact, Contacts
from kiosk.protocol.site.special_days import CLOSED, SpecialDays

TURKEY, EVE = date(2026, 11, 26), date(2026, 11, 25)
DAYS = SpecialDays(frozenset({TURKEY}), {EVE: "08:00-12:00"})
DANA = Contact("Dana Sample", hours="Mon-Fri 07:30-15:30")


@pytest.mark.parametrize(
    ("now", "there"),
    [
        (datetime(2026, 11, 24, 13, tzinfo=UTC), True),
        (datetime(2026, 11, 25, 7, 45, tzinfo=UTC), False),
        (datetime(2026, 11, 25, 11, tzinfo=UTC), True),
        (datetime(2026, 11, 25, 12, tzinfo=UTC), False),
        (datetime(2026, 11, 26, 11, tzinfo=UTC), False),
    ],
)
def test_a_person_is_there_only_while_the_schools_are_open(now: datetime, there: bool) -> None:
    """On a day like any other, the person's own hours count."""
    assert DANA.available_at(now, DAYS) is there
    assert Contact("On call", hours="always").available_at(now, DAYS) is True
    assert Contact("An office").available_at(now, DAYS) is None


def test_a_day_is_closed_short_or_like_any_other() -> None:
    """One value at a time."""
    assert [DAYS.on(day) for day in (TURKEY, EVE, date(2026, 11, 24))] == [CLOSED, "08:00-12:00", ""]
    assert DAYS.changed(EVE, CLOSED) == SpecialDays(frozenset({TURKEY, EVE}))
    assert DAYS.changed(TURKEY, "09:00-11:00").short == {EVE: "08:00-12:00", TURKEY: "09:00-11:00"}
    assert DAYS.changed(TURKEY, "").changed(EVE, "") == SpecialDays()


@pytest.mark.parametrize(
    ("contact", "days"),
    [
        (DANA, [True, True, False, True, False]),
        (Contact("Late", hours="Mon-Fri 12:30-16:00"), [True, False, False, True, False]),
        (Contact("On call", hours="always", away="2026-11-27"), [True, True, True, False, True]),
        (Contact("Nights", hours="Fri 22:00-06:00"), [False, False, False, True, True]),
    ],
)
def test_the_days_on_which_a_person_is_there(contact: Contact, days: list[bool]) -> None:
    """At some time of the day, from Tuesday to Saturday."""
    assert [contact.is_there_on(date(2026, 11, day), DAYS) for day in range(24, 29)] == days


def test_who_is_away_comes_last_until_the_last_day() -> None:
    """Of the same people, in the same number, so that each call still names one of them."""
    away = Contact("Dana Sample", away="2026-11-24 to 2026-11-25")
    contacts = Contacts("Lincoln", {"office": (away, Contact("Sam Sample"), Contact("Lee Sample"))}, special=DAYS)
    names = [one.name for one in contacts.on(EVE).roles["office"]]
    assert names == ["Sam Sample", "Lee Sample", "Dana Sample"]
    assert contacts.on(TURKEY) == contacts
    assert contacts.available(away, datetime(2026, 11, 25, 9, tzinfo=UTC)) is False
