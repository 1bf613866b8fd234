"""The result of one check: the worst of several, its exit code, and the red result of an error."""

from __future__ import annotations

import errno

import pytest

from kiosk.doctor.check import Check, State, Subject, red, worst
from kiosk.errors import StoreUnusable


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([State.GREEN, State.GREEN], State.GREEN),
        ([State.GREEN, State.AMBER, State.GREEN], State.AMBER),
        ([State.RED, State.AMBER, State.GREEN], State.RED),
        ([State.AMBER, State.GREEN, State.RED], State.RED),
    ],
)
def test_one_bad_check_decides_the_whole(states: list[State], expected: State) -> None:
    """In any order, and not by the alphabet, in which amber comes first."""
    assert worst([Check(Subject.HOME, state, "") for state in states]) is expected


@pytest.mark.parametrize(("state", "code"), [(State.GREEN, 0), (State.AMBER, 1), (State.RED, 2)])
def test_each_state_has_its_exit_code(state: State, code: int) -> None:
    """Scripts rely on the number."""
    assert state.exit_code == code


def test_an_error_of_the_kiosk_keeps_its_own_words_and_repair() -> None:
    """Nothing is added to them."""
    assert red(Subject.LOG, StoreUnusable("What.", "Repair.")) == Check(Subject.LOG, State.RED, "What.", "Repair.")


def test_an_error_of_the_system_is_red_with_its_reason() -> None:
    """It has a repair too."""
    check = red(Subject.HOME, OSError(errno.EACCES, "Permission denied"))
    assert (check.name, check.state) == (Subject.HOME, State.RED)
    assert "permission denied" in check.words
    assert check.repair


def test_an_error_of_the_system_may_have_no_reason() -> None:
    """Some have no text of their own."""
    assert red(Subject.HOME, OSError()).state is State.RED
