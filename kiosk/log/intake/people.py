"""The rules for entries about people and their acts, applied by the program that writes them.

So a command of a changed program, or two at once, can't add itself, and a guess counts only after its wait.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import Final

from kiosk.errors import Refused
from kiosk.log.archive import open_history
from kiosk.log.people.known import KnownPeople, known_people
from kiosk.log.people.log_in import MustWait, seconds_left
from kiosk.log.recorded_keys import key_of_home
from kiosk.record.entries import Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.people.people import KINDS, MOST, Person, alike, is_last_administrator
from kiosk.record.people.roles import Right, Role, roles_with
from kiosk.settings import Home, Mode
from kiosk.system.clock import SystemClock

RIGHTS: Final[Mapping[EntryKind, Right]] = {
    EntryKind.AMENDMENT_ADDED: Right.AMEND,
    EntryKind.CALL_MADE: Right.AMEND,
    EntryKind.ENCOUNTER_CLOSED: Right.AMEND,
    EntryKind.DUTY_ASSIGNED: Right.DUTIES,
    EntryKind.DUTY_DONE: Right.DUTIES,
    EntryKind.DUTY_EXCEPTED: Right.DUTIES,
    EntryKind.DISCLOSURE_REVIEWED: Right.REVIEW,
    EntryKind.RECORD_ASSESSED: Right.REVIEW,
    EntryKind.REQUEST_RECEIVED: Right.REQUESTS,
    EntryKind.REQUEST_GIVEN: Right.REQUESTS,
    EntryKind.REQUEST_EXTENDED: Right.REQUESTS,
    EntryKind.REQUEST_CLOSED: Right.REQUESTS,
    EntryKind.MESSAGE_APPROVED: Right.PRESENCE,
    EntryKind.PRESENCE_REPORTED: Right.PRESENCE,
    EntryKind.PRESENCE_CONFIRMED: Right.PRESENCE,
    EntryKind.PRESENCE_REFUTED: Right.PRESENCE,
    EntryKind.PRESENCE_NOTIFIED: Right.PRESENCE,
    EntryKind.PRESENCE_CLEARED: Right.PRESENCE,
    EntryKind.HOLD_PLACED: Right.HOLD,
    EntryKind.HOLD_RELEASED: Right.HOLD,
    EntryKind.RETENTION_SET: Right.RETENTION,
    EntryKind.AUTHORIZATION_REFUSED: Right.DESTROY,
    EntryKind.DESTRUCTION_REFUSED: Right.DESTROY,
    EntryKind.EXPORT_MADE: Right.EXPORT,
    EntryKind.BACKUP_MADE: Right.BACKUP,
    EntryKind.CHECKPOINT_ISSUED: Right.VERIFY,
    EntryKind.LOG_ACKNOWLEDGED: Right.RESTORE,
    EntryKind.CONTACTS_CHANGED: Right.CONTACTS,
    EntryKind.CONTACT_TESTED: Right.CONTACTS,
    EntryKind.CALENDAR_CHANGED: Right.CONTACTS,
    EntryKind.RECORD_VIEWED: Right.LOOK,
}
"""The right of the person named in `by`, and in `second`, once anybody is set up."""

_LOG_INS: Final = frozenset({EntryKind.LOGIN_SUCCEEDED, EntryKind.LOGIN_FAILED, EntryKind.LOGIN_ENDED})
_OF_LIVE: Final = _LOG_INS | {*KINDS, EntryKind.RECORD_VIEWED}


def require_people(home: Home, mode: Mode, entries: Sequence[Entry]) -> None:
    """Check the people in these entries. Raises Refused, StoreUnusable.

    PRACTICE has no people: it has no real record, and others see what is typed in a training.
    """
    if mode != "live":
        if any(entry.kind in _OF_LIVE for entry in entries):
            raise Refused("PRACTICE has no people.", "Leave out --practice.")
        return
    if not any(entry.kind in _OF_LIVE or entry.kind in RIGHTS for entry in entries):
        return
    known = known_people(home)
    for entry in entries:
        if entry.kind in KINDS:
            _require_change(home, known, entry)
        elif entry.kind in _LOG_INS:
            _require_log_in(home, known, entry)
        elif entry.kind in RIGHTS and known.people:
            for name in (entry.body.get("by"), *([entry.body["second"]] if "second" in entry.body else [])):
                require_right(_exactly(known, name), RIGHTS[entry.kind])


def require_right(person: Person, right: Right) -> None:
    """Raise Refused unless the person has the right."""
    if not person.may(right):
        roles = " or ".join(role.words for role in roles_with(right))
        what = f"{person.name} is set up here as {person.role_words}, and may not {right.words}."
        raise Refused(what, f"Ask the {roles}.")


def _exactly(known: KnownPeople, name: object) -> Person:
    person = next((one for one in known.people if one.name == name), None)
    if person is None:
        raise Refused("The entry names nobody who is set up here.", "Log in with --by.")
    return person


def _require_log_in(home: Home, known: KnownPeople, entry: Entry) -> None:
    person = _exactly(known, entry.body.get("name"))
    if entry.kind is EntryKind.LOGIN_SUCCEEDED:
        with closing(open_history(home, "live")) as log:
            wait = seconds_left(log, person.name, SystemClock().now())
        if wait:  # wrong guesses came in meanwhile
            raise MustWait(person, wait)


def _require_change(home: Home, known: KnownPeople, entry: Entry) -> None:
    name, role = str(entry.body.get("name", "")), str(entry.body.get("role", ""))
    match entry.kind:
        case EntryKind.PERSON_ADDED:
            require_new(known, name, role)
        case EntryKind.PERSON_CHANGED:
            person = _exactly(known, name)
            require_change(known, person, role)
        case EntryKind.PEOPLE_RESET:
            _require_key(home, entry)
            return
        case _:
            _exactly(known, name)
            require_removable(known, name)
    if known.people and not (entry.kind is EntryKind.PERSON_CHANGED and _is_own(known, entry)):
        require_right(_exactly(known, entry.body.get("by")), Right.PEOPLE)


def _is_own(known: KnownPeople, entry: Entry) -> bool:
    """Check whether a person changed nothing but their own passphrase."""
    person = _exactly(known, entry.body.get("name"))
    return entry.body.get("by") == person.name and entry.body.get("role") == person.role


def require_new(known: KnownPeople, name: str, role: str) -> None:
    """Raise Refused unless a person with this name and role can be added."""
    if not known.people and role != Role.ADMINISTRATOR:
        raise Refused("Nobody is set up here yet.", "Add an administrator first: --role administrator.")
    if (other := alike(known.people, name)) is not None:
        what = f"{name} could be {other.name}, who is set up here already."
        raise Refused(what, "Add a middle name that tells them from each other, or use `kiosk people change`.")
    if len(known.people) >= MOST:
        raise Refused(f"At most {MOST} people can be set up.", "Remove one who has left: `kiosk people remove`.")


def require_change(known: KnownPeople, person: Person, role: str) -> None:
    """Raise Refused if nobody could change people any more."""
    if role != Role.ADMINISTRATOR and is_last_administrator(known.people, person.name):
        raise Refused(f"{person.name} is the only administrator.", "Add another administrator first.")


def require_removable(known: KnownPeople, name: str) -> None:
    """Raise Refused for the only administrator while others are set up."""
    if len(known.people) > 1 and is_last_administrator(known.people, name):
        raise Refused(f"{name} is the only administrator.", "Add another one first, or remove the others first.")


def _require_key(home: Home, entry: Entry) -> None:
    recorded = key_of_home(home)
    if not recorded or entry.body.get("key") != recorded:
        raise Refused("Only the superintendent's key in the log removes everybody.", "Use `kiosk people reset`.")
