"""For any bytes that reach the terminal, the desk continues: no end, no false answer, and the log verifies.

After each string Escape must hide the screen and Enter bring it back, as at any other time.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from kiosk.i18n.strings import text
from kiosk.log.verify import check_log
from kiosk.settings import Home, Settings, render
from tests.faults.in_a_terminal.hostile_bytes import ESCAPES, NOISE, generated
from tests.terminal.desk_life import practice_kinds
from tests.terminal.harness import KEYS, Terminal, open_kiosk

QUESTION: Final = "Is anyone in danger right now?"
HIDDEN: Final = "Please wait."
PATIENCE_S: Final = 60.0
SEED: Final = 20261019
MOST_MEMORY_KB: Final = 300_000


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home whose kiosk has no voice."""
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    Home(home).settings_file.write_text(render(Settings(speech="off")), encoding="utf-8")
    return home


def pour(terminal: Terminal, data: bytes) -> None:
    """Send it all as fast as it is taken, reading what comes back, as a terminal does."""
    deadline = time.monotonic() + PATIENCE_S
    os.set_blocking(terminal.master, False)
    try:
        while data:
            try:
                data = data[os.write(terminal.master, data[:4096]) :]
            except BlockingIOError:
                assert time.monotonic() < deadline, "the kiosk reads no more"
                assert terminal.read(0.02), "the kiosk has gone"
            terminal.read(0)
    finally:
        os.set_blocking(terminal.master, True)


def answers_a_key(terminal: Terminal) -> None:
    """Hide and come back. A key that completes what was begun is pressed again, as a person would."""
    press_until(terminal, "esc", lambda text: HIDDEN in text)
    press_until(terminal, "enter", lambda text: HIDDEN not in text)


def press_until(terminal: Terminal, key: str, holds: Callable[[str], bool]) -> None:
    """Press it, and again every second, until that holds of the screen."""
    deadline = time.monotonic() + PATIENCE_S
    while not holds(terminal.text):
        assert time.monotonic() < deadline, f"{key} does nothing: {terminal.text}"
        os.write(terminal.master, KEYS[key])
        again = time.monotonic() + 1
        while not holds(terminal.text) and time.monotonic() < again:
            assert terminal.read(0.02), f"the kiosk has gone: {terminal.text}"


def memory_kb(terminal: Terminal) -> int:
    """The most memory the kiosk ever had."""
    status = Path(f"/proc/{terminal.process.pid}/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0])


def verified(home: Path) -> bool:
    """Whether the practice log holds, entry by entry."""
    return check_log(Home(home).log("practice")).verified


def test_noise_ends_nothing_and_answers_nothing(home: Path) -> None:
    """Each string in turn, at the first question: it is still unanswered, keys still count, memory does not grow."""
    assert len(NOISE) + len(ESCAPES) >= 40
    with open_kiosk(home, "--practice") as terminal:
        terminal.wait_for(text("home.ask"), "PRACTICE")
        terminal.press("enter")
        terminal.wait_for(QUESTION)
        before = practice_kinds(home)
        for what, data in {**NOISE, **ESCAPES}.items():
            pour(terminal, data)
            answers_a_key(terminal)
            assert QUESTION in terminal.text, what
            assert practice_kinds(home) == before, what
        assert memory_kb(terminal) < MOST_MEMORY_KB
        terminal.press("2")
        terminal.wait_for("How did this come to you?")
    assert verified(home)


@pytest.mark.long
def test_two_thousand_generated_strings_end_nothing(home: Path) -> None:
    """They may hold keys, so they lead anywhere but to the end; after each the kiosk answers; the log verifies."""
    seen: Counter[str] = Counter()
    with open_kiosk(home, "--practice") as terminal:
        terminal.wait_for(text("home.ask"), "PRACTICE")
        for number, data in enumerate(generated(SEED, 2000)):
            try:
                pour(terminal, data)
                answers_a_key(terminal)
            except AssertionError as error:
                raise AssertionError(f"string {number}, {data!r}: {error}") from error
            seen[terminal.text.splitlines()[2].strip()[:40]] += 1
            assert b"Traceback" not in terminal.raw
            terminal.raw = b""  # hundreds of megabytes otherwise
        assert memory_kb(terminal) < MOST_MEMORY_KB
    assert verified(home)
    assert not [*home.glob("reports/*")]
    assert len(seen) > 3, f"they led nowhere: {seen}"
