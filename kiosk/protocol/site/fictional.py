"""Contacts that nobody can call: numbers reserved for fiction, and the people of the shipped example contacts.

They are for practice; a live desk must never show one as the number to call.
"""

from __future__ import annotations

from typing import Final

from kiosk.privacy.folding import folded
from kiosk.protocol.findings.collector import Finding, Findings
from kiosk.protocol.site.contacts import ContactsReading
from kiosk.protocol.site.people import Contact
from kiosk.protocol.site.phone import is_fictional

FICTIONAL_NUMBER, EXAMPLE_PERSON = "C109", "C110"

PRACTICE_ONLY: Final = frozenset({FICTIONAL_NUMBER, EXAMPLE_PERSON})
"""The codes of findings that keep a desk in PRACTICE."""

EXAMPLE_PEOPLE: Final = (
    "Dana Ruiz",
    "Sam Okafor",
    "Lee Novak",
    "Maria Lindgren",
    "Petra Paperclip",
    "Polly Placeholder",
    "Stan Standin",
    "Sam Whitfield",
)
"""Everyone with a title in a shipped `contacts.example.yaml`. Offices have no title; any school may have them."""

_EXAMPLES: Final = frozenset(folded(name) for name in EXAMPLE_PEOPLE)


def check_fictional(reading: ContactsReading) -> tuple[Finding, ...]:
    """Return a finding for each contact of a school's own file that is only an example, in reading order."""
    findings = Findings(reading.file)
    for role, people in (reading.draft.roles if reading.draft else {}).items():
        for n, contact in enumerate(people):
            _check(reading, ("roles", role, str(n)), contact, findings)
    return findings.all()


def _check(reading: ContactsReading, path: tuple[str, ...], contact: Contact, findings: Findings) -> None:
    numbers = {"phone": contact.phone, "url": contact.url.removeprefix("tel:").partition(";")[0]}
    made_up = [(key, number) for key, number in numbers.items() if is_fictional(number)]
    for key, number in made_up:
        findings.note(FICTIONAL_NUMBER, reading.place(*path, key), phone=number, name=contact.name)
    if not made_up and folded(contact.name) in _EXAMPLES:
        findings.note(EXAMPLE_PERSON, reading.place(*path, "name"), name=contact.name)
