"""The computer: program, home, voice and terminal, each from the facts that are given."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from kiosk.doctor.check import State, Subject
from kiosk.doctor.machine import NEEDED_BYTES, Machine, check_home, check_program, check_terminal, check_voice
from kiosk.settings import Home, Settings

MACHINE = Machine((3, 11, 0), (3, 53, 4), "Linux", "xterm-256color", 80, 24)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty home that only this account can access."""
    tmp_path.chmod(0o700)
    return Home(tmp_path)


def home_states(home: Home) -> dict[Subject, State]:
    """Each check of the home by its subject."""
    return {check.name: check.state for check in check_home(home)}


def terminal_state(machine: Machine) -> State:
    """The state of the terminal."""
    (check,) = check_terminal(machine)
    return check.state


@pytest.mark.parametrize(
    ("machine", "program", "python"),
    [
        (MACHINE, State.GREEN, State.GREEN),
        (replace(MACHINE, python=(3, 10, 99)), State.GREEN, State.RED),
        (replace(MACHINE, foreign_packages=("db", "kiosk")), State.RED, State.GREEN),
        (replace(MACHINE, sqlite=(3, 8, 0)), State.GREEN, State.GREEN),
    ],
)
def test_only_a_foreign_package_or_an_old_python_is_red(machine: Machine, program: State, python: State) -> None:
    """3.11.0 is new enough; an old SQLite stays green."""
    states = {check.name: check.state for check in check_program(machine)}
    assert states == {Subject.PROGRAM: program, Subject.PYTHON: python, Subject.SQLITE: State.GREEN}


def test_a_home_that_does_not_exist_is_red_and_no_space_is_measured(home: Home) -> None:
    """There is no disk to measure yet, and nothing is created."""
    missing = Home(home.path / "missing")
    assert home_states(missing) == {Subject.HOME: State.RED}
    assert not missing.path.exists()


def test_the_check_of_a_home_leaves_nothing_behind(home: Home) -> None:
    """It writes a file to see whether it can."""
    assert home_states(home)[Subject.HOME] is State.GREEN
    assert list(home.path.iterdir()) == []


@pytest.mark.parametrize(("free", "state"), [(NEEDED_BYTES, State.GREEN), (NEEDED_BYTES - 1, State.RED)])
def test_a_disk_that_is_nearly_full_is_red(
    home: Home, monkeypatch: pytest.MonkeyPatch, free: int, state: State
) -> None:
    """The last byte that is needed decides."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    assert home_states(home)[Subject.SPACE] is state


@pytest.mark.skipif(os.name == "nt", reason="Windows has access lists, no permission bits")
@pytest.mark.parametrize("name", ["contacts_file", "settings_file"])
def test_a_file_that_others_can_read_is_amber(home: Home, name: str) -> None:
    """The private files of the home, not only its folder."""
    path: Path = getattr(home, name)
    path.write_text("", encoding="utf-8")
    path.chmod(0o604)
    (check,) = [check for check in check_home(home) if check.name is Subject.HOME]
    assert (check.state, str(path) in check.words) == (State.AMBER, True)


@pytest.mark.parametrize(("ready", "state"), [(True, State.GREEN), (False, State.AMBER)])
def test_the_voice_says_for_itself_whether_it_is_ready(ready: bool, state: State) -> None:
    """Its own words are shown, with a repair only when it is not."""
    (check,) = check_voice(Settings(), lambda: (ready, "Words of the voice."))
    assert (check.state, check.words, bool(check.repair)) == (state, "Words of the voice.", not ready)


@pytest.mark.parametrize(
    ("machine", "state"),
    [
        (MACHINE, State.GREEN),
        (replace(MACHINE, columns=0, lines=0), State.GREEN),
        (replace(MACHINE, columns=79), State.AMBER),
        (replace(MACHINE, lines=23), State.AMBER),
        (replace(MACHINE, terminal="unknown"), State.AMBER),
        (replace(MACHINE, terminal="unknown", system="Windows"), State.GREEN),
        (replace(MACHINE, terminal=None, columns=10), State.GREEN),
    ],
)
def test_a_terminal_too_small_or_too_simple_is_amber(machine: Machine, state: State) -> None:
    """An unknown size, or no terminal at all, is no fault."""
    assert terminal_state(machine) is state
