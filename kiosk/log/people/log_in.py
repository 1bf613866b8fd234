"""Logging in: the wait, the passphrase, and the entry about it. The same for commands and for the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import islice, takewhile
from typing import Protocol

from kiosk.errors import Refused
from kiosk.log.archive import open_history
from kiosk.log.people.known import KnownPeople, known_in, known_people
from kiosk.log.people.verifier_file import verifier_file
from kiosk.record.entries import EncodedEntry, Entry, LoggedEntry, decoded_or_none
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.people import logins
from kiosk.record.people.people import Person
from kiosk.record.people.verifiers import fits
from kiosk.settings import Home
from kiosk.system.clock import Clock, Instant
from kiosk.worded import many

Enter = Callable[[Entry], object]
"""Records an entry in the live log; raises KioskError."""


class _Log(Protocol):
    def newest(self, kind: EntryKind | None = None) -> Iterable[EncodedEntry]: ...


class Logs(Protocol):
    """A log, or several that are read as one."""

    @property
    def logs(self) -> Sequence[_Log]:
        """The single logs, oldest first."""


class WrongPassphrase(Refused):
    """The passphrase is not the person's."""

    def __init__(self, wait: int) -> None:
        repair = f"Wait {many(wait, 'second')} before you try again." if wait else "Type it again."
        text_id = "people.wrong.wait" if wait else "people.wrong"
        super().__init__("The passphrase is wrong.", repair, text_id, n=wait)


class MustWait(Refused):
    """The wait after wrong passphrases is not over."""

    def __init__(self, person: Person, wait: int) -> None:
        what = f"Wrong passphrases were typed for {person.name}; wait {many(wait, 'second')}."
        super().__init__(what, "Only this log-in waits; the desk works.", "people.wait", n=wait)


def seconds_left(log: Logs, name: str, now: Instant) -> int:
    """Return the seconds until somebody may try to log in with this name."""
    return logins.seconds_left(failures(log, name), now)


def failures(log: Logs, name: str) -> list[Instant]:
    """Return the times of the failures since this person's last success, newest first; at most those that matter."""
    return [kept.at for kept in islice(_failures(log, name), logins.MOST)]


def _failures(log: Logs, name: str) -> Iterator[LoggedEntry]:
    for one in reversed(log.logs):
        success = next((kept.seq for kept in _of(one, EntryKind.LOGIN_SUCCEEDED) if _is_of(kept, name)), -1)
        later = takewhile(lambda kept: kept.seq > success, _of(one, EntryKind.LOGIN_FAILED))  # noqa: B023 - read here
        yield from (kept for kept in later if _is_of(kept, name))
        if success >= 0:
            return


def _of(log: _Log, kind: EntryKind) -> Iterator[LoggedEntry]:
    return filter(None, map(decoded_or_none, log.newest(kind)))


def _is_of(kept: LoggedEntry, name: str) -> bool:
    return kept.body.get("name") == name


def log_in(home: Home, clock: Clock, enter: Enter, name: str, passphrase: str, where: str) -> Person:
    """Log a person in; return the person once the entry is durable. Slow: not for the desk's or the screen's thread.

    where: the command, or the screen. Raises Refused for an unknown name, a wrong passphrase, which is an entry, and
    during a wait; StoreUnusable when the log can't be read, and as `enter`.
    """
    with closing(open_history(home, "live")) as log:
        known = known_in(home, log)
        person = require_person(known, name)
        verifier = require_verifier(home, known, person)
        tried = failures(log, person.name)
    if wait := logins.seconds_left(tried, clock.now()):
        raise MustWait(person, wait)
    if not fits(passphrase, verifier):
        enter(logins.failed(person, where))
        raise WrongPassphrase(logins.wait_s(len(tried) + 1))
    enter(logins.succeeded(person, where))
    return person


def require_person(known: KnownPeople, name: str) -> Person:
    """Return the person with this name. Raises Refused; the name is kept nowhere, because it may be a passphrase."""
    person = known.named(name)
    if person is None and known.people:
        raise Refused("Nobody with that name is set up here.", "Give your full name, as an administrator entered it.")
    if person is None:
        what = "There are passphrases in the home folder, but the log knows nobody: it may have lost its entries."
        raise Refused(what, "Call the Superintendent's Office: `kiosk people reset`.")
    return person


def require_nobody(home: Home) -> None:
    """Raise Refused if people are set up at the home: what was opened before that must be opened again by a log-in."""
    if known_people(home).set_up:
        raise Refused("People were set up here meanwhile.", "Leave the records, and log in.", "people.log-in")


def require_verifier(home: Home, known: KnownPeople, person: Person) -> str:
    """Return the person's verifier. Raises Refused unless the home has the recorded one."""
    verifier = known.verifier_of(person)
    if verifier is None:
        what = f"The passphrase of {person.name} in {verifier_file(home)} is not the recorded one. It is refused."
        repair = "An administrator enters a new one: `kiosk people change`. If none can log in: `kiosk people reset`."
        raise Refused(what, repair, "people.refused", name=person.name)
    return verifier
