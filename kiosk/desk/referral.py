"""Contacts for referral and calls: names, numbers, hours, the referral card and its QR code."""

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
"""Light modules around the code. Scanners fail with none; two fit 80×24."""

_SPECIAL: Final = re.compile(r"[\\;:]")
_ESCAPED: Final = r"\\\g<0>"
"""How MECARD escapes its field separators. A comma separates only the parts of a name."""

LEAST_SIDE: Final = 41
"""Width and height for a code on the card at 80×24, in modules, with its border."""

Modules = tuple[tuple[bool, ...], ...]
"""A QR code: rows of dark (True) and light modules, with the quiet zone."""


@dataclass(frozen=True, slots=True)
class Line:
    """One person on the contact panel. `available` is None when the hours are unknown."""

    role: str
    person: int
    name: str
    role_title: str
    phone: str
    hours: str
    available: bool | None


@dataclass(frozen=True, slots=True)
class Card:
    """The contact that the official is shown. `codes`: possible contents of the QR code, the longest first."""

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
    """Return the people of a call list, in order, in `language`.

    now: local time; title: returns the text of a role's title.
    """
    return tuple(
        line(contact, role, person, protocol.roles[role].title, contacts.available(contact, now), language, title)
        for role, person in chain
        if (contact := contact_of(contacts, role, person)) is not None
    )


def contact_of(contacts: Contacts, role: str, person: int = 0) -> Contact | None:
    """Return the n-th contact of a role (0 is called first), or None."""
    people = contacts.roles.get(role, ())
    return people[person] if person < len(people) else None


def card(contacts: Contacts, school: str, role: str, language: str = "en") -> Card | None:
    """Return the referral card for a role, for a visitor who reads `language`; None when the role has no contact.

    Raises UsageError when the contact has no phone number that can be dialed.
    """
    contact = contact_of(contacts, role)
    if contact is None:
        return None
    hours = hours_in(contact.hours, language)
    codes = _codes(contact, school, hours, contact.shown_extension(language))
    return Card(contact.name, contact.shown_phone(language), contact.address, hours, codes)


def _codes(contact: Contact, school: str, hours: str, extension: str) -> tuple[str, ...]:
    """Return QR code contents from the most detailed contact down to the phone number alone.

    The format is MECARD, because a vCard with the same text does not fit 80×24. The note holds school and extension:
    the first MECARD readers knew no field for an organization, and phones would dial an extension as part of the
    number.
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
    """Return the number to dial: the phone number, unless the contact's `tel:` address names another."""
    if contact.url.startswith("tel:"):
        return contact.url.removeprefix("tel:").partition(";")[0]
    return dialable(contact.phone)


def _mecard(fields: Mapping[str, str]) -> str:
    encoded = (f"{tag}:{_SPECIAL.sub(_ESCAPED, words)};" for tag, words in fields.items() if words)
    return f"MECARD:{''.join(encoded)};"


def matrix(data: str, *, small: bool = False) -> Modules:
    """Return the QR code of `data`.

    small: use error correction level L, the smallest.
    """
    code = _code(data, small=small)
    code.make(fit=True)
    return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())


def fitting(codes: Sequence[str], side: int) -> Modules | None:
    """Return the QR code of the first of `codes` that fits in `side` modules; None when none fits.

    Error correction level M is preferred to L where it fits.
    """
    from qrcode.exceptions import DataOverflowError  # noqa: PLC0415 - after first paint

    for data, small in product(codes, (False, True)):
        with suppress(DataOverflowError, ValueError):  # too long; qrcode 8.2 raises either error
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
    available: bool | None,
    language: str = "en",
    say: Callable[[Text], str] = Text.say,
) -> Line:
    """Return the `person`-th contact of a role as a panel line in `language`.

    title: the role's title; say: returns its text. A contact named like its role (an office) gets the translated title
    as its name. available: whether the person is there now; None if that is unknown.
    """
    role_title = say(title)
    name = role_title if contact.name in dict(title.words).values() else contact.name
    phone, hours = contact.shown_phone(language), hours_in(contact.hours, language)
    return Line(role, person, name, role_title, phone, hours, available)
