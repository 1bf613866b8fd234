"""Who is known: the fold of the entries."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.record.entries import Entry, LoggedEntry
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.people import people
from kiosk.record.people.people import Person, added, alike, changed, is_last_administrator, named, people_in
from kiosk.record.people.roles import Right
from kiosk.system.clock import Instant

DANA = Person("Dana Sample", "administrator", "1" * 64)
KIM = Person("Kim Auditor", "auditor", "2" * 64)


def logged(*entries: Entry) -> list[LoggedEntry]:
    """The entries as a log has them."""
    at = Instant(0, "", 0)
    return [LoggedEntry(n, f"{n}", e.kind, None, None, e.actor, None, at, e.body) for n, e in enumerate(entries)]


def test_people_are_added_changed_and_removed_by_entries() -> None:
    """The last entry of a name counts; the order is that of the additions."""
    other = replace(DANA, verifier="3" * 64)
    entries = [added(DANA, by=DANA.name), added(KIM, by=DANA.name), changed(other, by=DANA.name)]
    assert people_in(logged(*entries)) == (other, KIM)
    gone = people.removed(KIM, by=DANA.name, reason="left")
    assert people_in(logged(*entries, gone)) == (other,)
    assert people_in(logged(*entries, gone, added(KIM, by=DANA.name))) == (other, KIM)


def test_a_reset_removes_everybody() -> None:
    """Whoever is added afterwards is known again."""
    everybody = [added(DANA, by=DANA.name), added(KIM, by=DANA.name)]
    gone = people.reset((DANA, KIM), by="A. Example", reason="a lost passphrase", key="superintendent+1+A")
    assert people_in(logged(*everybody, gone)) == ()
    assert people_in(logged(*everybody, gone, added(KIM, by=KIM.name))) == (KIM,)


@pytest.mark.parametrize("body", [{}, {"name": None}, {"name": 7, "role": "administrator"}])
def test_an_entry_without_a_name_adds_nobody(body: dict[str, object]) -> None:
    """Its values may have been taken from the log's file."""
    (kept,) = logged(added(DANA, by=DANA.name))
    assert people_in([replace(kept, body=body)]) == ()


def test_a_role_of_a_newer_version_has_no_right() -> None:
    """The person stays known, so that the records stay closed to others."""
    person = Person("Dana Sample", "deputy", "1" * 64)
    assert not any(person.may(right) for right in Right)
    assert person.role_words == "deputy"


@pytest.mark.parametrize("typed", ["Dana Sample", "  dana   SAMPLE "])
def test_a_name_is_found_in_any_case(typed: str) -> None:
    """With any spaces; a part of it is not enough."""
    assert named([KIM, DANA], typed) == DANA


@pytest.mark.parametrize("typed", ["", "Dana", "Dana Sample Ruiz", "four plain fictional words"])
def test_another_name_is_nobody(typed: str) -> None:
    """A passphrase typed as a name is nobody, too."""
    assert named([KIM, DANA], typed) is None


@pytest.mark.parametrize("name", ["Dana", "Sample, Dana", "Dána Sample", "Dana M. Sample"])
def test_two_names_that_can_be_one_person_are_alike(name: str) -> None:
    """The rule of two persons could not tell them from each other."""
    assert alike([KIM, DANA], name) == DANA
    assert alike([KIM, DANA], "Reese Example") is None


def test_the_last_administrator_is_known() -> None:
    """An auditor does not count."""
    assert is_last_administrator([DANA, KIM], DANA.name)
    assert not is_last_administrator([DANA, KIM], KIM.name)
    assert not is_last_administrator([DANA, replace(KIM, role="administrator")], DANA.name)


def test_the_entries_have_the_hash_of_a_verifier_and_nothing_else_of_a_passphrase() -> None:
    """Each with who did it."""
    entry = added(KIM, by=DANA.name)
    expected = {"name": KIM.name, "role": "auditor", "verifier": KIM.verifier, "by": DANA.name}
    assert (entry.kind, entry.body) == (EntryKind.PERSON_ADDED, expected)
