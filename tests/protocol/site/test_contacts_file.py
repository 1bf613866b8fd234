"""A contacts file keeps its comments when people change, and reads back as it was meant, whatever its form."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.protocol.site.contacts import read_contacts
from kiosk.protocol.site.contacts_file import rendered, rewritten
from kiosk.protocol.site.people import Contact, Contacts
from tests.homes import CONTACTS

FILE = CONTACTS.replace("roles:\n", "roles:   # who is called\n") + "  # none yet\n  nurse: []\n"
DANA = Contact("Dana Sample", phone="890-555-0242", extension="214", hours="Mon-Fri 07:30-15:30")
SAM = Contact("Sam Sample", phone="890-555-0247", away="2026-12-21 to 2027-01-04")


def contacts(**roles: tuple[Contact, ...]) -> Contacts:
    """The sample with other people."""
    return Contacts("Lincoln Elementary School", {"office": (DANA,), "nurse": (), **roles})


def test_the_sample_reads_as_expected() -> None:
    """Else the cases below would prove nothing."""
    assert read_contacts(FILE.encode(), "f").contacts == contacts()


@pytest.mark.parametrize(
    ("to", "old", "new"),
    [
        (contacts(office=(replace(DANA, phone="890-555-0299"),)), "0242", "0299"),
        (contacts(office=(replace(DANA, hours=""),)), ', hours: "Mon-Fri 07:30-15:30"', ""),
        (
            contacts(nurse=(SAM,)),
            "nurse: []",
            "nurse: [{name: Sam Sample, phone: 890-555-0247, away: 2026-12-21 to 2027-01-04}]",
        ),
        (contacts(), "", ""),
    ],
)
def test_only_what_changed_is_written(to: Contacts, old: str, new: str) -> None:
    """The comments are those of the person who wrote the file."""
    assert rewritten(FILE.encode(), to).decode() == (FILE.replace(old, new) if old else FILE)


def test_a_file_in_another_form_is_written_from_the_start() -> None:
    """Nothing of the contacts is lost."""
    odd = 'kind: contacts\nformat: 1\nschool: S\nslots: {room: "4"}\nroles: {office: [{name: Dana}]}\n'
    to = Contacts("S", {"office": (DANA,), "nurse": (SAM,)}, {"room": "4"})
    made = rewritten(odd.encode(), to)
    assert read_contacts(made, "f").contacts == to
    assert made.decode() == rendered(to)


WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12).filter(lambda w: "TODO" not in w)
PERSON = st.builds(Contact, name=WORDS, phone=st.just("") | WORDS, extension=st.just("") | WORDS, hours=st.just(""))
PEOPLE = st.lists(PERSON, max_size=4).map(tuple)


@given(first=PEOPLE, second=PEOPLE, to_first=PEOPLE, to_second=PEOPLE, block=st.booleans())
def test_whatever_changes_reads_back(
    first: tuple[Contact, ...],
    second: tuple[Contact, ...],
    to_first: tuple[Contact, ...],
    to_second: tuple[Contact, ...],
    *,
    block: bool,
) -> None:
    """From any people to any others, in tables on one line and on several."""
    text = rendered(contacts(office=first, nurse=second)).replace("roles:", "roles:  # here")
    if block:
        text = text.replace("- {name: ", "-\n      name: ").replace(", phone: ", "\n      phone: ")
        text = text.replace("}\n", "\n") if "}" not in "".join(map(str, (first, second))) else text
    assert read_contacts(rewritten(text.encode(), to := contacts(office=to_first, nurse=to_second)), "f").contacts == to
