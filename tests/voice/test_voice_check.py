"""The morning check says in one sentence whether this machine could speak."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.voice.check import check
from kiosk.voice.speaker import WHY_SILENT
from tests.voice.ears import Player

pytestmark = pytest.mark.usefixtures("rundir")


@pytest.mark.usefixtures("library")
def test_all_is_well_when_the_player_plays_a_moment_of_silence(player: Callable[[str], Player], rundir: Path) -> None:
    """Library, player and card were all tried, and nothing is left."""
    aplay = player("exit 0")
    assert check() == (True, "The voice is ready.")
    assert aplay.next_call().sound.name == "silence.wav"
    assert list(rundir.iterdir()) == []


@pytest.mark.usefixtures("library")
def test_a_missing_player_and_a_missing_card_are_told_apart(
    player: Callable[[str], Player], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each has its own repair."""
    player("exit 1")
    assert check() == (False, WHY_SILENT["card"])
    monkeypatch.setenv("PATH", str(tmp_path))
    assert check() == (False, WHY_SILENT["player"])


@pytest.mark.parametrize(
    ("line", "reason"),
    [("raise RuntimeError", "library"), ("os._exit(1)", "ended"), ("threading.Event().wait()", "late")],
)
def test_a_broken_library_is_one_calm_sentence(fake_library: Callable[[str], None], line: str, reason: str) -> None:
    """Missing, crashing or hanging, the check comes back in its time."""
    fake_library(line)
    assert check(0.5 if reason == "late" else 5) == (False, WHY_SILENT[reason])


def test_an_interpreter_that_does_not_start_is_one_calm_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """No exception reaches the caller."""
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert check() == (False, WHY_SILENT["start"])
