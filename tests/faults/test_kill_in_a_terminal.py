"""`kill -9` of the kiosk at random moments, through a real terminal: nothing that was shown as saved is ever lost.

An answer is acknowledged when the step after it is on the screen. So whatever step the screen showed, every answer
before it must be in the log; and the next start must offer to go on at that step or a later one.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.logfile import open_reader
from kiosk.record import happenings as h
from kiosk.record.entries import unseal
from kiosk.settings import Home
from tests.terminal.harness import Terminal, open_kiosk

HOME = "Someone official is asking about a student?"
RESUME = "was not finished"

STEPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("danger", "Is anyone in danger right now?", ("2",)),
    ("channel", "How did they reach you?", ("1",)),
    ("who", "Who do they say they are?", ("1",)),
    ("emergency", "Do they say they must come in right now?", ("2",)),
    ("call-now", "I reached them", ("1",)),
    ("wait", "Will they wait?", ("1",)),
    ("identify", "Write who they are", ("x", "enter", "y", "enter", "z", "enter")),
    ("request", "What do they want?", ("2", "enter")),
    ("paper", "Did they show you a paper?", ("1",)),
    ("handed-over", "Who is with them now?", ("1",)),
)
"""The usual encounter: step, words that only its screen shows, keys that answer it."""

REVIEWING = "what you saw and heard?"


def shown(text: str) -> int | None:
    """How many answers the screen acknowledges: the index of the step it shows; None on any other screen."""
    if REVIEWING in text:
        return len(STEPS)
    return next((n for n, (_, words, _) in enumerate(STEPS) if words in text), None)


def answered(home: Path) -> list[str]:
    """The steps answered in the newest encounter, as the log has them."""
    log = open_reader(Home(home), "practice")
    try:
        newest = log.encounter_ids(h.OPENED)[-1:]
        kept = [unseal(e) for e in log.entries(newest[0])] if newest else []
    finally:
        log.close()
    return [k.step for k in kept if k.kind == h.ANSWERED and k.step]


def keys_from(start: int) -> Iterator[tuple[int, str]]:
    """The keys of the usual encounter from a step on, each with the step it belongs to."""
    for n, (_, _, keys) in enumerate(STEPS[start:], start):
        yield from ((n, key) for key in keys)


def play_until(terminal: Terminal, deadline: float) -> int:
    """Press on through the encounter until `deadline`; the most answers that a screen acknowledged."""
    seen = shown(terminal.text) or 0
    for n, key in keys_from(seen):
        while shown(terminal.text) is None or (shown(terminal.text) or 0) < n:
            terminal.read(0.005)
            if time.monotonic() > deadline:
                return max(seen, shown(terminal.text) or 0)
        seen = max(seen, n)
        terminal.press(key)
        if time.monotonic() > deadline:
            break
    terminal.read(0)
    return max(seen, shown(terminal.text) or 0)


@pytest.mark.parametrize("rounds", [12, pytest.param(50, marks=pytest.mark.long)])
def test_no_acknowledged_answer_is_lost_and_each_restart_goes_on(tmp_path: Path, rounds: int) -> None:
    """Killed again and again at random moments, the kiosk still has every answer whose next step was shown."""
    chance = random.Random(20260914)  # noqa: S311 - moments, not secrets
    home = tmp_path / "home"
    acknowledged = 0
    for _ in range(rounds):
        with open_kiosk(home, "--practice") as terminal:
            text = terminal.wait_for("Enter", gone="One moment")
            if RESUME in text or HOME in text:
                terminal.press("enter")
            terminal.wait_until(lambda t: shown(t) is not None, "a step")
            resumed_at = shown(terminal.text) or 0
            assert resumed_at >= min(acknowledged, len(STEPS)), "the restart fell behind what had been shown"
            acknowledged = max(resumed_at, play_until(terminal, time.monotonic() + chance.uniform(0.0, 1.5)))
        kept = answered(home)
        assert kept[:acknowledged] == [step for step, _, _ in STEPS[:acknowledged]]
        if acknowledged == len(STEPS):
            acknowledged = close_it(home)
    assert rounds > 0


def close_it(home: Path) -> int:
    """Finish the encounter, so that the next round begins a new one; no answers are open then."""
    with open_kiosk(home, "--practice") as terminal:
        terminal.wait_for("Enter", gone="One moment")
        terminal.press("enter")
        terminal.wait_for(REVIEWING)
        terminal.press("1", "2")
        terminal.wait_for("The record is closed")
    return 0
