"""The check of the people: calm while nobody is set up, red for passphrases that are not the recorded ones."""

from __future__ import annotations

import pytest

from kiosk.app.bootstrap import append_entry
from kiosk.doctor.check import State
from kiosk.doctor.people import check_people
from kiosk.errors import ReplaceReason
from kiosk.log.people.known import known_people
from kiosk.log.people.verifier_file import read_verifiers, save_verifiers
from kiosk.log.replace import replace_log
from kiosk.record.people import logins
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.homes import encounter
from tests.record.people.staff import DANA, set_up_people


@pytest.fixture
def staffed(home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home with an administrator and an auditor."""
    set_up_people(home, FixedClock(), monkeypatch)
    return home


def states(home: Home) -> list[State]:
    """The results."""
    return [check.state for check in check_people(home)]


def test_nobody_is_one_calm_line(home: Home) -> None:
    """Without a log there is none."""
    assert states(home) == []
    encounter(home)
    assert states(home) == [State.GREEN]


def test_people_are_counted_by_their_roles(staffed: Home) -> None:
    """Without their names."""
    (check,) = check_people(staffed)
    assert (check.state, DANA in check.words) == (State.GREEN, False)


def test_passphrases_that_are_not_the_recorded_ones_are_red(staffed: Home) -> None:
    """A changed file, a lost one, and a file of a log that lost its people; one too many counts for nothing."""
    found = [*read_verifiers(staffed).verifiers.values()]
    save_verifiers(staffed, [*found, "another"])
    assert states(staffed) == [State.AMBER]
    for changed in ([found[0]], [], ["another", found[1]]):
        save_verifiers(staffed, changed)
        assert states(staffed) == [State.RED]
    save_verifiers(staffed, found)
    staffed.log("live").unlink()
    replace_log(staffed, "live", FixedClock(), ReplaceReason.GONE, by="desk")
    assert states(staffed) == [State.RED]


def test_wrong_passphrases_are_amber_until_the_right_one(staffed: Home) -> None:
    """Two are free, as at the log-in."""
    clock, person = FixedClock(), known_people(staffed).people[0]
    for expected in ([State.GREEN], [State.GREEN], [State.GREEN, State.AMBER]):
        append_entry(staffed, "live", clock, logins.failed(person, "log list"))
        assert states(staffed) == expected
    append_entry(staffed, "live", clock, logins.succeeded(person, "log list"))
    assert states(staffed) == [State.GREEN]
