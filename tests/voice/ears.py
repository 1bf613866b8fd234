"""A stand-in for the sound player, and ears that wait for what it is given instead of sleeping."""

from __future__ import annotations

import os
import select
import threading
from dataclasses import dataclass
from pathlib import Path

from kiosk.voice.process import Patience, ProcessSpeaker
from kiosk.voice.speaker import State

LIMIT_S = 20.0


@dataclass(frozen=True)
class Played:
    """One call of the player: its process id and the sound file it was given."""

    pid: int
    sound: Path


class Player:
    """A fake `aplay`, first on PATH, that reports each call through a pipe and then does as it is told."""

    def __init__(self, folder: Path, then: str) -> None:
        folder.mkdir()
        pipe = folder / "calls"
        os.mkfifo(pipe)
        self._calls = os.open(pipe, os.O_RDWR)
        program = folder / "aplay"
        program.write_text(f'#!/bin/sh\necho "$$ $2" > {pipe}\n{then}\n')
        program.chmod(0o755)

    def next_call(self) -> Played:
        """Wait for the next call; fails the test when none comes."""
        assert select.select([self._calls], [], [], LIMIT_S)[0], "the player was not called"
        pid, _, sound = os.read(self._calls, 4096).decode().strip().partition(" ")
        return Played(int(pid), Path(sound))

    def was_called(self) -> bool:
        """Whether a call waits that nobody has read."""
        return bool(select.select([self._calls], [], [], 0)[0])

    def close(self) -> None:
        """Close the pipe."""
        os.close(self._calls)


class Voice:
    """The real speaker, with a way to wait for a state."""

    def __init__(self, patience: Patience | None = None) -> None:
        self._news = threading.Condition()
        self.speaker = ProcessSpeaker(patience)
        self.speaker.listen(self._hear)

    def _hear(self) -> None:
        with self._news:
            self._news.notify_all()

    def reaches(self, state: State) -> bool:
        """Wait until the speaker is in `state`."""
        with self._news:
            return self._news.wait_for(lambda: self.speaker.state == state, LIMIT_S)


def gone(pid: int) -> bool:
    """Wait until the process is gone; false when it stays."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], LIMIT_S)[0])
    finally:
        os.close(handle)
