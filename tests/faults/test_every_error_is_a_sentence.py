"""Every class of error reaches the person as one calm sentence with a repair, and the desk continues if it can.

Each is produced in a home of its own and met three times: by a command, at the desk's screen, and by the daily check.
`troubles.py` lists the errors.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from kiosk.app.start import first_services
from kiosk.errors import KioskError
from kiosk.screens.app import KioskApp
from kiosk.screens.pages.error import TroubleScreen
from kiosk.settings import Home, read_settings
from kiosk.system.clock import SystemClock
from tests.faults import harms
from tests.faults.troubles import TROUBLES, Problem
from tests.homes import a_home, encounter
from tests.screens.acting import Actor, a_stand
from tests.typed import Typed, set_up

NUMBER: Final = "890-555-0242"
PATIENCE: Final = 100
"""How many times the desk may have to be waited for, on a busy machine."""

FIRST_STEP: Final = "How did they come?"


@pytest.fixture
def ready(tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]) -> Home:
    """A home that runs live and holds one closed encounter, made once. Copy it, don't use it."""
    folder = tmp_path_factory.getbasetemp() / "ready"
    if folder.exists():
        return Home(folder / "home")
    folder.mkdir()
    home = a_home(folder)
    typed = Typed(home, capsys)
    set_up(typed, home)
    assert typed("setup", "--speech", "off").code == 0
    encounter(home)
    return home


@pytest.fixture(params=sorted(TROUBLES))
def trouble(request: pytest.FixtureRequest) -> Problem:
    """Each of them."""
    return TROUBLES[str(request.param)]


@pytest.fixture
def home(ready: Home, tmp_path: Path, trouble: Problem) -> Iterator[Home]:
    """The home, harmed."""
    home = Home(tmp_path / "home")
    shutil.copytree(ready.path, home.path)
    with ExitStack() as stack:
        trouble.harm(home, stack)
        yield home


def test_a_command_says_it_in_one_sentence(
    trouble: Problem, home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The exit code of the contract; place, cause and repair in whole sentences; no traceback."""
    words = [word.format(folder=tmp_path, home=home.path) for word in trouble.command]
    told = Typed(home, capsys)(*words)
    assert told.code == trouble.code, told
    for says in trouble.says:
        assert says in told.out + told.err, told
    if trouble.code > 1 and trouble.command != ("doctor",):
        assert told.out == "", told
        assert calm(told.err.splitlines()[-1]), told


def _unspaced(words: str) -> str:
    return "".join(words.split())


async def test_the_desk_says_it_and_goes_on_wherever_it_can(trouble: Problem, home: Home) -> None:
    """With what happened, what to do and whom to call; Enter leads to a step, unless nothing can be kept."""
    if trouble.desk == "is left":
        await _left(trouble, home)
        return
    async with _at_desk(home) as actor:
        for words in trouble.shows:  # a line may end anywhere in a path
            assert _unspaced(words) in _unspaced(actor.text), actor.text
        told = isinstance(actor.app.screen, TroubleScreen)
        assert told == (trouble.desk not in {"goes on", "is left"}), actor.text
        assert "F9 New log" in actor.text or trouble.desk != "offers a new log", actor.text
        if told:
            assert NUMBER in actor.text
            await actor.press("enter")
        if trouble.desk in {"stops", "offers a new log"}:
            assert isinstance(actor.app.screen, TroubleScreen), "it went on although nothing can be kept"
            if trouble.desk == "stops":
                return
            await actor.press("f9")
            await _opened(actor)
        await actor.press("enter")
        assert actor.app.running is not None, actor.text
        assert not actor.app.running.closed


def test_the_morning_check_is_red_where_the_desk_would_stop(
    trouble: Problem, home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    """The daily check finds each error before a visitor could meet it; a running kiosk is not an error."""
    told = Typed(home, capsys)("doctor", "--json")
    red = {check["name"]: check for check in told.json["checks"] if check["state"] == "red"}
    assert all(check["words"] and check["repair"] for check in red.values())
    if trouble.desk in {"stops", "offers a new log", "is left"} and "Another program is using" not in trouble.shows:
        assert told.code == 2, told.json
        assert red.keys() & {"log", "log-key", "log-state", "home", "settings", "protocol"}, red


async def test_once_the_cause_is_gone_enter_opens_the_log(ready: Home, tmp_path: Path) -> None:
    """The other program has been closed; nobody has to start the kiosk again."""
    home = Home(tmp_path / "home")
    shutil.copytree(ready.path, home.path)
    with ExitStack() as stack:
        harms.hold_log(home, stack)
        async with _at_desk(home) as actor:
            await actor.press("enter")
            assert isinstance(actor.app.screen, TroubleScreen)
            stack.close()
            await actor.press("enter", "enter")
            assert FIRST_STEP in actor.text


async def _left(trouble: Problem, home: Home) -> None:
    said = ""
    try:
        async with _at_desk(home) as actor:
            said = actor.app.farewell
            assert actor.app.return_code == 2
    except KioskError as error:  # before the screen was taken
        said = str(error)
    for words in trouble.shows:
        assert words in said
    assert calm(said)


@asynccontextmanager
async def _at_desk(home: Home) -> AsyncIterator[Actor]:
    """The kiosk as `kiosk` opens it, once its log was opened or could not be."""
    services = replace(first_services(home, read_settings(home), practice=False, clock=SystemClock()), read_s=0)
    app = KioskApp(services)
    async with app.run_test(size=(80, 24)) as pilot:
        actor = Actor(app, pilot, a_stand())
        await _opened(actor)
        yield actor


async def _opened(actor: Actor) -> None:
    """Wait until the log is open, or can't be."""
    for _ in range(PATIENCE):
        await actor.settle()
        if actor.app._log_open or actor.app._exit or actor.app.page_of(TroubleScreen):
            break
    await actor.settle()


def calm(line: str) -> bool:
    """Whether this is one line that says what happened and what to do, in whole sentences without a program's words."""
    program = re.search(r"Error\b|Errno|Exception|sqlite3|errno|0x", line)
    return program is None and len(re.findall(r"[.!?:](?: |$)", line)) >= 2 and line.rstrip()[-1] in ".`"


def test_there_are_many_classes_and_they_are_told_apart() -> None:
    """Twenty and more are told in words of their own; at twenty and more the desk goes on, if with a new log."""
    assert len({trouble.says for trouble in TROUBLES.values() if trouble.code}) >= 20
    assert sum(trouble.desk not in {"stops", "is left"} for trouble in TROUBLES.values()) >= 20
