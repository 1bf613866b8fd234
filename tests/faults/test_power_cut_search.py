"""The search behind the power cuts: which states a cut may leave, and that every fault in one is found."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from kiosk.log.log import open_reader
from kiosk.log.signing_key import key_file
from kiosk.settings import Home
from tests.faults.powercut.leftover import ALTERED, LOST, STUCK, TORN, UNREADABLE, UNSIGNED, Acknowledged, faults_in
from tests.faults.powercut.operation import REPORTS, Operation, append, read_all
from tests.faults.powercut.rounds import ROOT
from tests.faults.powercut.states import SECTOR, Replay, State, Survives
from tests.faults.powercut.writer import EXPORT, Plan
from tests.homes import tamper

OLD, NEW = b"o" * 4 * SECTOR, b"n" * 4 * SECTOR
MANY = 200
EXPORTS = 3
"""Number of exports in the default plan."""

SAVED = (
    Operation("file", 0, at=1, name="file"),
    Operation("write", 1, data=OLD),
    Operation("sync", 1),
    Operation("sync", 0),
)
"""A durable file, name and bytes."""

REPLACED = (
    Operation("file", 0, at=2, name="draft"),
    Operation("write", 2, data=NEW),
    Operation("sync", 2),
    Operation("rename", 0, name="draft", to="file"),
)
"""The same name for other bytes; the name is not synced."""


def after(*operations: Operation) -> Replay:
    """Return the replay after these operations."""
    replay = Replay()
    for operation in operations:
        replay.apply(operation)
    return replay


def found(state: State) -> dict[str, bytes]:
    """Return its files."""
    return {path: bytes(content.data) for path, content in state.files}


def left(replay: Replay, survives: Survives = "some") -> list[dict[str, bytes]]:
    """Return the files after many cuts, each with another seed."""
    return [found(replay.cut(survives, random.Random(seed))) for seed in range(MANY)]  # noqa: S311 - no secrets


def test_what_was_synced_is_always_there() -> None:
    """Bytes by their own sync, the name by the folder's."""
    assert left(after(*SAVED)) == [{"file": OLD}] * MANY


@pytest.mark.parametrize(("survives", "files"), [("none", {}), ("all", {"file": b""})])
def test_a_name_lasts_only_with_its_folder(survives: Survives, files: dict[str, bytes]) -> None:
    """A file that was made, and even synced, may have no name after a cut."""
    assert left(after(SAVED[0], Operation("sync", 1)), survives) == [files] * MANY


def test_unsynced_bytes_are_kept_or_lost_sector_by_sector() -> None:
    """Each of the four sectors by itself: all sixteen combinations occur, and no sector is ever torn."""
    files = left(after(*SAVED, Operation("write", 1, data=NEW)))
    ways = {tuple(file["file"][at : at + SECTOR] for at in range(0, len(OLD), SECTOR)) for file in files}
    assert len(ways) == 16
    assert {sector for way in ways for sector in way} == {OLD[:SECTOR], NEW[:SECTOR]}


def test_a_write_across_a_sectors_edge_is_cut_there() -> None:
    """The edges are the disk's, not the write's."""
    files = left(after(*SAVED, Operation("write", 1, at=SECTOR - 1, data=b"nn")))
    assert {file["file"][SECTOR - 1 : SECTOR + 1] for file in files} == {b"oo", b"on", b"no", b"nn"}


def test_a_rename_leaves_the_old_or_the_new_complete() -> None:
    """With the old one there may also be the draft; once the folder is synced, there is only the new one."""
    files = left(after(*SAVED, *REPLACED))
    assert {file["file"] for file in files} == {OLD, NEW}
    assert {"draft" in file for file in files} == {True, False}
    assert left(after(*SAVED, *REPLACED, Operation("sync", 0))) == [{"file": NEW}] * MANY


def test_what_is_in_a_lost_folder_is_lost() -> None:
    """Whatever was synced inside it."""
    folder = Operation("folder", 0, at=1, name="folder")
    inside = (Operation("file", 1, at=2, name="file"), Operation("write", 2, data=OLD), Operation("sync", 2))
    replay = after(folder, *inside, Operation("sync", 1))
    assert left(replay, "none") == [{}] * MANY
    replay.apply(Operation("sync", 0))
    assert left(replay, "none") == [{"folder/file": OLD}] * MANY


