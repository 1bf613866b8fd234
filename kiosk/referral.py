"""Whom the agent is referred to, and whom the desk calls: names, numbers, hours, the card and its QR code."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from kiosk.engine.contacts import Contact, Contacts, dialable
from kiosk.engine.model import Protocol, Text

QUIET_ZONE = 2
"""Light modules around the code; readers fail at none, and two fit 80×24."""


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the contact panel. `available` is None when no hours are known."""

    role: str
    person: int
    name: str
    role_title: str
    phone: str
    hours: str
    available: bool | None


@dataclass(frozen=True, slots=True)
class Card:
    """What the agent is shown, and nothing else. `link` is what the QR code says."""

    school: str
    name: str
    phone: str
    address: str
    hours: str
    link: str


def panel(
    contacts: Contacts,
    protocol: Protocol,
    chain: Iterable[tuple[str, int]],
    now: datetime,
    title: Callable[[Text], str] = Text.say,
) -> tuple[Line, ...]:
    """The people of a call chain, in order; `now` is local time, `title` says what a role's title is to be read as."""
    return tuple(
        line(contact, role, person, title(protocol.roles[role].title), now)
        for role, person in chain
        if (contact := contact_of(contacts, role, person)) is not None
    )


def contact_of(contacts: Contacts, role: str, person: int = 0) -> Contact | None:
    """The n-th contact of a role (0 is called first), if there is one."""
    people = contacts.roles.get(role, ())
    return people[person] if person < len(people) else None


def card(contacts: Contacts, school: str, role: str) -> Card | None:
    """The referral card for a role; None when nobody fills it."""
    contact = contact_of(contacts, role)
    if contact is None:
        return None
    link = contact.url or dialable(contact.phone, contact.extension)
    return Card(school, contact.name, contact.display_phone, contact.address, contact.hours, link)


def matrix(data: str, *, small: bool = False) -> tuple[tuple[bool, ...], ...]:
    """The QR code of `data`: rows of dark (True) and light modules, quiet zone included.

    small: with the least repair of damage (level L), where room is short and nothing will be damaged.
    """
    import qrcode  # noqa: PLC0415 - 11 ms, after first paint
    from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_M  # noqa: PLC0415 - likewise

    level = ERROR_CORRECT_L if small else ERROR_CORRECT_M
    code = qrcode.QRCode(border=QUIET_ZONE, error_correction=level)
    code.add_data(data)
    code.make(fit=True)
    return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())


def line(contact: Contact, role: str, person: int, role_title: str, now: datetime) -> Line:
    """The `person`-th contact of a role as a line; `now` is local time."""
    return Line(role, person, contact.name, role_title, contact.display_phone, contact.hours, contact.available_at(now))
