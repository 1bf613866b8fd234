"""The home's contacts: read, checked after a change, saved with their entry, and back."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice

from kiosk.app import bootstrap
from kiosk.desk.contact_changes import (
    RecordedContacts,
    change,
    changed_roles,
    contacts_in_log,
    recorded_contacts,
)
from kiosk.errors import KioskError, Refused, UsageError
from kiosk.log.archive import open_history
from kiosk.packs.files import read
from kiosk.packs.library import Library
from kiosk.privacy.guard import PrivateText
from kiosk.protocol.findings.collector import Finding, errors
from kiosk.protocol.model import Protocol
from kiosk.protocol.site.checked import checked_contacts
from kiosk.protocol.site.contacts import named_today, read_contacts
from kiosk.protocol.site.contacts_file import rewritten
from kiosk.protocol.site.fictional import PRACTICE_ONLY
from kiosk.protocol.site.people import Contacts
from kiosk.protocol.validation.renames import current_id
from kiosk.record.entries import Actor, Entry
from kiosk.settings import Home, read_settings
from kiosk.system.clock import Clock
from kiosk.system.files import ensure_folder, save_file


@dataclass(frozen=True, slots=True)
class HomeContacts:
    """The contacts of a home as they are now. data: their file."""

    home: Home
    data: bytes
    contacts: Contacts
    findings: tuple[Finding, ...]
    protocol: Protocol

    def title(self, role: str, language: str = "en") -> str:
        """Return the title of a role; its id if the protocol does not have it."""
        return role_title(self.protocol, role, language)


@dataclass(frozen=True, slots=True)
class ContactsPlan:
    """A change that was checked.

    after: the bytes of the new file. by_hand: the roles that somebody changed in the file itself since the log recorded
    the contacts; the entry of this change has them too.
    """

    before: HomeContacts
    contacts: Contacts
    after: bytes
    by_hand: tuple[str, ...] = ()

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles whose people change."""
        was = self.before.contacts.roles
        return tuple(role for role, people in self.contacts.roles.items() if people != was.get(role, ()))


def home_contacts(home: Home) -> HomeContacts:
    """Return the contacts in use. Raises UsageError if there are none, or they or the protocol can't be read."""
    protocol = Library(home).find(read_settings(home).protocol).protocol
    if protocol is None:
        raise UsageError("The protocol can't be read.", "Run `kiosk protocol check` to see why.")
    data, contacts, findings = contacts_in_use(home, protocol)
    return HomeContacts(home, data, contacts, findings, protocol)


def contacts_in_use(home: Home, protocol: Protocol | None) -> tuple[bytes, Contacts, tuple[Finding, ...]]:
    """Return the contacts file, the contacts with the special days, and the findings.

    Raises UsageError if there are none, or they can't be read.
    """
    if not home.contacts_file.is_file():
        raise UsageError("This kiosk has no contacts yet.", "Run `kiosk contacts import FILE` or `kiosk setup`.")
    data = read(home.contacts_file)
    contacts, findings = checked_contacts(data, str(home.contacts_file), protocol)
    if contacts is None:
        repair = "Run `kiosk contacts check` to see why."
        raise UsageError(f"{home.contacts_file} can't be read as contacts.", repair)
    special = Library(home).district(protocol)[0].special if protocol else contacts.special
    return data, replace(contacts, special=special), findings


def role_title(protocol: Protocol | None, role: str, language: str = "en") -> str:
    """Return the title of a role; its id if the protocol does not have it."""
    known = protocol.roles.get(current_id(protocol.renamed, "roles", role)) if protocol else None
    return known.title.say(language) if known else role


def planned(before: HomeContacts, to: Contacts) -> ContactsPlan:
    """Return the checked change. Raises UsageError if nothing changes, or for the first finding that is new.

    A finding that keeps a desk in PRACTICE is one too, unless the contacts have such a finding already. Raises
    StoreUnusable if the log can't be read.
    """
    if to == before.contacts:
        raise UsageError("Nothing would change.", "Give another value.")
    after = rewritten(before.data, to)
    _, findings = checked_contacts(after, str(before.home.contacts_file), before.protocol)
    known = {(one.code, one.cause) for one in before.findings}
    stops = {one.code for one in errors(findings)}
    if not any(one.code in PRACTICE_ONLY for one in before.findings):
        stops |= PRACTICE_ONLY
    for one in findings:
        if one.code in stops and (one.code, one.cause) not in known:
            raise UsageError(one.cause, one.repair)
    return ContactsPlan(before, to, after, _by_hand(before))


