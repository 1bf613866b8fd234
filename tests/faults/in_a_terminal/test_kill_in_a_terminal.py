"""`kill -9` of the kiosk at random moments, through a real terminal: nothing that was shown as saved is ever lost.

Whatever step the screen showed, every answer before it must be in the log, and the next start must offer to go on at
that step or a later one. A record is closed once, and the entry of a command that waits meanwhile is recorded once.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.in_a_terminal.killing import (
    Ledger,
    first_step,
    hold_against_the_log,
    kill_on_the_way,
    kill_while_ending,
    kill_while_starting,
)
from tests.terminal.harness import open_kiosk

PARTS = 2
"""Each with its own home and its own moments, so that they can run side by side."""

ROUNDS = 20 // PARTS
LONG_ROUNDS = 1000 // PARTS

KINDS = (kill_on_the_way, kill_while_starting, kill_on_the_way, kill_while_ending, kill_on_the_way)
"""The actions of the rounds, in turn."""


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("rounds", [ROUNDS, pytest.param(LONG_ROUNDS, marks=pytest.mark.long)])
def test_whenever_it_is_killed_nothing_it_showed_as_saved_is_lost(tmp_path: Path, part: int, rounds: int) -> None:
    """While starting, on the way, at a closing, while ending: after each kill the log is compared with the screen."""
    ledger = Ledger.of(tmp_path / "home", seed=20260914 + part + rounds)
    for number in range(rounds):
        KINDS[number % len(KINDS)](ledger)
        hold_against_the_log(ledger)
    # How many rounds come as far as a closing hangs on the machine; most do, and none has to.
    assert all(ledger.hit[moment] for moment in ("starting", "steps", "ending")), ledger.hit
    with open_kiosk(ledger.home.path, "--practice") as terminal:
        first_step(terminal, ledger)
    hold_against_the_log(ledger)
