"""Fast, heavy and shaking hands at a real terminal: keys and clicks as the bytes that they are."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from kiosk.i18n.strings import text
from tests.terminal.harness import KEYS, Terminal, open_kiosk

READY = text("home.ask")
FIRST = "Is anyone in danger right now?"
SECOND = "How did this come to you?"


def at_the_first_step(home: Path) -> Terminal:
    """A kiosk in practice, its first step shown."""
    terminal = open_kiosk(home, "--practice")
    terminal.wait_for(READY, gone="One moment")
    terminal.press("enter")
    terminal.wait_for(FIRST)
    return terminal


def write(terminal: Terminal, data: bytes, *, after_s: float = 0) -> None:
    """Send bytes, some time after what was seen last."""
    until = time.monotonic() + after_s
    while time.monotonic() < until:
        terminal.read(0.01)
    os.write(terminal.master, data)


def clicked(terminal: Terminal, words: str, button: int = 0) -> bytes:
    """The bytes of a click on these words; `button` as terminals count, from 0."""
    screen = terminal.wait_for(words)
    y, line = next((y, line) for y, line in enumerate(screen.splitlines(), 1) if words in line)
    at = f"\x1b[<{button};{line.index(words) + len(words)};{y}"
    return f"{at}M{at}m".encode()


def test_keys_typed_ahead_answer_nothing(tmp_path: Path) -> None:
    """Enter and more at once, before the first step is there: it is shown, and not one of them has answered it."""
    with open_kiosk(tmp_path / "home", "--practice") as terminal:
        terminal.wait_for(READY)
        write(terminal, KEYS["enter"] + b"2112" + KEYS["f9"] + KEYS["enter"])
        terminal.wait_for(FIRST, "F9")
        write(terminal, b"2", after_s=1.6)
        terminal.wait_for(SECOND)


@pytest.mark.parametrize("gap", [0.0, 0.2, 0.5])
def test_a_double_press_answers_one_question(tmp_path: Path, gap: float) -> None:
    """The second `2` would have answered the next step, if it had counted."""
    with at_the_first_step(tmp_path / "home") as terminal:
        write(terminal, b"2" * (2 if not gap else 1))
        terminal.wait_for(SECOND)
        if gap:
            write(terminal, b"2", after_s=gap)
        terminal.press("1")
        terminal.wait_for("Who do they say they are?")


def test_clicks_without_end_on_a_contact_are_one(tmp_path: Path) -> None:
    """Ten clicks in one moment: the page asks how it went, nobody was called, and the kiosk lives."""
    with at_the_first_step(tmp_path / "home") as terminal:
        terminal.press("f5")
        terminal.wait_for(text("calls.pick"))
        write(terminal, clicked(terminal, "Dana Ruiz") * 10)
        shown = terminal.wait_for("Dana Ruiz: how did it go?")
        assert "CALLS MADE" not in shown
        terminal.press("f7")
        terminal.wait_for("They went past you", gone="how did it go?")


@pytest.mark.parametrize("button", [1, 2, 128])
def test_only_the_left_button_answers(tmp_path: Path, button: int) -> None:
    """The others mean nothing; then the left one does."""
    with at_the_first_step(tmp_path / "home") as terminal:
        write(terminal, clicked(terminal, "2   No", button))
        terminal.press("f1")
        terminal.wait_for("Press any key to return.")
        write(terminal, clicked(terminal, "Press any key"))
        terminal.wait_for(FIRST)
        write(terminal, clicked(terminal, "2   No"), after_s=0.8)
        terminal.wait_for(SECOND)