def _by_hand(before: HomeContacts) -> tuple[str, ...]:
    recorded = recorded_contacts(before.home)
    return () if recorded is None else changed_roles(named_today(before.contacts, before.protocol), recorded)


def save(plan: ContactsPlan, by: str, clock: Clock) -> str:
    """Save a change with its entry. Return why the log has no entry; empty if it has.

    Raises Refused if the contacts were changed meanwhile or the person may not change them, and StoreUnusable; nothing
    is changed then. A log that can't be written does not stop it, because the desk needs the right numbers; the kiosk
    records the change when it opens again.
    """
    home = plan.before.home
    if read(home.contacts_file) != plan.before.data:
        raise Refused("The contacts were changed meanwhile. Nothing was saved.", "Look at them, and try again.")
    recorded = recorded_contacts(home)  # before anything is saved, because it fails when the log can't be read
    store(home, plan.after)
    try:
        return enter_change(home, recorded, by, clock)
    except KioskError:
        save_file(home.contacts_file, plan.before.data)
        raise


def store(home: Home, data: bytes) -> None:
    """Save a file as the home's contacts; the one before stays for `undone`. Raises StoreUnusable, UsageError."""
    ensure_folder(home.path)
    if home.contacts_file.is_file() and (before := read(home.contacts_file)) != data:
        save_file(home.previous_contacts_file, before)
    save_file(home.contacts_file, data)


def enter_change(home: Home, recorded: RecordedContacts | None, by: str, clock: Clock) -> str:
    """Record which roles have other people now. Return why it could not be recorded; empty if it was.

    recorded: the contacts that the log had before; None for a kiosk without them, which records its contacts when it
    opens. Raises Refused and PrivateText if the person may not enter it.
    """
    library = Library(home)
    contacts = library.contacts(library.find(read_settings(home).protocol))[0]
    entry = change(contacts, recorded, Actor.COMMAND) if contacts is not None and recorded is not None else None
    if entry is None:
        return ""
    try:
        bootstrap.enter(home, "live", clock, by_person(entry, by))
    except (Refused, PrivateText):
        raise
    except KioskError as error:
        return error.what
    return ""


def by_person(entry: Entry, by: str) -> Entry:
    """Return the entry with the name of the person who did it; unchanged without a name."""
    return replace(entry, body={**entry.body, "by": by}) if by else entry


def undone(before: HomeContacts) -> ContactsPlan:
    """Return the change back to the contacts before the newest change.

    The previous file counts only if it is what the log recorded before. Raises Refused if there is none.
    """
    home = before.home
    file = home.previous_contacts_file
    data = read(file) if file.is_file() else b""
    contacts = read_contacts(data, str(file)).contacts
    if contacts is None:
        raise Refused("No previous contacts are kept here.", "Change each person, or import a file.")
    _require_recorded(home, before.contacts, contacts, before.protocol)
    return ContactsPlan(before, replace(contacts, special=before.contacts.special), data)


def _require_recorded(home: Home, now: Contacts, previous: Contacts, protocol: Protocol) -> None:
    if not home.log("live").exists():
        return
    with closing(open_history(home, "live")) as log:
        newest = [*islice(contacts_in_log(log), 2)]
    if newest and changed_roles(named_today(now, protocol), newest[0]):
        raise Refused(
            "The contacts were changed since the log recorded them, and not with a command.",
            "Compare the numbers, and change each person, or import a file.",
        )
    if newest and (len(newest) < 2 or changed_roles(named_today(previous, protocol), newest[1])):
        raise Refused(
            "The previous contacts kept here are not those that the log recorded before.",
            "Change each person, or import a file.",
        )
