"""People with passphrases, for tests: cheap parameters, files with passphrases, a home with people."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from argon2 import Parameters
from argon2.low_level import ARGON2_VERSION, Type

from kiosk.app.bootstrap import append_entry
from kiosk.log.people.verifier_file import save_verifiers
from kiosk.record.people import verifiers
from kiosk.record.people.people import Person, added
from kiosk.record.people.verifiers import hash_of, new_verifier
from kiosk.settings import Home
from kiosk.system.clock import Clock, FixedClock
from tests.homes import encounter, made_once
from tests.typed import Told, Typed

DANA: Final = "Dana Sample"
REESE: Final = "Reese Example"
KIM: Final = "Kim Auditor"
PASSPHRASE: Final = "four plain fictional words of {}"  # noqa: S105 - of made-up people
_CHEAP: Final = Parameters(
    type=Type.ID,
    version=ARGON2_VERSION,
    salt_len=16,
    hash_len=32,
    time_cost=1,
    memory_cost=8,
    parallelism=1,
)


def cheap_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """New verifiers cost nothing; one test pays for the real ones."""
    monkeypatch.setattr(verifiers, "parameters", lambda: _CHEAP)


def passphrase_of(name: str) -> str:
    """The passphrase of a person."""
    return PASSPHRASE.format(name)


def passphrase_file(home: Home, name: str, words: str = "") -> str:
    """A file with a person's passphrase, or with these words."""
    path: Path = home.path.parent / f"{name}.txt"
    path.write_text(f"{words or passphrase_of(name)}\n", encoding="utf-8")
    return str(path)


def as_person(home: Home, name: str) -> tuple[str, ...]:
    """The options with which a person runs a command."""
    return "--by", name, "--passphrase-file", passphrase_file(home, name)


def add(typed: Typed, name: str, role: str, *, by: str = "") -> Told:
    """Add a person; the first one without `by`."""
    new = "--new-passphrase-file", passphrase_file(typed.home, name)
    return typed("people", "add", name, "--role", role, *new, *(as_person(typed.home, by) if by else ()))


def with_people(typed: Typed) -> None:
    """Set up an administrator, a records officer and an auditor."""
    for name, role, by in ((DANA, "administrator", ""), (REESE, "records-officer", DANA), (KIM, "auditor", DANA)):
        told = add(typed, name, role, by=by)
        assert told.code == 0, told


def set_up_people(home: Home, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set up an administrator and an auditor in the live log, without a command."""
    cheap_passphrases(monkeypatch)
    found = {name: new_verifier(passphrase_of(name)) for name in (DANA, KIM)}
    save_verifiers(home, found.values())
    for (name, verifier), role in zip(found.items(), ("administrator", "auditor"), strict=True):
        append_entry(home, "live", clock, added(Person(name, role, hash_of(verifier)), by=DANA))


def with_a_record_and_people(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same after one record, made once and then copied."""
    cheap_passphrases(monkeypatch)

    def make() -> None:
        encounter(home)
        set_up_people(home, FixedClock(), monkeypatch)

    made_once(home, "a record and people", make)
