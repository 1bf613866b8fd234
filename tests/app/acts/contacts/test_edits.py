"""Changes to people, as values: what each changes, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kiosk.app.acts.contacts.edits import (
    added,
    away,
    changed,
    full_name,
    moved,
    place_of,
    returned,
    roles_of,
    typed_form,
    without,
)
from kiosk.errors import Refused, UsageError
from kiosk.protocol.parsing.protocol import read_protocol
from kiosk.protocol.site.people import Contact, Contacts
from tests.homes import PACK

DANA = Contact("Dana Ruiz", phone="860-555-0142", hours="Mon-Fri 07:30-15:30")
SAM, JOSE = Contact("Sam Okafor", phone="860-555-0147"), Contact("José Núñez", phone="860-555-0148")
CONTACTS = Contacts("Lincoln", {"office": (DANA, SAM), "nurse": (replace(DANA, hours=""), JOSE)})
TODAY = date(2026, 12, 1)
BREAK = (date(2026, 12, 21), date(2027, 1, 4))


def names(contacts: Contacts, role: str) -> list[str]:
    """The names of a role, in calling order."""
    return [one.name for one in contacts.roles[role]]


def test_a_value_changes_in_every_role_that_has_the_old_one() -> None:
    """A number is one number; hours may differ from role to role."""
    new = changed(CONTACTS, "office", 0, "phone", "860-555-0199")
    assert [new.roles[role][0].phone for role in ("office", "nurse")] == ["860-555-0199"] * 2
    late = changed(CONTACTS, "office", 0, "hours", "always")
    assert [late.roles[role][0].hours for role in ("office", "nurse")] == ["always", ""]
    assert (new.roles["office"][1], new.roles["nurse"][1]) == (SAM, JOSE)


def test_the_order_of_calls_is_changed() -> None:
    """In one role alone."""
    new = moved(CONTACTS, "office", 1, 0)
    assert (names(new, "office"), new.roles["nurse"]) == (["Sam Okafor", "Dana Ruiz"], CONTACTS.roles["nurse"])


def test_a_person_is_added_in_their_place() -> None:
    """Also to a role that nobody filled; never twice to one."""
    assert names(added(CONTACTS, "office", JOSE, 1), "office") == ["Dana Ruiz", "José Núñez", "Sam Okafor"]
    assert names(added(CONTACTS, "guard", JOSE, 0), "guard") == ["José Núñez"]
    with pytest.raises(Refused, match="already"):
        added(CONTACTS, "office", Contact("dana ruiz"), 0)


def test_a_person_leaves_every_role() -> None:
    """But not the last one in a role that the protocol needs."""
    protocol = read_protocol(PACK.encode(), "protocol.yaml").protocol
    assert protocol is not None
    new = without(CONTACTS, "Dana Ruiz", protocol)
    assert (names(new, "office"), names(new, "nurse")) == (["Sam Okafor"], ["José Núñez"])
    with pytest.raises(Refused) as told:
        without(new, "Sam Okafor", protocol)
    assert ("The office" in told.value.what, told.value.repair) == (True, "Add the successor first.")
    assert names(without(new, "José Núñez", protocol), "nurse") == []
    assert roles_of(CONTACTS, "Dana Ruiz") == ("office", "nurse")


def test_an_absence_is_entered_in_every_role_and_taken_back() -> None:
    """What is over is left out."""
    old = changed(CONTACTS, "office", 0, "away", "2026-05-01 to 2026-05-09, 2026-12-24")
    new = away(old, "Dana Ruiz", BREAK, TODAY)
    assert new.roles["office"][0].away == "2026-12-21 to 2027-01-04, 2026-12-24"
    assert new.roles["office"][0].away == new.roles["nurse"][0].away
    assert returned(new, "Dana Ruiz", TODAY) == CONTACTS


@pytest.mark.parametrize("span", [BREAK[::-1], (date(2026, 11, 1), date(2026, 11, 30))])
def test_an_absence_that_is_over_or_ends_before_it_begins_is_refused(span: tuple[date, date]) -> None:
    """With what to give instead."""
    with pytest.raises(UsageError) as told:
        away(CONTACTS, "Dana Ruiz", span, TODAY)
    assert told.value.repair.startswith("Give")


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("phone", "860-555-014"),
        ("phone", "860-555-0142 #214"),
        ("extension", "two"),
        ("extension", "12345678"),
        ("hours", "mornings"),
    ],
)
def test_a_value_in_another_form_is_refused_as_what_it_is(key: str, words: str) -> None:
    """Not as a number of a person, as which the privacy guard would take nine digits."""
    with pytest.raises(UsageError) as told:
        typed_form(key, words)
    assert told.value.repair.startswith("Write")
    assert typed_form(key, " ") == ""


@pytest.mark.parametrize(
    ("key", "typed", "written"),
    [
        ("phone", "860\u2011555\u20110142", "860-555-0142"),
        ("phone", "\u00a0860 555 0142 ", "860 555 0142"),
        ("extension", "x214", "214"),
        ("extension", "Ext. 214", "214"),
        ("hours", "Mon\u2013Fri 7:30 AM \u2013 3:30 PM", "Mon-Fri 7:30 AM - 3:30 PM"),
        ("name", "Dana Ruiz ", "Dana Ruiz"),
    ],
)
def test_a_copied_value_is_written_plainly(key: str, typed: str, written: str) -> None:
    """Dashes and spaces of an office program, and what a school writes before an extension."""
    assert typed_form(key, typed) == written


def test_a_number_with_its_extension_names_both() -> None:
    """Nothing after the number is lost."""
    with pytest.raises(UsageError) as told:
        typed_form("phone", "860-555-0142 ext. 214")
    assert told.value.repair == "Write 860-555-0142, and the extension 214."


def test_who_is_not_there_is_not_found() -> None:
    """A name is found without its accents."""
    assert full_name(CONTACTS, "jose nunez") == "José Núñez"
    assert place_of(CONTACTS, "office", " SAM OKAFOR ") == 1
    for find in (
        lambda: full_name(CONTACTS, "Sam"),
        lambda: place_of(CONTACTS, "office", "José Núñez"),
        lambda: place_of(CONTACTS, "guard", "Dana Ruiz"),
        lambda: returned(CONTACTS, "Dana Ruiz", TODAY),
    ):
        with pytest.raises(UsageError):
            find()
