"""The rules for entries about people and their acts, whoever writes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.app.bootstrap import append_entry
from kiosk.errors import Refused
from kiosk.log.intake.checks import require_enterable
from kiosk.log.intake.people import RIGHTS
from kiosk.log.people.log_in import MustWait
from kiosk.log.people.verifier_file import save_verifiers
from kiosk.record.canonical import Json
from kiosk.record.entries import Actor, Entry
from kiosk.record.entry_kinds import BY_COMMAND, OF_RECORD, EntryKind
from kiosk.record.people import logins, people
from kiosk.record.people.people import MOST, Person, added, changed, removed
from kiosk.record.people.roles import Right
from kiosk.record.people.verifiers import hash_of
from kiosk.settings import Home
from kiosk.system.clock import SystemClock
from tests.homes import a_home, made_once
from tests.record.people.staff import DANA, KIM, REESE

VERIFIERS = {name: f"verifier of {name}" for name in (DANA, REESE, KIM)}
PEOPLE = {
    name: Person(name, role, hash_of(VERIFIERS[name]))
    for name, role in ((DANA, "administrator"), (REESE, "records-officer"), (KIM, "auditor"))
}
NEW = Person("Alex Stand-In", "auditor", "a" * 64)
FIRST = replace(NEW, role="administrator")


@pytest.fixture
def home(home: Home) -> Home:
    """A home with an administrator, a records officer and an auditor."""

    def make() -> None:
        save_verifiers(home, VERIFIERS.values())
        append_entry(home, "live", SystemClock(), *(added(person, by=DANA) for person in PEOPLE.values()))

    made_once(home, "three people", make)
    return home


def exported(**body: Json) -> Entry:
    """An export as a command enters it."""
    return Entry(EntryKind.EXPORT_MADE, {"format": "csv", "level": "public", "count": 1, **body}, actor=Actor.COMMAND)


REFUSED: dict[str, Callable[[], Entry]] = {
    "added by an auditor": lambda: added(NEW, by=KIM),
    "added by themselves": lambda: added(FIRST, by=NEW.name),
    "added by nobody known": lambda: added(NEW, by="A. Example"),
    "added under a name that can be another's": lambda: added(replace(NEW, name="Dana"), by=DANA),
    "changed, though unknown": lambda: changed(NEW, by=DANA),
    "given another role by themselves": lambda: changed(replace(PEOPLE[KIM], role="administrator"), by=KIM),
    "given another passphrase by another": lambda: changed(replace(PEOPLE[DANA], verifier="a" * 64), by=KIM),
    "the last administrator, made an auditor": lambda: changed(replace(PEOPLE[DANA], role="auditor"), by=DANA),
    "the last administrator, removed": lambda: removed(PEOPLE[DANA], by=DANA, reason="left"),
    "removed by an auditor": lambda: removed(PEOPLE[REESE], by=KIM, reason="left"),
    "everybody, with a key that the log does not have": lambda: people.reset((), by=DANA, reason="x", key="so+1+A"),
    "everybody, without a key": lambda: people.reset((), by=DANA, reason="x", key=""),
    "a log-in of nobody known": lambda: logins.succeeded(NEW, "log list"),
    "a failure of nobody known": lambda: logins.failed(NEW, "log list"),
    "an export that names nobody": exported,
    "a look of nobody known": lambda: logins.viewed(logins.Viewed.LIST, by="A. Example"),
    "an export by an auditor": lambda: exported(by=KIM),
    "an export by a name that was typed": lambda: exported(by="A. Example"),
    "an export with a second person who may not": lambda: exported(by=DANA, second=KIM),
}


@pytest.mark.parametrize("entry", REFUSED.values(), ids=REFUSED.keys())
def test_what_a_person_may_not_do_is_not_entered(home: Home, entry: Callable[[], Entry]) -> None:
    """The program that writes applies the rule, so a command without it changes nothing."""
    with pytest.raises(Refused):
        require_enterable(home, "live", [entry()])


ENTERED: dict[str, Callable[[], Entry]] = {
    "added by an administrator": lambda: added(NEW, by=DANA),
    "changed by an administrator": lambda: changed(replace(PEOPLE[KIM], role="administrator"), by=DANA),
    "a new passphrase of their own": lambda: changed(replace(PEOPLE[KIM], verifier="a" * 64), by=KIM),
    "removed by an administrator": lambda: removed(PEOPLE[KIM], by=DANA, reason="left"),
    "a log-in": lambda: logins.succeeded(PEOPLE[KIM], "log list"),
    "a look": lambda: logins.viewed(logins.Viewed.RECORD, by=KIM, no="2026-0001"),
    "an export by the records officer": lambda: exported(by=REESE),
    "an export by two": lambda: exported(by=REESE, second=DANA),
}


@pytest.mark.parametrize("entry", ENTERED.values(), ids=ENTERED.keys())
def test_what_a_person_may_do_is_entered(home: Home, entry: Callable[[], Entry]) -> None:
    """By the same rule."""
    require_enterable(home, "live", [entry()])


def test_the_first_person_is_an_administrator(tmp_path: Path) -> None:
    """While nobody is set up, others can't be added, and everything else is entered with any name."""
    new = a_home(tmp_path / "new")
    require_enterable(new, "live", [added(FIRST, by=FIRST.name), exported(by="A. Example")])
    with pytest.raises(Refused):
        require_enterable(new, "live", [added(NEW, by=NEW.name)])


