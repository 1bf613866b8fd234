"""Logging in: each success and failure is an entry, and failures delay only this log-in."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import Any

import pytest

from kiosk.app.bootstrap import append_entry
from kiosk.errors import Refused
from kiosk.log.archive import open_history
from kiosk.log.people.log_in import MustWait, WrongPassphrase, failures, log_in, seconds_left
from kiosk.log.people.verifier_file import save_verifiers
from kiosk.record.entries import decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.people.people import Person
from kiosk.record.people.verifiers import new_verifier
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.homes import made_once, replaced
from tests.record.people.staff import DANA, KIM, cheap_passphrases, passphrase_of, set_up_people

LOG_INS = (EntryKind.LOGIN_SUCCEEDED, EntryKind.LOGIN_FAILED)


@pytest.fixture
def clock() -> FixedClock:
    """The clock of the log and of the log-in."""
    return FixedClock()


@pytest.fixture
def home(home: Home, monkeypatch: pytest.MonkeyPatch, clock: FixedClock) -> Home:
    """A home with an administrator and an auditor."""
    cheap_passphrases(monkeypatch)
    made_once(home, "an administrator and an auditor", lambda: set_up_people(home, clock, monkeypatch))
    return home


def tried(home: Home, clock: FixedClock, name: str = DANA, passphrase: str = "") -> Person:
    """Log in, with the right passphrase unless another is given."""
    enter = partial(append_entry, home, "live", clock)
    return log_in(home, clock, enter, name, passphrase or passphrase_of(name), "log list")


def entries(home: Home) -> list[tuple[str, dict[str, Any]]]:
    """The log-ins in the log, oldest first."""
    with closing(open_history(home, "live")) as log:
        return [(kept.kind, dict(kept.body)) for kept in map(decode, log.entries()) if kept.kind in LOG_INS]


def wrong(home: Home, clock: FixedClock, name: str = DANA) -> None:
    """Type a wrong passphrase."""
    with pytest.raises(WrongPassphrase):
        tried(home, clock, name, "not the passphrase of anybody")


def test_a_log_in_is_an_entry_with_its_person(home: Home, clock: FixedClock) -> None:
    """With the role at that time, and the command."""
    assert tried(home, clock, "dana  sample", passphrase_of(DANA)).name == DANA
    body = {"name": DANA, "role": "administrator", "where": "log list"}
    assert entries(home) == [(EntryKind.LOGIN_SUCCEEDED, body)]


def test_a_failure_is_an_entry_with_its_person_and_nothing_typed(home: Home, clock: FixedClock) -> None:
    """Neither the passphrase nor its length."""
    wrong(home, clock)
    assert entries(home) == [(EntryKind.LOGIN_FAILED, {"name": DANA, "where": "log list"})]


def test_an_unknown_name_is_kept_nowhere(home: Home, clock: FixedClock) -> None:
    """It may be a passphrase, typed in the wrong place."""
    with pytest.raises(Refused):
        tried(home, clock, passphrase_of(DANA), "anything at all")
    assert entries(home) == []


def test_ten_wrong_passphrases_are_ten_entries_and_each_waits_longer(home: Home, clock: FixedClock) -> None:
    """During a wait the right one is refused too, without an entry; after it, it is taken."""
    waits = []
    for _ in range(10):
        wrong(home, clock)
        with closing(open_history(home, "live")) as log:
            waits.append(seconds_left(log, DANA, clock.now()))
        if waits[-1]:
            with pytest.raises(MustWait) as refused:
                tried(home, clock)
            assert refused.value.slots == {"n": waits[-1]}
            clock.advance(waits[-1])
    assert waits == [0, 0, 2, 4, 8, 16, 32, 64, 128, 256]
    assert entries(home) == [(EntryKind.LOGIN_FAILED, {"name": DANA, "where": "log list"})] * 10
    assert tried(home, clock).name == DANA


def test_the_wait_is_of_one_person_alone(home: Home, clock: FixedClock) -> None:
    """Others log in meanwhile."""
    for _ in range(3):
        wrong(home, clock)
    with pytest.raises(MustWait):
        tried(home, clock)
    assert tried(home, clock, KIM).name == KIM


def test_a_success_ends_the_count(home: Home, clock: FixedClock) -> None:
    """The next two failures are free again."""
    for _ in range(3):
        wrong(home, clock)
    clock.advance(2)
    tried(home, clock)
    for _ in range(2):
        wrong(home, clock)
    assert tried(home, clock).name == DANA


def test_failures_count_across_a_replaced_log(home: Home, clock: FixedClock) -> None:
    """A new log forgets neither people nor failures."""
    for _ in range(3):
        wrong(home, clock)
    replaced(home)
    with closing(open_history(home, "live")) as log:
        assert len(failures(log, DANA)) == 3


def test_an_exchanged_verifier_is_refused_before_it_is_tried(home: Home, clock: FixedClock) -> None:
    """Whatever fits it."""
    save_verifiers(home, [new_verifier("a passphrase of an intruder")])
    with pytest.raises(Refused):
        tried(home, clock, DANA, "a passphrase of an intruder")
    assert entries(home) == []
