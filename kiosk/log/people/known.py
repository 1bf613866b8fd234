"""Who is known at a home: the people of the live log's entries, and the verifiers in the home that match them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from heapq import merge
from typing import Protocol

from kiosk.log.archive import open_history
from kiosk.log.people.verifier_file import VerifierFile, read_verifiers
from kiosk.record.entries import EncodedEntry, LoggedEntry, decoded_or_none
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.people.people import KINDS, Person, named, people_in
from kiosk.settings import Home


class _Log(Protocol):
    def of_kind(self, kind: EntryKind) -> Iterable[EncodedEntry]: ...


class Logs(Protocol):
    """A log, or several that are read as one."""

    @property
    def logs(self) -> Sequence[_Log]:
        """The single logs, oldest first."""


@dataclass(frozen=True, slots=True)
class KnownPeople:
    """The people in the log, and the file of their verifiers."""

    people: tuple[Person, ...]
    file: VerifierFile

    @property
    def set_up(self) -> bool:
        """Whether anybody was set up. A file without people in the log counts too: then the log lost its entries."""
        return bool(self.people) or not self.file.is_empty

    @property
    def is_changed(self) -> bool:
        """Whether a recorded verifier is not in the file, or the log lost the people of a file."""
        return bool(self.missing) or (self.set_up and not self.people)

    @property
    def missing(self) -> tuple[Person, ...]:
        """The people whose recorded verifier is not in the file."""
        return tuple(person for person in self.people if person.verifier not in self.file.verifiers)

    @property
    def unknown(self) -> int:
        """The number of verifiers in the file that the log does not know; they count for nothing."""
        return len(self.file.verifiers.keys() - {person.verifier for person in self.people})

    def named(self, typed: str) -> Person | None:
        """Return the person with this full name; None for none."""
        return named(self.people, typed)

    def verifier_of(self, person: Person) -> str | None:
        """Return the person's verifier; None if the file does not have the recorded one."""
        return self.file.verifiers.get(person.verifier)

    def kept(self) -> list[str]:
        """Return the verifiers in the file that the log knows."""
        return [self.file.verifiers[one.verifier] for one in self.people if one.verifier in self.file.verifiers]


def known_people(home: Home) -> KnownPeople:
    """Return who is known at this home. Raises StoreUnusable when the live log can't be read."""
    if not home.log("live").exists():
        return KnownPeople((), read_verifiers(home))
    with closing(open_history(home, "live")) as log:
        return known_in(home, log)


def known_in(home: Home, log: Logs) -> KnownPeople:
    """Return who is known by the live logs, which are open already."""
    return KnownPeople(people_in(_entries(log)), read_verifiers(home))


def _entries(log: Logs) -> Iterator[LoggedEntry]:
    for one in log.logs:
        kinds = (filter(None, map(decoded_or_none, one.of_kind(kind))) for kind in KINDS)
        yield from merge(*kinds, key=lambda kept: kept.seq)