def test_a_guess_among_many_at_once_does_not_get_in(home: Home) -> None:
    """Each read the log before the others failed; whoever writes after three failures has to wait."""
    for _ in range(3):
        append_entry(home, "live", SystemClock(), logins.failed(PEOPLE[DANA], "log list"))
    with pytest.raises(MustWait):
        require_enterable(home, "live", [logins.succeeded(PEOPLE[DANA], "log list")])


def test_practice_has_no_people(home: Home) -> None:
    """Its log takes none of these entries, and asks nobody for an export."""
    require_enterable(home, "practice", [exported(by="A. Example")])
    for entry in (added(NEW, by=DANA), logins.succeeded(PEOPLE[DANA], "log list")):
        with pytest.raises(Refused):
            require_enterable(home, "practice", [entry])


def test_there_is_room_for_some_people_only(home: Home) -> None:
    """Each has a key on the screen."""
    others = (Person(f"Person{n}", "auditor", f"{n:064}") for n in range(MOST - len(PEOPLE)))
    append_entry(home, "live", SystemClock(), *(added(person, by=DANA) for person in others))
    with pytest.raises(Refused):
        require_enterable(home, "live", [added(NEW, by=DANA)])


def test_each_act_of_a_command_has_its_right() -> None:
    """Every kind whose entry names a person; others are about people, or by `kiosk setup` and `kiosk protocol`."""
    without = {
        *people.KINDS,
        *(EntryKind.LOGIN_SUCCEEDED, EntryKind.LOGIN_FAILED, EntryKind.LOGIN_ENDED),
        *(EntryKind.PACK_ACTIVATED, EntryKind.PACK_REJECTED, EntryKind.KEY_FIXED, EntryKind.KEY_REPLACED),
        *(EntryKind.RECORDS_KEY_FIXED, EntryKind.RECORDS_KEY_REPLACED, EntryKind.ENCRYPTION_CHANGED),
        *(EntryKind.RECORD_COMPLETED, EntryKind.DUTIES_SETTLED),
        *(EntryKind.BUNDLE_INSTALLED, EntryKind.BUNDLE_REFUSED),
    }
    assert RIGHTS.keys() == (BY_COMMAND | OF_RECORD | {EntryKind.ENCOUNTER_CLOSED}) - without
    assert set(RIGHTS.values()) == set(Right) - {Right.PEOPLE}
