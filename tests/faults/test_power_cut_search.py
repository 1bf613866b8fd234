"""The search behind the power cuts: which states a cut may leave, and that whatever is wrong in one is found."""

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
from tests.faults.powercut.leftover import ALTERED, LOST, STUCK, TORN, UNREADABLE, UNSIGNED, Acknowledged, wrong_with
from tests.faults.powercut.operation import TOLD, Operation, keep, kept
from tests.faults.powercut.rounds import ROOT
from tests.faults.powercut.states import SECTOR, Replay, State, Survives
from tests.faults.powercut.writer import EXPORT, Plan
from tests.homes import tamper

OLD, NEW = b"o" * 4 * SECTOR, b"n" * 4 * SECTOR
MANY = 200
EXPORTS = 3
"""How many the writer makes by its usual plan."""

SAVED = (
    Operation("file", 0, at=1, name="file"),
    Operation("write", 1, data=OLD),
    Operation("sync", 1),
    Operation("sync", 0),
)
"""A file that lasts, name and bytes."""

REPLACED = (
    Operation("file", 0, at=2, name="draft"),
    Operation("write", 2, data=NEW),
    Operation("sync", 2),
    Operation("rename", 0, name="draft", to="file"),
)
"""The same name for other bytes; the name is only on its way."""


def after(*operations: Operation) -> Replay:
    """The disk after these."""
    replay = Replay()
    for operation in operations:
        replay.take(operation)
    return replay


def found(state: State) -> dict[str, bytes]:
    """Its files."""
    return {path: bytes(content.data) for path, content in state.files}


def left(replay: Replay, survives: Survives = "some") -> list[dict[str, bytes]]:
    """What many cuts left, each by another chance."""
    return [found(replay.cut(survives, random.Random(seed))) for seed in range(MANY)]  # noqa: S311 - no secrets


def test_what_was_synced_is_always_there() -> None:
    """Bytes by their own sync, the name by the folder's."""
    assert left(after(*SAVED)) == [{"file": OLD}] * MANY


@pytest.mark.parametrize(("survives", "files"), [("none", {}), ("all", {"file": b""})])
def test_a_name_lasts_only_with_its_folder(survives: Survives, files: dict[str, bytes]) -> None:
    """A file that was made, and even synced, may have no name after a cut."""
    assert left(after(SAVED[0], Operation("sync", 1)), survives) == [files] * MANY


def test_unsynced_bytes_are_kept_or_lost_sector_by_sector() -> None:
    """Each of the four by itself: all sixteen ways are met, and nothing smaller is ever torn."""
    files = left(after(*SAVED, Operation("write", 1, data=NEW)))
    ways = {tuple(file["file"][at : at + SECTOR] for at in range(0, len(OLD), SECTOR)) for file in files}
    assert len(ways) == 16
    assert {sector for way in ways for sector in way} == {OLD[:SECTOR], NEW[:SECTOR]}


def test_a_write_across_a_sectors_edge_is_cut_there() -> None:
    """The edges are the disk's, not the write's."""
    files = left(after(*SAVED, Operation("write", 1, at=SECTOR - 1, data=b"nn")))
    assert {file["file"][SECTOR - 1 : SECTOR + 1] for file in files} == {b"oo", b"on", b"no", b"nn"}


def test_a_rename_leaves_the_old_or_the_new_whole() -> None:
    """And next to the old one perhaps the draft; once the folder is synced, only the new one."""
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
    replay.take(Operation("sync", 0))
    assert left(replay, "none") == [{"folder/file": OLD}] * MANY


def test_a_file_cut_short_or_made_long_is_laid_out_so(tmp_path: Path) -> None:
    """Room that was only reserved reads as zeros; what was cut off does not come back."""
    replay = after(*SAVED, Operation("size", 1, at=3), Operation("size", 1, at=5), Operation("sync", 1))
    replay.cut("none", random.Random(0)).lay_out(tmp_path)  # noqa: S311 - no secrets
    assert (tmp_path / "file").read_bytes() == b"ooo\0\0"


def test_a_record_reads_back_as_it_was_kept(tmp_path: Path) -> None:
    """Every operation, byte for byte, in order."""
    with (tmp_path / "record").open("wb") as record:
        for operation in (*SAVED, *REPLACED):
            keep(record, operation)
    assert tuple(kept(tmp_path / "record")) == (*SAVED, *REPLACED)


# -- what is wrong is found ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the writer leaves on a disk that loses nothing."""
    place = tmp_path_factory.mktemp("worked")
    (place / TOLD).touch()
    command = [sys.executable, "-m", "tests.faults.powercut.writer", str(place), json.dumps(asdict(Plan()))]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return place


def look(worked: Path, place: Path, damage: Callable[[Path], object], exports: int = EXPORTS) -> set[str]:
    """What is found wrong with it after the damage, when all that it did, and so many exports, were acknowledged."""
    shutil.copytree(worked, place)
    log = open_reader(Home(place / "home"), "live")
    try:
        last = log.last()
    finally:
        log.close()
    assert last is not None
    assert last.seq > 20
    made = [hashlib.sha256((place / EXPORT).read_bytes()).hexdigest()] * exports
    damage(place)
    return set(wrong_with(place, Acknowledged(last.seq, last.leaf.hex(), exports), made))


def log_changed(*statements: str) -> Callable[[Path], object]:
    """Change the log's file with these. Its guards come off for that, and for that alone the desk would not start."""

    def change(place: Path) -> None:
        tamper(Home(place / "home"), lambda connection: [connection.execute(each) for each in statements])

    return change


def export_cut(place: Path) -> None:
    """Take the export's last byte."""
    path = place / EXPORT
    path.write_bytes(path.read_bytes()[:-1])


DAMAGE: dict[str, tuple[Callable[[Path], object], set[str]]] = {
    "nothing": (lambda place: None, set()),
    "export cut": (export_cut, {TORN}),
    "export gone": (lambda place: (place / EXPORT).unlink(), {TORN}),
    "key gone": (lambda place: key_file(Home(place / "home"), "live").unlink(), {STUCK}),
    "log gone": (lambda place: shutil.rmtree(place / "home" / "log"), {UNREADABLE, STUCK}),
    "value gone": (log_changed("DELETE FROM disclosure WHERE seq=5"), {ALTERED, STUCK}),
    "newest gone": (log_changed("DELETE FROM entry WHERE seq=(SELECT max(seq) FROM entry)"), {LOST, UNSIGNED, STUCK}),
    "head older": (log_changed("UPDATE newest_checkpoint SET size=size-1"), {UNSIGNED, STUCK}),
    "checkpoint changed": (log_changed("UPDATE checkpoint SET root=zeroblob(32)"), {UNSIGNED, STUCK}),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_what_is_wrong_is_found(worked: Path, tmp_path: Path, what: str) -> None:
    """Each damage by its own name, and nothing where there is none."""
    damage, wanted = DAMAGE[what]
    assert look(worked, tmp_path / "left", damage) == wanted


def test_an_export_without_its_entry_is_found(worked: Path, tmp_path: Path) -> None:
    """One more was made than the log, once the desk goes on, knows of."""
    assert look(worked, tmp_path / "left", lambda place: None, EXPORTS + 1) == {LOST}
