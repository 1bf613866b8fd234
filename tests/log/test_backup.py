"""Backups: what a folder holds, what a failure leaves, and which older ones are removed."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from kiosk.errors import LogMustBeReplaced, ReplaceReason, StoreUnusable, UsageError
from kiosk.log import backup
from kiosk.log.archive import archived_files
from kiosk.log.backup import NewBackup, back_up, rotate
from kiosk.log.backup_check import MANIFEST, checked, verified_checkpoint
from kiosk.log.replace import replace_log
from kiosk.log.signing_key import key_file
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from kiosk.system.progress import Unseen
from tests.homes import a_home, encounter

SCHOOL = "Lincoln Elementary School"


@pytest.fixture
def home(home: Home) -> Home:
    """A home whose live log has one encounter."""
    encounter(home)
    return home


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """A folder for backups that holds another file."""
    disk = tmp_path / "disk"
    disk.mkdir()
    (disk / "other.txt").write_bytes(b"other")
    return disk


def made(home: Home, disk: Path, hours: int = 0) -> NewBackup:
    """A backup, so many hours later."""
    clock = FixedClock()
    clock.advance(hours * 3600)
    return back_up(home, "live", disk, SCHOOL, clock.now())


def test_a_backup_holds_the_log_first_and_previous_logs_after_it(home: Home, disk: Path) -> None:
    """It holds the manifest and the logs and nothing else; above all, not the key."""
    clock = FixedClock()
    clock.advance(60)
    replace_log(home, "live", clock, ReplaceReason.KEY_LOST, by="setup")
    (earlier,) = archived_files(home, "live")
    done = made(home, disk, 1)
    states = [file.state for file in done.manifest.files]
    assert states == [verified_checkpoint(home.log("live")), verified_checkpoint(earlier)]
    assert (done.manifest.school, done.manifest.mode, done.left_out) == (SCHOOL, "live", ())
    names = {path.name for path in done.folder.iterdir()}
    assert names == {MANIFEST, *(file.name for file in done.manifest.files)}
    private = key_file(home, "live").read_bytes().strip()
    assert not any(private in path.read_bytes() for path in done.folder.iterdir())
    assert checked(done.folder).manifest == done.manifest


def test_a_damaged_previous_log_is_left_out(home: Home, disk: Path) -> None:
    """The current log is backed up all the same, and one sentence names the other."""
    clock = FixedClock()
    clock.advance(60)
    replace_log(home, "live", clock, ReplaceReason.KEY_LOST, by="setup")
    (earlier,) = archived_files(home, "live")
    data = earlier.read_bytes()
    assert data.count(b'"kind":"encounter.closed"') == 1
    earlier.write_bytes(data.replace(b'"kind":"encounter.closed"', b'"kind":"encounter.closes"'))
    done = made(home, disk)
    assert [file.state for file in done.manifest.files] == [verified_checkpoint(home.log("live"))]
    (left_out,) = done.left_out
    assert earlier.name in left_out
    assert not (done.folder / earlier.name).exists()


def test_a_failure_leaves_the_disk_as_it_was(home: Home, disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No half-made folder, and other files unchanged."""

    def full(*_: object) -> None:
        raise StoreUnusable("The disk is full.")

    monkeypatch.setattr(backup, "move", full)
    with pytest.raises(StoreUnusable):
        made(home, disk)
    assert [(path.name, path.read_bytes()) for path in disk.iterdir()] == [("other.txt", b"other")]


class Stopped(Unseen):
    """The progress of work that a person stops."""

    stopped: Final[list[str]] = []

    def __init__(self, what: str) -> None:
        """Remember what."""
        self._what = what

    def show(self, done: int, total: int) -> None:
        """Stop the work, but let the copy be made the second time."""
        if self._what not in self.stopped:
            assert 0 < done <= total
            self.stopped.append(self._what)
            raise KeyboardInterrupt


def test_a_backup_that_is_stopped_leaves_the_disk_as_it_was(home: Home, disk: Path) -> None:
    """While the log is copied, and while the copy is checked."""
    Stopped.stopped.clear()
    before = [*disk.iterdir()]
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            back_up(home, "live", disk, SCHOOL, FixedClock().now(), Stopped)
        assert [*disk.iterdir()] == before
    assert [words.partition(" ")[0] for words in Stopped.stopped] == ["Copying", "Checking"]


def test_without_its_key_nothing_is_backed_up(home: Home, disk: Path) -> None:
    """Nobody could sign the manifest."""
    key_file(home, "live").unlink()
    with pytest.raises(LogMustBeReplaced) as told:
        made(home, disk)
    assert told.value.reason is ReplaceReason.KEY_LOST
    assert [path.name for path in disk.iterdir()] == ["other.txt"]


@pytest.mark.parametrize("place", ["none", "home/log", "home/log/inside", "home/keys"])
def test_a_place_beside_the_log_or_its_key_takes_no_backup(home: Home, tmp_path: Path, place: str) -> None:
    """Neither does one that is not there, which is not created."""
    dest = tmp_path / place
    if place.startswith("home"):
        dest.mkdir(exist_ok=True)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(UsageError):
        made(home, dest)
    assert sorted(tmp_path.rglob("*")) == before


def test_only_the_oldest_backups_of_this_kiosk_are_removed(home: Home, disk: Path, tmp_path: Path) -> None:
    """The new one counts as one of those that are kept; another kiosk's backups and other folders stay."""
    there = a_home(tmp_path / "there")
    encounter(there)
    others = [made(there, disk).folder, disk / "kiosk-backup-live-of-somebody", disk / "other.txt"]
    others[1].mkdir()
    first, second, third = (made(home, disk, hours) for hours in range(3))
    assert rotate(third, 2) == (1, [])
    assert not first.folder.exists()
    assert {*disk.iterdir()} == {second.folder, third.folder, *others}
    assert rotate(third, 1) == (1, [])
    assert {*disk.iterdir()} == {third.folder, *others}


def test_a_file_of_somebody_else_keeps_an_old_backups_folder(home: Home, disk: Path) -> None:
    """Only the files that the manifest names are removed, and one sentence names the folder."""
    first, second = made(home, disk), made(home, disk, 1)
    (first.folder / "letter.txt").write_bytes(b"a letter")
    removed, (problem,) = rotate(second, 1)
    assert removed == 0
    assert str(first.folder) in problem
    assert [(path.name, path.read_bytes()) for path in first.folder.iterdir()] == [("letter.txt", b"a letter")]
