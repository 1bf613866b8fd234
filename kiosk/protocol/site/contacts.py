"""The contacts file of one school: who fills which role, in the order of calls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from kiosk.errors import UsageError
from kiosk.protocol.findings.collector import START, Finding, Findings, Mark, errors
from kiosk.protocol.format.contacts import CONTACT, CONTACTS
from kiosk.protocol.model import Protocol
from kiosk.protocol.parsing.sections import section
from kiosk.protocol.site.away import parse_away
from kiosk.protocol.site.hours import Hours, parse_hours
from kiosk.protocol.site.people import Contact, Contacts
from kiosk.protocol.site.phone import dialable, is_dialable, is_extension
from kiosk.protocol.site.school import check_slots, without_routing
from kiosk.protocol.syntax.cursor import Book, Cursor, Path, line, word
from kiosk.protocol.syntax.yaml_nodes import parse
from kiosk.protocol.validation.renames import current_id

__all__ = [
    "Contact",
    "Contacts",
    "ContactsReading",
    "Hours",
    "check_contacts",
    "dialable",
    "named_today",
    "parse_hours",
    "read_contacts",
]

PRIVATE_NAME: Final = "C111"
"""The finding about a name that a record must not contain."""

MAX_URL = 60
"""Maximum length of a url, in characters: phones can't scan the QR code of a longer one from the screen."""


@dataclass(frozen=True, slots=True)
class ContactsReading:
    """The result of reading one contacts file; like `Reading`, for contacts."""

    contacts: Contacts | None
    findings: tuple[Finding, ...]
    places: Mapping[Path, Mark]
    draft: Contacts | None
    file: str

    def place(self, *path: str) -> Mark:
        """Return the place of a path, or of the nearest part of the file that contains it."""
        return next((self.places[path[:n]] for n in range(len(path), 0, -1) if path[:n] in self.places), START)


def read_contacts(data: bytes, file: str) -> ContactsReading:
    """Read a contacts file. `file` is its name, for findings. Never raises; all findings are collected."""
    findings = Findings(file)
    book = Book(findings)
    root = parse(data, findings)
    draft = _contacts(Cursor(root, (), root.mark, book)) if root is not None else None
    found = findings.all()
    return ContactsReading(None if errors(found) else draft, found, MappingProxyType(book.places), draft, file)


def _contacts(root: Cursor) -> Contacts:
    t = without_routing(root).table(*CONTACTS.vocabulary)
    for key, only in (("kind", "contacts"), ("format", "1")):
        if key in t:
            t[key].one_of((only,), default=only)
    slots = section(t.get("slots"), lambda _, below: below.line())
    return Contacts(line(t.get("school")), section(t.get("roles"), _role, empty=False), slots)


def _role(_: str, cursor: Cursor) -> tuple[Contact, ...]:
    return tuple(_contact(item) for item in cursor.items(empty=True))


def _contact(cursor: Cursor) -> Contact:
    t = cursor.table(*CONTACT.vocabulary)
    return Contact(
        name=line(t.get("name")),
        title=line(t.get("title")),
        phone=word(t.get("phone")),
        extension=word(t.get("extension")),
        hours=word(t.get("hours")),
        address=line(t.get("address")),
        url=word(t.get("url")),
        away=word(t.get("away")),
    )


def named_today(contacts: Contacts, protocol: Protocol) -> Contacts:
    """Return the contacts with each role under its current name; the current name wins over an earlier one."""
    today = {current_id(protocol.renamed, "roles", role): people for role, people in contacts.roles.items()}
    return replace(contacts, roles=today | {r: p for r, p in contacts.roles.items() if r in protocol.roles})


def check_contacts(reading: ContactsReading, protocol: Protocol, *, judges_names: bool = True) -> tuple[Finding, ...]:
    """Return every finding about roles, people and slots, in reading order: unfilled roles, people out of reach, …

    judges_names: False if the privacy guard found nothing in the same bytes before; that takes as long as all the rest.
    """
    if reading.draft is None:
        return ()
    findings = Findings(reading.file)
    _check_roles(reading, reading.draft, protocol, findings)
    check_slots(reading, reading.draft, protocol, findings)
    if judges_names:
        _judge_names(reading, reading.draft, findings)
    for path, contact in _everyone(reading.draft):
        _check_contact(reading, path, contact, findings)
    return findings.all()


def _check_roles(reading: ContactsReading, contacts: Contacts, protocol: Protocol, findings: Findings) -> None:
    filled = named_today(contacts, protocol).roles
    for role in (r.id for r in protocol.roles.values() if r.required):
        if role not in filled:
            findings.note("C101", reading.place("roles"), role=role)
        elif not filled[role]:
            findings.note("C102", reading.place("roles", role), role=role)
    for role in contacts.roles:
        if current_id(protocol.renamed, "roles", role) not in protocol.roles:
            near = findings.hint(role, protocol.roles, of="roles")
            findings.note("C105", reading.place("roles", role), role=role, hint=near)


def _everyone(contacts: Contacts) -> Iterator[tuple[Path, Contact]]:
    for role, people in contacts.roles.items():
        yield from ((("roles", role, str(n)), contact) for n, contact in enumerate(people))


def _judge_names(reading: ContactsReading, contacts: Contacts, findings: Findings) -> None:
    from kiosk.privacy.guard import judge  # noqa: PLC0415 - a start with known names does without it
    from kiosk.privacy.meanings import Doubt  # noqa: PLC0415 - a start with known names does without it

    names = [(("school",), contacts.school), *(((*path, "name"), one.name) for path, one in _everyone(contacts))]
    slots = [(("slots", slot), words) for slot, words in contacts.slots.items()]
    for path, name in (*names, *slots):
        if judge(name) not in {None, Doubt.NAME}:
            findings.note(PRIVATE_NAME, reading.place(*path))


def _check_contact(reading: ContactsReading, path: Path, contact: Contact, findings: Findings) -> None:
    if not contact.phone:
        findings.note("C103", reading.place(*path), name=contact.name)
    elif not is_dialable(contact.phone):
        findings.note("C104", reading.place(*path, "phone"), phone=contact.phone)
    if contact.extension and not is_extension(contact.extension):
        findings.note("C108", reading.place(*path, "extension"), extension=contact.extension)
    if contact.url and (not contact.url.startswith(("https://", "tel:")) or len(contact.url) > MAX_URL):
        findings.note("C107", reading.place(*path, "url"), url=contact.url, limit=MAX_URL)
    try:
        parse_hours(contact.hours or "always")
    except UsageError as wrong:
        findings.note("C106", reading.place(*path, "hours"), hours=contact.hours, problem=wrong.what)
    try:
        parse_away(contact.away)
    except UsageError as wrong:
        findings.note("C112", reading.place(*path, "away"), problem=wrong.what)
