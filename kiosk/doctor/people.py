"""Check of the people: who is set up, and whether the passphrases in the home are the recorded ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from typing import Final

from kiosk.doctor.check import Check, State, Subject
from kiosk.log.archive import open_history
from kiosk.log.people.known import KnownPeople, known_people
from kiosk.log.people.log_in import failures
from kiosk.log.people.verifier_file import verifier_file
from kiosk.record.people.logins import FREE
from kiosk.record.people.roles import Role
from kiosk.settings import Home
from kiosk.worded import many

_RESET: Final = "If no administrator can log in: `kiosk people reset`, with the superintendent's key."


def check_people(home: Home) -> Iterator[Check]:
    """Check the people of the live log against the file of verifiers. Raises StoreUnusable."""
    if not home.log("live").exists():
        return
    known = known_people(home)
    if not known.set_up:
        words = "Nobody is set up: everyone with this account may read the records. `kiosk people add` changes that."
        yield Check(Subject.PEOPLE, State.GREEN, words)
        return
    yield _check(home, known)
    yield from _check_failures(home, known)


def _check(home: Home, known: KnownPeople) -> Check:
    path = verifier_file(home)
    if known.missing:
        names = ", ".join(person.name for person in known.missing)
        words = f"Someone changed {path}. The passphrase of {names} there is not the recorded one; it is refused."
        repair = f"An administrator enters a new passphrase: `kiosk people change`. {_RESET}"
        return Check(Subject.PEOPLE, State.RED, words, repair)
    if not known.people:
        words = f"{path} has passphrases, but the log knows nobody: it may have lost its entries. Nobody can log in."
        return Check(Subject.PEOPLE, State.RED, words, f"Read `kiosk doctor` about the log first. {_RESET}")
    if known.unknown:
        words = f"{path} has {many(known.unknown, 'passphrase')} that the log does not know. It counts for nothing."
        repair = "If nobody was adding a person just now, tell the office. `kiosk people change` removes it."
        return Check(Subject.PEOPLE, State.AMBER, words, repair)
    roles = Counter(person.role for person in known.people)
    counted = ", ".join(many(count, Role.words_for(role)) for role, count in roles.items())
    return Check(Subject.PEOPLE, State.GREEN, f"Set up: {counted}.")


def _check_failures(home: Home, known: KnownPeople) -> Iterator[Check]:
    with closing(open_history(home, "live")) as log:
        tried = {person.name: len(failures(log, person.name)) for person in known.people}
    often = [name for name, count in tried.items() if count > FREE]
    if often:
        words = f"Wrong passphrases were typed for {', '.join(often)}, and no right one since."
        yield Check(Subject.PEOPLE, State.AMBER, words, "Ask that person. `kiosk log audit` shows when.")
