"""The log is deleted, replaced, cut or unmounted in mid-encounter: the next answer shows the error page."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from kiosk.settings import Home
from tests.faults.in_a_terminal.killing import STEPS
from tests.faults.in_a_terminal.test_a_bad_disk_in_a_terminal import MOUNTED, answer, answered, begin, small_disk
from tests.terminal.harness import Terminal, open_kiosk

NUMBER: Final = "860-555-0100"
TOLD: Final = ("The record can't be saved", NUMBER, "to try again")


def delete(log: Path) -> None:
    """Take it away."""
    log.unlink()


def replace(log: Path) -> None:
    """Put a copy in its place."""
    shutil.copy(log, log.with_name("copy"))
    log.with_name("copy").replace(log)


def cut(log: Path) -> None:
    """Cut it short."""
    os.truncate(log, 4096)


def cut_wal(log: Path) -> None:
    """Cut off its newest entries, which are in the second file."""
    os.truncate(f"{log}-wal", 0)


def move_home(log: Path) -> None:
    """Move the folder of the whole home."""
    log.parents[1].rename(log.parents[1].with_name("gone"))


@pytest.mark.parametrize("harm", [delete, replace, cut, cut_wal, move_home])
def test_the_next_answer_is_not_called_saved(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    """One page with the number to call; trying again says the same."""
    with open_kiosk(tmp_path / "home", "--practice") as terminal:
        begin(terminal)
        answer(terminal, 1)
        harm(Home(tmp_path / "home").log("practice"))
        terminal.press(*STEPS[1][2])
        terminal.wait_for(*TOLD, gone=STEPS[2][1])
        terminal.press("enter")
        terminal.wait_for(*TOLD, gone=STEPS[2][1])


def test_a_log_that_is_put_back_is_gone_on_with(tmp_path: Path) -> None:
    """The very same file: Enter tries again, and the answer is saved once."""
    away = tmp_path / "away"
    with open_kiosk(tmp_path / "home", "--practice") as terminal:
        begin(terminal)
        answer(terminal, 1)
        (tmp_path / "home").rename(away)
        terminal.press(*STEPS[1][2])
        terminal.wait_for(*TOLD)
        away.rename(tmp_path / "home")
        terminal.press("enter")
        terminal.wait_for(STEPS[2][1], gone=TOLD[0])
        answer(terminal, 1, first=2)
    assert answered(tmp_path / "home") == [step for step, _, _ in STEPS[:3]]


@small_disk
def test_a_disk_that_is_unmounted_is_told(tmp_path: Path) -> None:
    """Taken away lazily, so that what is open stays open: entries would go where nobody finds them."""
    place = tmp_path / "disk"
    place.mkdir()
    kiosk = ("-m", "kiosk", "--home", str(place / "home"), "--practice")
    with Terminal(["-c", MOUNTED, "65536k", str(place), *kiosk]) as terminal:
        begin(terminal)
        answer(terminal, 1)
        inside = ["nsenter", f"--target={terminal.process.pid}", "--mount", "--user", "--preserve-credentials"]
        subprocess.run([*inside, "umount", "-l", str(place)], check=True)
        terminal.press(*STEPS[1][2])
        terminal.wait_for(*TOLD, gone=STEPS[2][1])
