"""Writes a contacts file: the old text with only what changed, or a new one where that is not possible."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, replace
from difflib import SequenceMatcher

import yaml

from kiosk.protocol.findings.collector import Findings
from kiosk.protocol.site.contacts import read_contacts
from kiosk.protocol.site.people import Contact, Contacts
from kiosk.protocol.site.special_days import NO_SPECIAL_DAYS
from kiosk.protocol.syntax import editing
from kiosk.protocol.syntax.decoding import decoded


def rewritten(data: bytes, to: Contacts) -> bytes:
    """Return the bytes of a contacts file in which other people fill the roles.

    data: the file as it is, which must read as contacts. Its comments and its order stay. Only a file in a form that
    can't be edited so is written from the start.
    """
    wanted = replace(to, special=NO_SPECIAL_DAYS)
    before = read_contacts(data, "").contacts
    text = decoded(data, Findings(""))
    if before is not None and text is not None:
        with suppress(editing.NotEditable, yaml.YAMLError):
            made = _edited(text, before, wanted).encode("utf-8")
            if read_contacts(made, "").contacts == wanted:
                return made
    return rendered(wanted).encode("utf-8")


def rendered(contacts: Contacts) -> str:
    """Return the text of a file that reads back as these contacts."""
    lines = ["kind: contacts", "format: 1", f"school: {editing.quoted(contacts.school)}"]
    if contacts.slots:
        lines += ["slots:", *(f"  {slot}: {editing.quoted(words)}" for slot, words in contacts.slots.items())]
    lines.append("roles:")
    for role, people in contacts.roles.items():
        lines.append(f"  {role}:" if people else f"  {role}: []")
        lines += [f"    - {item(person)}" for person in people]
    return "\n".join(lines) + "\n"


def item(contact: Contact) -> str:
    """Return one person as a line of the file has it."""
    return editing.table(asdict(contact))


def _edited(text: str, before: Contacts, to: Contacts) -> str:
    if (before.school, before.slots) != (to.school, to.slots):
        raise editing.NotEditable
    for role in before.roles.keys() - to.roles.keys():
        raise editing.NotEditable(role)
    for role, people in to.roles.items():
        if role not in before.roles:
            if not people:
                raise editing.NotEditable
            text = editing.with_list(text, ("roles", role), item(people[0]))
            text = _role(text, role, people[:1], people)
        else:
            text = _role(text, role, before.roles[role], people)
    return text


def _role(text: str, role: str, before: tuple[Contact, ...], to: tuple[Contact, ...]) -> str:
    at = ("roles", role)
    steps = SequenceMatcher(None, before, to, autojunk=False).get_opcodes()
    for _, start, end, first, last in (step for step in reversed(steps) if step[0] != "equal"):
        paired = min(end - start, last - first)
        for n in reversed(range(start + paired, end)):
            text = editing.without_item(text, at, n)
        for n in range(first + paired, last):
            text = editing.with_item(text, at, start + n - first, item(to[n]))
        for n in range(paired):
            text = _person(text, (*at, start + n), before[start + n], to[first + n])
    return text


def _person(text: str, at: editing.At, before: Contact, to: Contact) -> str:
    for key, words in _changed(before, to):
        text = editing.with_value(text, (*at, key), words) if words else editing.without_key(text, (*at, key))
    return text


def _changed(before: Contact, to: Contact) -> Iterator[tuple[str, str]]:
    was = asdict(before)
    yield from ((key, words) for key, words in asdict(to).items() if words != was[key])
