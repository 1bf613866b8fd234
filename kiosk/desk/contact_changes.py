"""Changes to the contacts, as entries of the log: an attacker's number in the file must not go unnoticed.

An entry has a hash of each role's people, so the log shows which roles changed without any name or number.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Final

from kiosk.i18n.strings import Sentence
from kiosk.log.archive import open_history
from kiosk.protocol.site.people import Contacts
from kiosk.record.canonical import Json, canonical
from kiosk.record.entries import Actor, Entry, decoded_or_none
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.pack_entries import Recent, installed_bundle
from kiosk.settings import Home
from kiosk.system.clock import Instant

SHOWN: Final = timedelta(days=7)
"""Time for which the home screen shows a change."""

SLOTS: Final = "slots"
"""The name under which the school's own words are compared; no role has it, because it is a word of the file."""


@dataclass(frozen=True, slots=True)
class RecordedContacts:
    """The contacts as the log recorded them last.

    at: when. hashes: of the people of each role.
    changed: the roles that differed from before; empty at first.
    """

    at: Instant
    hashes: Mapping[str, str]
    changed: tuple[str, ...]


def hashes_of(contacts: Contacts) -> dict[str, str]:
    """Return the hash of the people of each role, and of the school's own words."""
    parts = {role: canonical([asdict(person) for person in people]) for role, people in contacts.roles.items()}
    parts[SLOTS] = canonical(dict(contacts.slots))
    return {role: hashlib.sha256(words.encode()).hexdigest() for role, words in sorted(parts.items())}


def changed_roles(contacts: Contacts, recorded: RecordedContacts) -> tuple[str, ...]:
    """Return the roles whose people differ from the recorded ones, in alphabetical order."""
    now = hashes_of(contacts)
    return tuple(sorted(role for role in now.keys() | recorded.hashes if now.get(role) != recorded.hashes.get(role)))


def change(contacts: Contacts, recorded: RecordedContacts | None, actor: Actor) -> Entry | None:
    """Return the entry about the contacts if they differ from the recorded ones; with no changed roles at first."""
    changed = () if recorded is None else changed_roles(contacts, recorded)
    if recorded is not None and not changed:
        return None
    hashes = hashes_of(contacts)
    whole = hashlib.sha256(canonical(dict(hashes)).encode()).hexdigest()
    body: dict[str, Json] = {"content_hash": whole, "changed": list(changed), "roles": dict(hashes)}
    return Entry(EntryKind.CONTACTS_CHANGED, body, actor=actor)


def recorded_contacts(home: Home, log: Recent | None = None) -> RecordedContacts | None:
    """Return the contacts as the live logs have them last; None for none. Raises StoreUnusable.

    log: the open live log; the previous ones are read only if it has no contacts.
    """
    found = next(contacts_in_log(log), None) if log is not None else None
    if found is not None or not home.log("live").exists():
        return found
    with closing(open_history(home, "live")) as logs:
        return next(contacts_in_log(logs), None)


def contacts_in_log(log: Recent) -> Iterator[RecordedContacts]:
    """Yield the contacts as a log recorded them, newest first."""
    for kept in filter(None, map(decoded_or_none, log.newest(EntryKind.CONTACTS_CHANGED))):
        yield _recorded(kept.at, kept.body)


def _recorded(at: Instant, body: Mapping[str, object]) -> RecordedContacts:
    roles, changed = body.get("roles"), body.get("changed")
    hashes = {str(role): str(one) for role, one in roles.items()} if isinstance(roles, Mapping) else {}
    return RecordedContacts(at, hashes, tuple(map(str, changed)) if isinstance(changed, list | tuple) else ())


def are_of_bundle(home: Home, log: Recent) -> bool:
    """Check that the contacts file is the one that the district's office signed last, byte by byte."""
    bundle = installed_bundle(log)
    try:
        return bundle is not None and hashlib.sha256(home.contacts_file.read_bytes()).hexdigest() == bundle.contacts
    except OSError:
        return False


def warnings(contacts: Contacts, recorded: RecordedContacts | None, now: Instant) -> Iterator[str]:
    """Yield the line of the home screen about contacts that differ from the recorded ones, or did a few days ago."""
    if recorded is None:
        return
    new = changed_roles(contacts, recorded)
    if new:
        yield _warning(now, new)
    elif recorded.changed and now.local() - recorded.at.local() <= SHOWN:
        yield _warning(recorded.at, recorded.changed)


def _warning(at: Instant, roles: Iterable[str]) -> str:
    return Sentence.of("contacts.changed", day=f"{at.local():%Y-%m-%d}", roles=", ".join(roles))
