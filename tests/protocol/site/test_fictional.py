"""Made-up numbers and the people of the shipped examples are found in a school's own contacts."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from kiosk.protocol.findings.catalogue import CATALOGUE
from kiosk.protocol.findings.collector import errors
from kiosk.protocol.site.contacts import ContactsReading, read_contacts
from kiosk.protocol.site.fictional import EXAMPLE_PEOPLE, PRACTICE_ONLY, check_fictional
from kiosk.protocol.site.people import Contact
from kiosk.protocol.site.phone import is_fictional
from tests.homes import CONTACTS, for_live

PROTOCOLS: Final = Path(__file__).parents[3] / "protocols"
EXAMPLES: Final = sorted(PROTOCOLS.rglob("contacts.example.yaml"))


def read(words: str) -> ContactsReading:
    """A contacts file as it reads."""
    return read_contacts(words.encode(), "contacts.yaml")


def found(words: str) -> list[tuple[str, int]]:
    """The findings in a school's own contacts: code and line."""
    return [(finding.code, finding.line) for finding in check_fictional(read(words))]


def people(path: Path) -> list[Contact]:
    """Everybody in a contacts file."""
    contacts = read(path.read_text(encoding="utf-8")).contacts
    assert contacts is not None
    return [contact for role in contacts.roles.values() for contact in role]


@pytest.mark.parametrize(
    ("phone", "fictional"),
    [
        ("860-555-0100", True),
        ("860-555-0199", True),
        ("(203) 555-0142", True),
        ("2035550142", True),
        ("+1 475 555 0142", True),
        ("1-800-555-0199", True),
        ("860-555-0200", False),
        ("860-555-0099", False),
        ("860-555-1212", False),
        ("890-555-0242", False),
        ("+52 55 5550 0142", False),
        ("+49 86 0555 0142", False),
        ("911", False),
        ("555-0142", False),
        ("", False),
    ],
)
def test_only_numbers_kept_for_fiction_are_fictional(phone: str, fictional: bool) -> None:
    """In any spelling and any area code; numbers that can't be dialed have another finding."""
    assert is_fictional(phone) is fictional


def test_the_examples_that_are_shipped_are_known() -> None:
    """Every person in them; who has no title is an office, as every school has one."""
    assert len(EXAMPLES) == 3
    everybody = [contact for path in EXAMPLES for contact in people(path)]
    assert {contact.name for contact in everybody if contact.title} == set(EXAMPLE_PEOPLE)
    assert [c.name for c in everybody if not c.title and not c.name.endswith(" Office")] == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_every_contact_of_a_shipped_example_is_found(path: Path) -> None:
    """All of its numbers are for fiction; as an example beside a protocol the file is in order."""
    words = path.read_text(encoding="utf-8")
    assert [code for code, _ in found(words)] == ["C109"] * len(people(path))
    assert found(for_live(words)) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("890-555-0242", "860-555-0142", "C109"),
        ('extension: "214"', 'url: "tel:+18605550100;ext=1"', "C109"),
        ("Dana Sample", "Dana Ruiz", "C110"),
        ("Dana Sample", "DANA  RUÍZ", "C110"),
    ],
)
def test_a_contact_that_is_only_an_example_is_found_on_its_line(old: str, new: str, code: str) -> None:
    """Its number, what its code on the card dials, or its name."""
    assert CONTACTS.count(old) == 1
    assert found(CONTACTS.replace(old, new)) == [(code, 6)]


@pytest.mark.parametrize("name", ["Superintendent's Office", "Dana R. Ruiz", "Dana Sample"])
def test_a_schools_own_people_are_not_found(name: str) -> None:
    """Offices are called the same everywhere, and a namesake has a middle initial."""
    assert found(CONTACTS.replace("Dana Sample", name)) == []


def test_a_file_that_does_not_read_has_nothing_to_find() -> None:
    """Its own findings say why."""
    assert found("") == found("[") == []


def test_they_keep_no_file_from_being_used_in_practice() -> None:
    """Warnings: the shipped files must be good for a trial."""
    assert errors(check_fictional(read(CONTACTS.replace("890-555-02", "860-555-01")))) == ()


@pytest.mark.parametrize("code", sorted(PRACTICE_ONLY))
def test_the_examples_that_teach_it_are_true(code: str) -> None:
    """Before and after, and nothing else is wrong in either."""
    kind = CATALOGUE[code]
    assert [c for c, _ in found(kind.bad)] == [code]
    assert found(kind.good) == []
    assert [read(words).findings for words in (kind.bad, kind.good)] == [(), ()]
