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
from tests.faults.powercut.states import Replay, State, Survives
from tests.faults.powercut.writer import Plan

ROOT: Final = Path(kiosk.__file__).parents[1]
MEMORY: Final = Path("/dev/shm")  # noqa: S108 - folders of our own in it, as tempfile makes them
_WAYS: Final[Sequence[Survives]] = ("none", "all", "some", "some")


@dataclass(frozen=True, slots=True)
class Cut:
    """One cut: after which operation, what of the unsynced survived, what had been told by then, what was left."""

    number: int
    survives: Survives
    acknowledged: Acknowledged
    state: State

    @property
    def known(self) -> bytes:
        """The same for two cuts that must be judged alike."""
        return self.state.digest() + repr(self.acknowledged).encode()


@dataclass(slots=True)
class Tally:
    """What was found.

    points: moments at which the power was cut. states: different disks that were looked at. bad: how many of them had
    anything wrong; wrong: what, and how often. first: the first of them, in words.
    """

    points: int
    states: int = 0
    bad: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    first: str = ""

    def count(self, cut: Cut, wrong: set[str]) -> None:
        """One state more, and what was wrong with it."""
        self.states += 1
        self.bad += bool(wrong)
        self.wrong.update(wrong)
        if wrong and not self.first:
            self.first = f"First: {sorted(wrong)}, {cut.survives} of the unsynced left after operation {cut.number}."

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
    tally, exports = Tally(points=points), exports_of(operations)
    for cut in _cuts(operations, points, random.Random(seed)):  # noqa: S311 - moments, not secrets
        with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as place:
            cut.state.lay_out(Path(place))
            tally.count(cut, set(wrong_with(Path(place), cut.acknowledged, exports)))
    return tally


def _cuts(operations: Sequence[Operation], points: int, chance: random.Random) -> Iterator[Cut]:
    """The different states at that many moments, from the first operation of the writer's work on."""
    began = next(n for n, operation in enumerate(operations) if b"began" in operation.data)
    moments = set(chance.sample(range(began, len(operations)), points))
    replay, acknowledged, seen = Replay(), Acknowledged(), set[bytes]()
    for number, operation in enumerate(operations):
        replay.take(operation)
        acknowledged = acknowledged.told(operation)
        if number == began:
            replay.settle()
        for way in _WAYS if number in moments else ():
            cut = Cut(number, way, acknowledged, replay.cut(way, chance))
            if cut.known not in seen:
                seen.add(cut.known)
                yield cut
