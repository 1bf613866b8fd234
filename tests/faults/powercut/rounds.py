"""One round: run the writer on the disk, cut the power at many moments, and check each state."""

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
from tests.faults.powercut.leftover import Acknowledged, export_hashes, faults_in
from tests.faults.powercut.operation import Operation, read_all
from tests.faults.powercut.states import Replay, State, Survives
from tests.faults.powercut.writer import Plan

ROOT: Final = Path(kiosk.__file__).parents[1]
MEMORY: Final = Path("/dev/shm")  # noqa: S108 - folders of our own in it, as tempfile makes them
_SURVIVALS: Final[Sequence[Survives]] = ("none", "all", "some", "some")


@dataclass(frozen=True, slots=True)
class Cut:
    """One power cut.

    number: of the last operation before it. survives: which unsynced changes survived. acknowledged: by then. state: of
    the disk after it.
    """

    number: int
    survives: Survives
    acknowledged: Acknowledged
    state: State

    @property
    def key(self) -> bytes:
        """A key that is equal for cuts with the same result."""
        return self.state.digest() + repr(self.acknowledged).encode()


@dataclass(slots=True)
class Tally:
    """The result of a round.

    points: number of moments at which the power was cut. states: number of different states checked. bad: number of
    states with a fault. faults: how often each fault was found. first: the first faulty state, as a sentence.
    """

    points: int
    states: int = 0
    bad: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    first: str = ""

    def count(self, cut: Cut, faults: set[str]) -> None:
        """Add one state and its faults."""
        self.states += 1
        self.bad += bool(faults)
        self.faults.update(faults)
        if faults and not self.first:
            survived = f"{cut.survives} of the unsynced changes survived a cut after operation {cut.number}"
            self.first = f"First: {sorted(faults)}, {survived}."

    def __str__(self) -> str:
        """Return the figures in one line."""
        found = ", ".join(f"{what} {count}" for what, count in sorted(self.faults.items())) or "no fault"
        return f"{self.states} states at {self.points} points, {self.bad} bad: {found}. {self.first}".strip()


def why_not() -> str:
    """Return why such a disk can't be mounted here; empty when it can."""
    if shutil.which("fusermount3") is None:
        return "fusermount3 is missing (package fuse3)"
    try:
        os.close(os.open("/dev/fuse", os.O_RDWR))
        import_module("mfusepy")
    except OSError as error:
        return f"FUSE is not available: {error}"
    except ImportError:
        return "mfusepy is not installed"
    return ""


@contextmanager
def a_disk(folder: Path) -> Iterator[tuple[Path, Path]]:
    """Mount a disk, and yield it and its record, both in `folder`."""
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
    """Run the writer on a disk, and return its operations and reports in order."""
    with a_disk(folder) as (mount, record):
        command = [sys.executable, "-m", "tests.faults.powercut.writer", str(mount), json.dumps(asdict(plan))]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return list(read_all(record))


def cut_everywhere(operations: Sequence[Operation], *, points: int, seed: int) -> Tally:
    """Cut the power at `points` random moments, four times at each, and check every new state."""
    tally, exports = Tally(points=points), export_hashes(operations)
    for cut in _cuts(operations, points, random.Random(seed)):  # noqa: S311 - moments, not secrets
        with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as place:
            cut.state.write_to(Path(place))
            tally.count(cut, set(faults_in(Path(place), cut.acknowledged, exports)))
    return tally


def _cuts(operations: Sequence[Operation], points: int, chance: random.Random) -> Iterator[Cut]:
    """Yield cuts with different results at `points` random moments after the writer's first report."""
    began = next(n for n, operation in enumerate(operations) if b"began" in operation.data)
    moments = set(chance.sample(range(began, len(operations)), points))
    replay, acknowledged, seen = Replay(), Acknowledged(), set[bytes]()
    for number, operation in enumerate(operations):
        replay.apply(operation)
        acknowledged = acknowledged.after(operation)
        if number == began:
            replay.sync_all()
        for survives in _SURVIVALS if number in moments else ():
            cut = Cut(number, survives, acknowledged, replay.cut(survives, chance))
            if cut.key not in seen:
                seen.add(cut.key)
                yield cut
