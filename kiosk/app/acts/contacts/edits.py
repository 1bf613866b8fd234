"""Changes to the people who fill the roles of a school, as values. Names are compared without case and accents."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from kiosk.errors import Refused, UsageError
from kiosk.privacy.folding import folded
from kiosk.privacy.meanings import Meaning
from kiosk.protocol.model import Protocol
from kiosk.protocol.site.away import Span, parse_away, written
from kiosk.protocol.site.hours import parse_hours
from kiosk.protocol.site.people import Contact, Contacts
from kiosk.protocol.site.phone import dialable, is_extension
from kiosk.protocol.validation.renames import current_id

FIELDS: Final = ("name", "title", "phone", "extension", "hours", "address", "url")
"""What can be changed of a person, by the keys of the file."""

_COPIED_DASH: Final = re.compile("[\u2010-\u2015\u2212]")
_COPIED_SPACE: Final = re.compile("[\u00a0\u2007\u202f]")
_BEFORE_EXTENSION: Final = re.compile(r"(?:extension|ext\.?|x|#)\s*", re.IGNORECASE)
_WITH_EXTENSION: Final = re.compile(r"(.*?\d)\s*(?:extension|ext\.?|x|#|;ext=)\s*(\d+)", re.IGNORECASE)

MEANINGS: Final[Mapping[str, Meaning]] = {
    "name": Meaning.NAME,
    "title": Meaning.TITLE,
    "phone": Meaning.PHONE,
    "extension": Meaning.PHONE,
    "address": Meaning.STREET,
}
"""The one meaning that such a typed value can have."""


def typed_form(key: str, typed: str) -> str:
    """Return a typed value as the file has it, after checking the form of a number, extension or hours.

    Copied dashes become plain ones. The check comes before all others, because a number with a digit too few may look
    like a number of a person, which the privacy guard would refuse. Raises UsageError.
    """
    words = typed.strip()
    if key in {"phone", "extension", "hours"}:
        words = _COPIED_SPACE.sub(" ", _COPIED_DASH.sub("-", words))
    match key:
        case "phone" if (found := _WITH_EXTENSION.fullmatch(words)) is not None:
            raise UsageError("An extension is a value of its own.", f"Write {found[1]}, and the extension {found[2]}.")
        case "phone" if words:
            dialable(words)
        case "extension":
            words = _BEFORE_EXTENSION.sub("", words)
            if words and not is_extension(words):
                raise UsageError(f"“{words}” is not an extension.", "Write 1 to 7 digits.")
        case "hours" if words:
            parse_hours(words)
    return words


def full_name(contacts: Contacts, name: str) -> str:
    """Return the name as the file has it. Raises UsageError if it names nobody."""
    wanted = folded(name.strip())
    found = next((one.name for people in contacts.roles.values() for one in people if folded(one.name) == wanted), "")
    if not found:
        raise UsageError(f"No contact is named {name}.", "`kiosk contacts show` lists the people.")
    return found


def place_of(contacts: Contacts, role: str, name: str) -> int:
    """Return the position of a person in a role. Raises UsageError if the role, or the person in it, is not there."""
    if role not in contacts.roles:
        raise UsageError(f"The contacts have no role {role}.", f"They have: {', '.join(contacts.roles)}.")
    wanted = folded(name.strip())
    for n, one in enumerate(contacts.roles[role]):
        if folded(one.name) == wanted:
            return n
    raise UsageError(f"{name} is not in the role {role}.", "`kiosk contacts show` lists the people of each role.")


def changed(contacts: Contacts, role: str, n: int, key: str, words: str) -> Contacts:
    """Return the contacts with another value of one person, in every role in which the person has the old one."""
    before = contacts.roles[role][n]
    old = getattr(before, key)
    return _each(
        contacts,
        lambda one: replace(one, **{key: words}) if one.name == before.name and getattr(one, key) == old else one,
    )


def moved(contacts: Contacts, role: str, n: int, to: int) -> Contacts:
    """Return the contacts with the n-th person of a role called at another position, from 0."""
    people = list(contacts.roles[role])
    people.insert(to, people.pop(n))
    return _with_role(contacts, role, tuple(people))


def added(contacts: Contacts, role: str, person: Contact, at: int) -> Contacts:
    """Return the contacts with one more person in a role. Raises Refused if the role has a person with that name."""
    people = contacts.roles.get(role, ())
    if any(folded(one.name) == folded(person.name) for one in people):
        raise Refused(f"{person.name} is in that role already.", "Change that person instead.")
    return _with_role(contacts, role, (*people[:at], person, *people[at:]))


def without(contacts: Contacts, name: str, protocol: Protocol) -> Contacts:
    """Return the contacts without a person, in every role.

    Raises Refused if a role that the protocol needs would have nobody.
    """
    roles = {role: tuple(one for one in people if one.name != name) for role, people in contacts.roles.items()}
    for role, people in roles.items():
        known = protocol.roles.get(current_id(protocol.renamed, "roles", role))
        if known is not None and known.required and contacts.roles[role] and not people:
            what = f"{name} is the only contact for {known.title.say()}, and the protocol needs one."
            raise Refused(what, "Add the successor first.")
    return replace(contacts, roles=roles)


def roles_of(contacts: Contacts, name: str) -> tuple[str, ...]:
    """Return the roles that a person fills."""
    return tuple(role for role, people in contacts.roles.items() if any(one.name == name for one in people))


def away(contacts: Contacts, name: str, span: Span, today: date) -> Contacts:
    """Return the contacts with one more absence of a person; those that are over are left out.

    Raises UsageError if the absence is over, or ends before it begins.
    """
    first, last = span
    if last < first:
        raise UsageError(f"{last} comes before {first}.", "Give the last day of the absence.")
    if last < today:
        raise UsageError(f"{last} is over.", "Give a day from today on.")
    return _with_absences(contacts, name, today, lambda spans: (*(one for one in spans if one != span), span))


def returned(contacts: Contacts, name: str, today: date) -> Contacts:
    """Return the contacts with no absence of a person. Raises UsageError if there is none."""
    found = _with_absences(contacts, name, today, lambda _: ())
    if found == contacts:
        raise UsageError(f"No absence of {name} is entered.", "`kiosk contacts show` shows who is away.")
    return found


def _with_absences(
    contacts: Contacts, name: str, today: date, change: Callable[[tuple[Span, ...]], tuple[Span, ...]]
) -> Contacts:
    def changed_one(one: Contact) -> Contact:
        if one.name != name:
            return one
        return replace(one, away=written(change(tuple(span for span in parse_away(one.away) if span[1] >= today))))

    return _each(contacts, changed_one)


def _each(contacts: Contacts, change: Callable[[Contact], Contact]) -> Contacts:
    return replace(contacts, roles={role: tuple(map(change, people)) for role, people in contacts.roles.items()})


def _with_role(contacts: Contacts, role: str, people: tuple[Contact, ...]) -> Contacts:
    return replace(contacts, roles={**contacts.roles, role: people})
