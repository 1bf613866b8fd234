"""One round: the writer works on the disk, then the power is cut at many moments, and each state is looked at."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import kiosk
from tests.faults.powercut.leftover import Acknowledged, exports_of, wrong_with
from tests.faults.powercut.operation import Operation, kept
from tests.faults.powercut.states import Replay, Survives
from tests.faults.powercut.writer import Plan

ROOT: Final = Path(kiosk.__file__).parents[1]
MEMORY: Final = Path("/dev/shm")  # noqa: S108 - folders of our own in it, as tempfile makes them
_WAYS: Final[Sequence[Survives]] = ("none", "all", "some", "some")


@dataclass(slots=True)
class Tally:
    """What was found.

    points: moments at which the power was cut. states: different disks that were looked at. bad: how many of them had
    anything wrong; wrong: what, and how often. first: the first of them, in words.
    """

    points: int = 0
    states: int = 0
    bad: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    first: str = ""

    def __str__(self) -> str:
        """The figures in one line."""
        found = ", ".join(f"{what} {count}" for what, count in sorted(self.wrong.items())) or "nothing wrong"
        return f"{self.states} states at {self.points} points, {self.bad} bad: {found}. {self.first}".strip()


def why_not() -> str:
    """Why no such disk can be made here; nothing when it can."""
    if shutil.which("fusermount3") is None:
        return "fusermount3 is missing (package fuse3)"
    try:
        os.close(os.open("/dev/fuse", os.O_RDWR))
        import_module("mfusepy")
    except OSError as error:
        return f"no file system can be made by a program here: {error}"
    except ImportError:
        return "mfusepy is not installed"
    return ""


@contextmanager
def a_disk(folder: Path) -> Iterator[tuple[Path, Path]]:
    """A mounted disk and its record, both in `folder`."""
    mount, behind, record = folder / "mount", folder / "behind", folder / "record"
    mount.mkdir()
    behind.mkdir()
    command = [sys.executable, "-m", "tests.faults.powercut.disk", str(behind), str(mount), str(record)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as serving:
        assert serving.stdout is not None
        assert serving.stdout.readline() == "ready\n", "the disk could not be mounted"
        try:
            yield mount, record
        finally:
            subprocess.run(["fusermount3", "-u", str(mount)], check=True)
    assert serving.returncode == 0


def recorded(folder: Path, plan: Plan) -> list[Operation]:
    """Everything that the writer asked of the disk, and what it told meanwhile."""
    with a_disk(folder) as (mount, record):
        command = [sys.executable, "-m", "tests.faults.powercut.writer", str(mount), json.dumps(asdict(plan))]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return list(kept(record))


def cut_everywhere(operations: Sequence[Operation], *, points: int, seed: int) -> Tally:
    """Cut the power at so many random moments, four ways at each, and look at every state that is new."""
    chance, tally, replay = random.Random(seed), Tally(), Replay()  # noqa: S311 - moments, not secrets
    exports, acknowledged, seen = exports_of(operations), Acknowledged(), set[bytes]()
    began = next(n for n, operation in enumerate(operations) if b"began" in operation.data)
    moments = set(chance.sample(range(began, len(operations)), min(points, len(operations) - began)))
    for number, operation in enumerate(operations):
        replay.take(operation)
        acknowledged = acknowledged.told(operation)
        if number == began:
            replay.settle()
        if number not in moments:
            continue
        tally.points += 1
        for way in _WAYS:
            state = replay.cut(way, chance)
            known = state.digest() + repr(acknowledged).encode()
            if known in seen:
                continue
            seen.add(known)
            with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as place:
                state.lay_out(Path(place))
                wrong = set(wrong_with(Path(place), acknowledged, exports))
            tally.states += 1
            tally.wrong.update(wrong)
            tally.bad += bool(wrong)
            if wrong and not tally.first:
                tally.first = f"First: {way} of the unsynced at operation {number}: {sorted(wrong)}, {acknowledged}."
    return tally
