"""An answer at the desk while its log is sent, beside one while it is not. `python -m tests.benchmarks.beside_sender`.

One sender process sends a log of 20,000 entries again and again to a district that answers as soon as one on the same
network could, so it is never done. It is stopped and continued by signals in turn, and each turn measures: an
acknowledged answer on the same live log, and the key press to the painted step in a terminal. Aim: 1.02.
"""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from db.district.calls import Answer, Batch, Word
from db.district.publishing import Part
from kiosk.commands.district.send import yield_to_desk
from kiosk.district.sending.journal import Journal
from kiosk.district.sending.outbox import Values
from kiosk.district.sending.pacing import BackOff
from kiosk.district.sending.sender import Sender
from kiosk.district.sending.wire import District
from kiosk.district.settings import DistrictSettings, save_district
from kiosk.log.log import open_writer
from kiosk.protocol.replies import Chosen, Place
from kiosk.record.disclosure.levels import Level
from kiosk.record.transparency.merkle import EMPTY_ROOT
from kiosk.settings import Home
from kiosk.system.clock import SystemClock
from tests.benchmarks.answering import desk_of
from tests.benchmarks.biglog import big_home, copied
from tests.benchmarks.replicating import Once
from tests.benchmarks.screen import answers_of_kiosk, usable_kiosk

ENTRIES, ENCOUNTERS = 20_000, 2_000
TURNS = 20
ANSWERS = 20
"""In one turn."""
ANSWER_S = 0.02
"""Seconds until the district answers; with 500 entries in a call, a real one takes twice as long."""


class Nodding:
    """A district that takes everything and keeps nothing."""

    def __init__(self) -> None:
        self._size, self._root, self._values = 0, EMPTY_ROOT, 0

    def ingest(self, batch: Batch) -> Answer:
        """Take entries."""
        time.sleep(ANSWER_S)
        self._size, self._root = batch.size, batch.root
        return Answer(Word.OK, batch.size, batch.root, self._values)

    def disclose(self, values: Values) -> Answer:
        """Take values."""
        time.sleep(ANSWER_S)
        self._values = values.size
        return Answer(Word.OK, self._size, self._root, values.size)

    def published(self, known: bytes) -> Part | None:
        """Say that nothing is published."""
        del known
        return None


@contextmanager
def nodding() -> Iterator[District]:
    """A connection to it."""
    yield Nodding()


def send(home: Home) -> None:
    """Send everything again and again."""
    yield_to_desk()
    while True:
        for path in home.sending.glob("*.json"):
            path.unlink()
        Sender(home, nodding, Journal(home, SystemClock()), Once(), BackOff()).run()


def main() -> None:
    """Print the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        home = copied(big_home(ENTRIES, ENCOUNTERS), Path(folder) / "home")
        save_district(home, DistrictSettings("made-up", (folder,), "d", "r", "secret", Level.FULL))
        usable_kiosk(home.path)
        command = [sys.executable, "-m", "tests.benchmarks.beside_sender", str(home.path)]
        with subprocess.Popen(command) as sender:
            try:
                answers, steps = _answers(home, sender), _steps(home, sender)
            finally:
                sender.kill()
    _report("an acknowledged answer", *answers)
    _report("key to painted step", *steps)


def _answers(home: Home, sender: subprocess.Popen[bytes]) -> tuple[list[float], list[float]]:
    """Milliseconds of answers while it sends, and while it does not."""
    took: tuple[list[float], list[float]] = [], []
    with closing(open_writer(home, "live", SystemClock())) as log:
        desk = desk_of(log)
        desk.start_session()
        running = desk.open()
        for turn in range(2 * TURNS):
            os.kill(sender.pid, signal.SIGSTOP if turn % 2 else signal.SIGCONT)
            for _ in range(ANSWERS):
                begun = time.perf_counter()
                desk.answer(running, Place("danger"), Chosen("no"))
                took[turn % 2].append((time.perf_counter() - begun) * 1000)
                time.sleep(0.005)  # a hand's pause
    return took


def _steps(home: Home, sender: subprocess.Popen[bytes]) -> tuple[list[float], list[float]]:
    took: tuple[list[float], list[float]] = [], []
    for turn in range(TURNS):
        os.kill(sender.pid, signal.SIGSTOP if turn % 2 else signal.SIGCONT)
        took[turn % 2].extend(answers_of_kiosk(home.path))
    return took


def _report(what: str, sending: list[float], alone: list[float]) -> None:
    # The lower quartile: other programs only ever add, and not evenly.
    mine, floor = (statistics.quantiles(some)[0] for some in (sending, alone))
    row = f"{what}: {mine:.2f} ms while sending, {floor:.2f} ms alone, ratio {mine / floor:.2f} (aim 1.02)"
    print(row)  # noqa: T201 - a benchmark's answer


if __name__ == "__main__":
    if len(sys.argv) > 1:
        send(Home(Path(sys.argv[1])))
    main()
