"""Who is known, as the entries say: people are added, changed and removed by entries, and by nothing else.

An entry has the SHA-256 of a person's verifier. The verifier itself is in a file of the home, which counts only as far
as it matches.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kiosk.record.canonical import Json
from kiosk.record.entries import Actor, Entry, LoggedEntry
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.people.roles import Right, Role, rights_of
from kiosk.record.retention.authorization import same_person

MOST: Final = 20
"""Maximum number of people: each has a key of its own on the screen, and one request removes all."""

KINDS: Final = (
    *(EntryKind.PERSON_ADDED, EntryKind.PERSON_CHANGED, EntryKind.PERSON_REMOVED),
    EntryKind.PEOPLE_RESET,
)


@dataclass(frozen=True, slots=True)
class Person:
    """A person. role: its id, which this version may not know. verifier: the SHA-256 of the person's verifier."""

    name: str
    role: str
    verifier: str

    @property
    def role_words(self) -> str:
        """The role in words."""
        return Role.words_for(self.role)

    @property
    def is_administrator(self) -> bool:
        """Whether the person can add, change and remove people."""
        return self.may(Right.PEOPLE)

    def may(self, right: Right) -> bool:
        """Check whether the person has a right; with a role that this version does not know, none."""
        role = Role.of_id(self.role)
        return role is not None and right in rights_of(role)


def people_in(entries: Iterable[LoggedEntry]) -> tuple[Person, ...]:
    """Return the people after these entries, oldest first, in the order in which they were added."""
    found: dict[str, Person] = {}
    for kept in entries:
        name = kept.body.get("name")
        if kept.kind == EntryKind.PEOPLE_RESET:
            found.clear()
        elif not isinstance(name, str):
            continue
        elif kept.kind == EntryKind.PERSON_REMOVED:
            found.pop(name, None)
        elif kept.kind in KINDS:
            found[name] = _person(name, kept.body)
    return tuple(found.values())


def _person(name: str, body: Mapping[str, Any]) -> Person:
    return Person(name, str(body.get("role", "")), str(body.get("verifier", "")))


def named(people: Iterable[Person], typed: str) -> Person | None:
    """Return the person with this full name, in any case and with any spaces; None for none."""
    words = _folded(typed)
    return next((person for person in people if _folded(person.name) == words), None)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def alike(people: Iterable[Person], name: str) -> Person | None:
    """Return a person who could be the one with this name, so that the two could not be told from each other."""
    return next((person for person in people if same_person(person.name, name)), None)


def is_last_administrator(people: Sequence[Person], name: str) -> bool:
    """Check whether nobody else could add, change and remove people."""
    others = [person for person in people if person.name != name and person.is_administrator]
    return not others and any(person.name == name and person.is_administrator for person in people)


def added(person: Person, *, by: str) -> Entry:
    """Return the entry that adds a person."""
    return _entry(EntryKind.PERSON_ADDED, person, by)


def changed(person: Person, *, by: str) -> Entry:
    """Return the entry that gives a person this role and verifier."""
    return _entry(EntryKind.PERSON_CHANGED, person, by)


def _entry(kind: EntryKind, person: Person, by: str) -> Entry:
    body: dict[str, Json] = {"name": person.name, "role": person.role, "verifier": person.verifier, "by": by}
    return Entry(kind, body, actor=Actor.COMMAND)


def removed(person: Person, *, by: str, reason: str) -> Entry:
    """Return the entry that removes a person."""
    body: dict[str, Json] = {"name": person.name, "role": person.role, "by": by, "reason": reason}
    return Entry(EntryKind.PERSON_REMOVED, body, actor=Actor.COMMAND)


def reset(people: Iterable[Person], *, by: str, reason: str, key: str) -> Entry:
    """Return the entry that removes everybody. key: the superintendent's key, whose owner decided it."""
    body: dict[str, Json] = {"names": [one.name for one in people], "by": by, "reason": reason, "key": key}
    return Entry(EntryKind.PEOPLE_RESET, body, actor=Actor.COMMAND)


def refused(missing: Iterable[Person]) -> Entry:
    """Return the entry about people whose verifier in the home is not the recorded one."""
    return Entry(EntryKind.PEOPLE_REFUSED, {"names": [person.name for person in missing]}, actor=Actor.KIOSK)
