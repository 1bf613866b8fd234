"""Who is called now and in the next days, in words: what a person looks at before and after a change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final

from kiosk.app.acts.contacts.home_contacts import HomeContacts
from kiosk.i18n.strings import text
from kiosk.protocol.site.away import last_day
from kiosk.protocol.site.people import Contact, Contacts, after_hours
from kiosk.protocol.site.special_days import SpecialDays
from kiosk.protocol.site.times import hours_in

DAYS: Final = 7
"""The number of days that are shown."""


def outlook(
    home: HomeContacts,
    contacts: Contacts,
    roles: Iterable[str],
    now: datetime,
    language: str,
    first: date | None = None,
) -> Iterator[str]:
    """Yield who is called in each of these roles at local time `now`, and on each day from `first` on.

    first: the first day; None for tomorrow.
    """
    for role in roles:
        yield text("contacts.role", language, role=home.title(role, language))
        yield from role_outlook(contacts, role, now, language, first)
    if after_hours(home.protocol, contacts, now):
        first_called = [one.name for role in home.protocol.after_hours for one in contacts.roles.get(role, ())]
        yield text("contacts.after-hours", language, names=", ".join(first_called))


def role_outlook(
    contacts: Contacts, role: str, now: datetime, language: str, first: date | None = None
) -> Iterator[str]:
    """Yield who is called in a role now, and on each day from `first` on."""
    if not contacts.roles.get(role):
        yield text("contacts.nobody", language)
        return
    ordered = contacts.on(now.date()).roles[role]
    yield text("contacts.now", language, names=", ".join(_named_now(contacts, one, now, language) for one in ordered))
    start = first or now.date() + timedelta(days=1)
    days = (start + timedelta(days=n) for n in range(DAYS))
    for words, same in groupby(days, key=lambda day: _there(contacts, role, day, language)):
        several = [*same]
        yield text("contacts.day", language, days=_span(several, language), names=words)


def person(contact: Contact, language: str, today: date) -> str:
    """Return a person as a choice shows them: name, number, hours, absence."""
    until = last_day(contact.away, today)
    parts = (
        contact.name,
        contact.shown_phone(language),
        hours_in(contact.hours, language),
        "" if until is None else text("contacts.away-until", language, day=until),
    )
    return " · ".join(filter(None, parts))


def _named_now(contacts: Contacts, contact: Contact, now: datetime, language: str) -> str:
    if (until := last_day(contact.away, now.date())) is not None:
        return f"{contact.name} ({text('contacts.away-until', language, day=until)})"
    return (
        f"{contact.name} ({text('call.closed', language)})"
        if contacts.available(contact, now) is False
        else contact.name
    )


def _there(contacts: Contacts, role: str, day: date, language: str) -> str:
    people = contacts.on(day).roles[role]
    names = [one.name for one in people if one.is_there_on(day, contacts.special)]
    return ", ".join(names) or text("contacts.nobody-there", language, name=people[0].name)


def _span(days: list[date], language: str) -> str:
    names = [f"{text(f'day.short.{day.weekday()}', language)} {day}" for day in days]
    return names[0] if len(names) == 1 else text("contacts.days", language, first=names[0], last=names[-1])


def on_day(home: HomeContacts, special: SpecialDays, day: date, language: str) -> Iterator[str]:
    """Yield who can be called on a day, for each role of the protocol."""
    contacts = replace(home.contacts, special=special)
    for role, people in contacts.roles.items():
        names = _there(contacts, role, day, language) if people else text("contacts.nobody", language)
        yield text("contacts.in-role", language, role=home.title(role, language), names=names)
