"""Commands while the kiosk runs in a terminal: two processes, one log, and what each says when the other is gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.errors import Exit
from kiosk.i18n.strings import text
from kiosk.log.log import open_reader
from kiosk.record.entries import LoggedEntry, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.settings import Home
from kiosk.system.local_socket import port_file, socket_file
from tests.terminal.desk_life import wait_for_session
from tests.terminal.harness import PATIENCE_S, open_kiosk

READY = text("home.ask")
MARK = ("log", "retention", "set", "all", "--period", "3 years", "--authority", "A schedule", "--by", "A. Ruiz")


@pytest.fixture(params=["a socket", "a port"])
def home(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home nobody has used, whose path fits the address of a socket, or does not."""
    folder = tmp_path_factory.mktemp("t")
    return folder / ("x" * 110 if request.param == "a port" else "h")


def command(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own, on the practice log."""
    return subprocess.run(
        [sys.executable, "-m", "kiosk", *words, "--practice", "--home", str(home)],
        capture_output=True,
        text=True,
        timeout=PATIENCE_S * 3,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def entries(home: Path, kinds: Sequence[EntryKind]) -> list[LoggedEntry]:
    """The entries of these kinds in the practice log, in order."""
    with closing(open_reader(Home(home), "practice")) as log:
        return [kept for kept in map(decode, log.entries()) if kept.kind in kinds]


def test_an_idle_kiosk_and_one_with_an_open_record_take_entries_at_once(home: Path) -> None:
    """The command ends with the entry in the log; the step on the screen stays, and its answer follows the entry."""
    with open_kiosk(home, "--practice") as terminal:
        terminal.wait_for(READY, "PRACTICE", gone="One moment")
        terminal.press("enter")
        terminal.wait_for("Is anyone in danger right now?")
        terminal.press("2")
        terminal.wait_for("How did this come to you?")
        assert command(home, *MARK).returncode == Exit.DONE
        assert len(entries(home, [EntryKind.RETENTION_SET])) == 1
        terminal.press("1")
        terminal.wait_for("Who do they say they are?")
        terminal.signal(signal.SIGTERM)
        assert terminal.exit_code() == Exit.DONE
    kinds = [kept.kind for kept in entries(home, [EntryKind.STEP_ANSWERED, EntryKind.RETENTION_SET])]
    assert kinds == [EntryKind.STEP_ANSWERED, EntryKind.RETENTION_SET, EntryKind.STEP_ANSWERED]
    assert not socket_file(Home(home).log("practice")).exists()
    assert not port_file(Home(home).log("practice")).exists()


def test_while_nobody_touches_the_kiosk_an_entry_is_recorded(home: Path) -> None:
    """No key is pressed at all: the home screen waits for a visitor."""
    with open_kiosk(home, "--practice") as terminal:
        wait_for_session(terminal, home)
        assert command(home, *MARK).returncode == Exit.DONE
        assert [kept.body["period"] for kept in entries(home, [EntryKind.RETENTION_SET])] == ["3 years"]


def test_a_kiosk_that_stands_still_is_said_and_enters_nothing_when_it_goes_on(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """The command ends with the code of the store; when the kiosk runs again, it takes only the next entry."""
    home = tmp_path_factory.mktemp("t") / "h"
    with open_kiosk(home, "--practice") as terminal:
        wait_for_session(terminal, home)
        assert command(home, *MARK).returncode == Exit.DONE
        os.kill(terminal.process.pid, signal.SIGSTOP)
        told = command(home, *MARK[:4], "--period", "9 years", *MARK[6:])
        os.kill(terminal.process.pid, signal.SIGCONT)
        assert (told.returncode, told.stdout) == (Exit.STORE, "")
        assert command(home, *MARK[:4], "--period", "5 years", *MARK[6:]).returncode == Exit.DONE
    periods = [kept.body["period"] for kept in entries(home, [EntryKind.RETENTION_SET])]
    assert periods == ["3 years", "5 years"]


def test_after_a_killed_kiosk_the_command_writes_itself(home: Path) -> None:
    """What the kiosk left names a socket that nobody listens at."""
    with open_kiosk(home, "--practice") as terminal:
        wait_for_session(terminal, home)
        assert command(home, *MARK).returncode == Exit.DONE
        terminal.kill()
        log = Home(home).log("practice")
        assert socket_file(log).exists() or port_file(log).exists()
        assert command(home, *MARK).returncode == Exit.DONE
    assert len(entries(home, [EntryKind.RETENTION_SET])) == 2