def test_the_length_of_a_file_is_restored(tmp_path: Path) -> None:
    """Space that was only reserved reads as zeros; bytes that were cut off do not come back."""
    replay = after(*SAVED, Operation("size", 1, at=3), Operation("size", 1, at=5), Operation("sync", 1))
    replay.cut("none", random.Random(0)).write_to(tmp_path)  # noqa: S311 - no secrets
    assert (tmp_path / "file").read_bytes() == b"ooo\0\0"


def test_a_record_reads_back_as_written(tmp_path: Path) -> None:
    """Every operation, byte for byte, in order."""
    with (tmp_path / "record").open("wb") as record:
        for operation in (*SAVED, *REPLACED):
            append(record, operation)
    assert tuple(read_all(tmp_path / "record")) == (*SAVED, *REPLACED)


# -- every fault is found ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a disk on which the writer worked and nothing was lost."""
    place = tmp_path_factory.mktemp("worked")
    (place / REPORTS).touch()
    command = [sys.executable, "-m", "tests.faults.powercut.writer", str(place), json.dumps(asdict(Plan()))]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return place


def faults_after(worked: Path, place: Path, damage: Callable[[Path], object], exports: int = EXPORTS) -> set[str]:
    """Return the faults found after the damage, when all entries and `exports` exports were acknowledged."""
    shutil.copytree(worked, place, ignore=shutil.ignore_patterns("*.socket"))  # it can't be copied, as a file can
    log = open_reader(Home(place / "home"), "live")
    try:
        last = log.last()
    finally:
        log.close()
    assert last is not None
    assert last.seq > 20
    made = [hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(place.glob(EXPORT.format("*")))]
    assert len(made) == EXPORTS
    damage(place)
    return set(faults_in(place, Acknowledged(last.seq, last.leaf.hex(), exports), made))


def log_changed(*statements: str) -> Callable[[Path], object]:
    """Return damage to the log by these statements. The desk does not start (STUCK) if its newest state is damaged."""

    def change(place: Path) -> None:
        tamper(Home(place / "home"), lambda connection: [connection.execute(each) for each in statements])

    return change


def export_cut(place: Path) -> None:
    """Remove the last byte of the newest export."""
    path = place / EXPORT.format(EXPORTS)
    path.write_bytes(path.read_bytes()[:-1])


DAMAGE: dict[str, tuple[Callable[[Path], object], set[str]]] = {
    "nothing": (lambda place: None, set()),
    "export cut": (export_cut, {TORN}),
    "export missing": (lambda place: (place / EXPORT.format(1)).unlink(), {TORN}),
    "key missing": (lambda place: key_file(Home(place / "home"), "live").unlink(), {STUCK}),
    "log missing": (lambda place: shutil.rmtree(place / "home" / "log"), {UNREADABLE, STUCK}),
    "value missing": (log_changed("DELETE FROM disclosure WHERE seq=5"), {ALTERED}),
    "newest missing": (
        log_changed("DELETE FROM entry WHERE seq=(SELECT max(seq) FROM entry)"),
        {LOST, UNSIGNED, STUCK},
    ),
    "checkpoint older": (log_changed("UPDATE newest_checkpoint SET size=size-1"), {UNSIGNED, STUCK}),
    "checkpoint changed": (log_changed("UPDATE checkpoint SET root=zeroblob(32)"), {UNSIGNED, STUCK}),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_every_fault_is_found(worked: Path, tmp_path: Path, what: str) -> None:
    """Each damage by its own name, and nothing without damage."""
    damage, wanted = DAMAGE[what]
    assert faults_after(worked, tmp_path / "left", damage) == wanted


def test_an_export_without_its_entry_is_found(worked: Path, tmp_path: Path) -> None:
    """One more was made than the log has entries for, after the desk continued."""
    assert faults_after(worked, tmp_path / "left", lambda place: None, EXPORTS + 1) == {LOST}
