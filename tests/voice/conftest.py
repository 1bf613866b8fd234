"""What the voice tests share: where sound files go, a player, a speaker, a broken library."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.voice.process import Patience
from tests.voice.ears import Player, Voice


@pytest.fixture(autouse=True)
def _only_where_it_is_meant() -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("the player and /proc are Linux's")


@pytest.fixture
def library() -> None:
    """Skip, and say so, where the speech library is missing."""
    from ctypes.util import find_library  # noqa: PLC0415 - one fixture's need

    pytest.importorskip("pyttsx3", reason="NOT TESTED: pyttsx3 is missing")
    if find_library("espeak-ng") is None:
        pytest.skip("NOT TESTED: libespeak-ng1 is missing")


@pytest.fixture
def rundir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where helpers make their sound files in this test."""
    folder = tmp_path / "run"
    folder.mkdir()
    monkeypatch.setenv("RUNTIME_DIRECTORY", str(folder))
    return folder


@pytest.fixture
def player(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rundir: Path) -> Iterator[Callable[[str], Player]]:
    """Puts a fake player first on PATH: one told `exec sleep 600` plays until stopped, one told `exit 0` ends."""
    made: list[Player] = []

    def make(then: str) -> Player:
        made.append(Player(tmp_path / "bin", then))
        monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
        assert shutil.which("aplay") == str(tmp_path / "bin" / "aplay")
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def voice(rundir: Path) -> Iterator[Callable[..., Voice]]:
    """Starts real speakers and closes them after the test."""
    made: list[Voice] = []

    def make(patience: Patience | None = None) -> Voice:
        made.append(Voice(patience))
        return made[-1]

    yield make
    for each in made:
        each.speaker.close()


@pytest.fixture
def fake_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts a pyttsx3 in front of the real one whose `init` runs the given line of Python."""

    def make(line: str) -> None:
        folder = tmp_path / "fake"
        folder.mkdir()
        (folder / "pyttsx3.py").write_text(f"import threading, os\ndef init():\n    {line}\n")
        monkeypatch.setenv("PYTHONPATH", str(folder))

    return make
