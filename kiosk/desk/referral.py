"""Whom the agent is referred to, and whom the desk calls: names, numbers, hours, the card and its QR code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from typing import TYPE_CHECKING, Any, Final

from kiosk.errors import UsageError
from kiosk.protocol.model import Protocol, Text
from kiosk.protocol.site.contacts import Contact, Contacts, dialable
from kiosk.protocol.site.times import hours_in

if TYPE_CHECKING:
    from qrcode.main import QRCode

QUIET_ZONE: Final = 2
"""Light modules around the code; readers fail at none, and two fit 80×24."""

_SPECIAL: Final = re.compile(r"[\\;:]")
_ESCAPED: Final = r"\\\g<0>"
"""What parts the fields of a MECARD, and how it stands within one. A comma parts only the two halves of a name."""

LEAST_SIDE: Final = 41
"""Modules that a code may be wide and high, border included, on the card in a window of 80×24."""

Modules = tuple[tuple[bool, ...], ...]
"""A code: rows of dark (True) and light modules, quiet zone included."""


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
    """What the agent is shown, and nothing else. `codes` is what the QR code may say, the fullest first."""

    school: str
    name: str
    phone: str
    address: str
    hours: str
    codes: tuple[str, ...]


def panel(
    contacts: Contacts,
    protocol: Protocol,
    chain: Iterable[tuple[str, int]],
    now: datetime,
    language: str = "en",
    title: Callable[[Text], str] = Text.say,
) -> tuple[Line, ...]:
    """The people of a call chain, in order, for whoever reads `language`.

    now: local time; title: says what a role's title is to be read as.
    """
    return tuple(
        line(contact, role, person, protocol.roles[role].title, now, language, title)
        for role, person in chain
        if (contact := contact_of(contacts, role, person)) is not None
    )


def contact_of(contacts: Contacts, role: str, person: int = 0) -> Contact | None:
    """The n-th contact of a role (0 is called first), if there is one."""
    people = contacts.roles.get(role, ())
    return people[person] if person < len(people) else None


def card(contacts: Contacts, school: str, role: str, language: str = "en") -> Card | None:
    """The referral card for a role, for a visitor who reads `language`; None when nobody fills it.

    Raises UsageError when they can't be reached by any phone.
    """
    contact = contact_of(contacts, role)
    if contact is None:
        return None
    hours = hours_in(contact.hours, language)
    codes = _codes(contact, school, hours, contact.shown_extension(language))
    return Card(school, contact.name, contact.shown_phone(language), contact.address, hours, codes)


def _codes(contact: Contact, school: str, hours: str, extension: str) -> tuple[str, ...]:
    """A contact to keep, with as much about it as there may be room for; at last the number alone.

    A MECARD, because 80×24 has no room for the code of a vCard with the same words. School and extension stand in its
    note: the format's first readers knew that field, and none for an organisation; and phones dial an extension as
    more digits of the number.
    """
    try:
        number = _number(contact)
    except UsageError:
        if not contact.url:
            raise
        return (contact.url,)
    note = ", ".join(filter(None, (school, extension)))
    least = {"N": contact.name.replace(",", " "), "TEL": number, "NOTE": note}
    noted = {"NOTE": ", ".join(filter(None, (note, hours)))}
    web = {"URL": contact.url if contact.url.startswith("https://") else ""}
    address = {"ADR": contact.address}
    more: Sequence[dict[str, str]] = (noted | web | address, noted | web, web, noted, address, {})
    return (*dict.fromkeys(_mecard(least | fields) for fields in more), f"tel:{number}")


def _number(contact: Contact) -> str:
    """What is dialled: the number, unless the contact's `tel:` address names another."""
    if contact.url.startswith("tel:"):
        return contact.url.removeprefix("tel:").partition(";")[0]
    return dialable(contact.phone)


def _mecard(fields: Mapping[str, str]) -> str:
    told = (f"{tag}:{_SPECIAL.sub(_ESCAPED, words)};" for tag, words in fields.items() if words)
    return f"MECARD:{''.join(told)};"


def matrix(data: str, *, small: bool = False) -> Modules:
    """The QR code of `data`.

    small: with the least repair of damage (level L), where room is short and nothing will be damaged.
    """
    code = _code(data, small=small)
    code.make(fit=True)
    return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())


def fitting(codes: Sequence[str], side: int) -> Modules | None:
    """The QR code of the first of `codes` that is no wider and higher than `side` modules; None when none is.

    It has more repair of damage (level M) where that fits too.
    """
    from qrcode.exceptions import DataOverflowError  # noqa: PLC0415 - after first paint

    for data, small in product(codes, (False, True)):
        with suppress(DataOverflowError, ValueError):  # words without end; qrcode 8.2 has both errors for them
            version = _code(data, small=small).best_fit()
            if 17 + 4 * version + 2 * QUIET_ZONE <= side:  # ISO/IEC 18004: 21 modules, and 4 more for each version
                return matrix(data, small=small)
    return None


def _code(data: str, *, small: bool) -> QRCode[Any]:
    import qrcode  # noqa: PLC0415 - 11 ms, after first paint
    from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_M  # noqa: PLC0415 - likewise

    code = qrcode.QRCode(border=QUIET_ZONE, error_correction=ERROR_CORRECT_L if small else ERROR_CORRECT_M)
    code.add_data(data)
    return code


def line(
    contact: Contact,
    role: str,
    person: int,
    title: Text,
    now: datetime,
    language: str = "en",
    say: Callable[[Text], str] = Text.say,
) -> Line:
    """The `person`-th contact of a role as a line, for whoever reads `language`; `now` is local time.

    title: the role's; say: says what it is to be read as. A contact that is called as its role is called (an office) is
    called so in that language, too.
    """
    role_title = say(title)
    name = role_title if contact.name in dict(title.words).values() else contact.name
    phone, hours = contact.shown_phone(language), hours_in(contact.hours, language)
    return Line(role, person, name, role_title, phone, hours, contact.available_at(now))
