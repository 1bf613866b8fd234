"""A disk that fills while a command writes: the old file stays whole, one sentence says why, and later all is well."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Final

import pytest

from kiosk.errors import Exit
from kiosk.settings import Home
from tests.homes import CONTACTS, a_home, encounter

UNSHARE: Final = shutil.which("unshare")
PAGE: Final = 4096

ON_SMALL_DISK: Final = """
import shutil, subprocess, sys
from pathlib import Path
place, room, *words = sys.argv[1:]
disk = Path(place)
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", place], check=True)
if (before := disk.with_name("before")).exists():
    shutil.copytree(before, disk, dirs_exist_ok=True)
with (disk / "filler").open("wb", buffering=0) as filler:
    left = shutil.disk_usage(disk).free - int(room)
    assert filler.write(bytes(left)) == left
kiosk = [sys.executable, "-m", "kiosk"]
print("full", subprocess.run(kiosk + words).returncode, flush=True)
shutil.copytree(disk, disk.with_name("meanwhile"), ignore=shutil.ignore_patterns("filler"))
(disk / "filler").unlink()
print("room", subprocess.run(kiosk + words).returncode, flush=True)
shutil.copytree(disk, disk.with_name("after"))
"""
"""Runs a command on a disk of 16 MiB that has `room` bytes left, and once more with room; copies what it left."""

ROOT: Final = Path(__file__).parents[2]


def _can_mount() -> bool:
    return UNSHARE is not None and subprocess.run([UNSHARE, "-rm", "true"], check=False).returncode == 0


pytestmark = pytest.mark.skipif(not _can_mount(), reason="no mount namespaces here, so no small disk")


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """Where the small disk will be. What is in `before`, beside it, is on it from the start."""
    disk = tmp_path / "disk"
    disk.mkdir()
    return disk


def on_small_disk(disk: Path, room: int, *words: str) -> tuple[str, str]:
    """The command's message on stderr, and the exit codes with a full disk and with room."""
    program = [sys.executable, "-c", ON_SMALL_DISK, str(disk), str(room), *words]
    done = subprocess.run([str(UNSHARE), "-rm", *program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done
    codes = [line for line in done.stdout.splitlines() if line.startswith(("full", "room"))]
    return done.stderr, " ".join(codes)


def files(folder: Path) -> set[str]:
    """The names of what is there."""
    return {path.name for path in folder.rglob("*") if path.is_file()}


def test_an_export_that_does_not_fit_leaves_other_files_and_no_part_of_a_new_one(tmp_path: Path, disk: Path) -> None:
    """Exit code 4 and why; the log tells of no export that was not made; with room it is made."""
    home = a_home(tmp_path)
    encounter(home, note="two people, one van " * 400)
    (tmp_path / "before").mkdir()
    (tmp_path / "before" / "older.jsonl").write_text("an older export\n", encoding="utf-8")
    words = (
        "log",
        "export",
        "--format",
        "jsonl",
        "--level",
        "full",
        "-o",
        str(disk / "out.jsonl"),
        "--home",
        str(home.path),
    )
    said, codes = on_small_disk(disk, PAGE, *words)
    assert codes == f"full {Exit.STORE} room {Exit.DONE}"
    refused, *rest = said.splitlines()
    assert refused == f"{disk}/out.jsonl can't be saved: the disk is full. Free some space, then try again."
    assert rest == [f"1 record exported. They are in {disk}/out.jsonl."]
    assert (tmp_path / "meanwhile" / "older.jsonl").read_text(encoding="utf-8") == "an older export\n"
    assert files(tmp_path / "meanwhile") == {"older.jsonl"}
    assert "one van" in (tmp_path / "after" / "out.jsonl").read_text(encoding="utf-8")


def test_sheets_that_do_not_fit_leave_nothing(tmp_path: Path, disk: Path) -> None:
    """One sentence, and nothing of any library; with room the workbook is made."""
    home = a_home(tmp_path)
    encounter(home, note="two people, one van " * 400)
    (tmp_path / "before").mkdir()
    words = ("log", "export", "--format", "xlsx", "--level", "full", "-o", str(disk / "out"), "--home", str(home.path))
    said, codes = on_small_disk(disk, 4 * PAGE, *words)
    assert codes == f"full {Exit.STORE} room {Exit.DONE}"
    assert said.splitlines() == [
        f"{disk}/out can't be saved: the disk is full. Free some space, then try again.",
        f"1 record exported. They are in {disk}/out.",
    ]
    assert files(tmp_path / "meanwhile") == set()
    with zipfile.ZipFile(tmp_path / "after" / "out") as archive:
        assert archive.testzip() is None


@pytest.mark.parametrize("room", [0, 2 * PAGE, 12 * PAGE, 16 * PAGE, 20 * PAGE])
def test_a_first_set_up_that_runs_out_of_room_is_told_and_done_again(tmp_path: Path, disk: Path, room: int) -> None:
    """Wherever the disk fills: code 4, one sentence, no half of a log; the same command later sets everything up."""
    home = a_home(tmp_path)
    shutil.move(home.path, tmp_path / "before")
    words = ("setup", "--school", "Lincoln", "--contacts", str(tmp_path / "contacts.yaml"), "--protocol", "small")
    said, codes = on_small_disk(disk, room, *words, "--home", str(disk))
    assert codes == f"full {Exit.STORE} room {Exit.DONE}"
    refused = said.splitlines()[0]
    assert "the disk is full. Free some space" in refused or "The disk has no space" in refused, said
    assert "live.db" not in files(tmp_path / "meanwhile")
    after = Home(tmp_path / "after")
    assert after.log("live").exists()
    assert "Lincoln" in after.settings_file.read_text(encoding="utf-8")
    assert after.contacts_file.read_text(encoding="utf-8") == CONTACTS
    assert not {name for name in files(after.path) if name.startswith(".saving") or name.endswith(".new")}


def test_a_later_set_up_that_does_not_fit_leaves_the_settings_as_they_were(tmp_path: Path, disk: Path) -> None:
    """The old settings still read, and the desk still opens with them."""
    home = a_home(tmp_path)
    setup = ("setup", "--protocol", "small", "--contacts", str(tmp_path / "contacts.yaml"))
    kiosk = [sys.executable, "-m", "kiosk", *setup, "--school", "Lincoln", "--home", str(home.path)]
    subprocess.run(kiosk, cwd=ROOT, check=True, capture_output=True)
    shutil.move(home.path, tmp_path / "before")
    said, codes = on_small_disk(disk, 0, *setup, "--school", "Franklin", "--home", str(disk))
    assert codes == f"full {Exit.STORE} room {Exit.DONE}"
    assert said.splitlines()[0].endswith("the disk is full. Free some space, then try again.")
    assert "Lincoln" in Home(tmp_path / "meanwhile").settings_file.read_text(encoding="utf-8")
    assert "Franklin" in Home(tmp_path / "after").settings_file.read_text(encoding="utf-8")
