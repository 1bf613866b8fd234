"""One program writes the log; a second one gets an error at once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import db
from db.disk.lock import WriterLock, lock_path
from db.errors import Locked, StoreError
from db.reader import Reader
from db.store import Store

ROOT = Path(db.__file__).parents[1]

HOLDER = """
import sys
from pathlib import Path
from db.store import Store
store = Store.open(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def holder(log: Path) -> Iterator[subprocess.Popen[str]]:
    """Another program that has the log open."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(log)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_folder_in_the_locks_place_is_named(log: Path) -> None:
    """The disk is not blamed for it."""
    lock_path(log).unlink(missing_ok=True)
    lock_path(log).mkdir()
    with pytest.raises(StoreError, match="is a folder") as told:
        Store.open(log)
    assert told.value.repair


def test_a_second_writer_is_told_and_opens_nothing(log: Path, holder: subprocess.Popen[str]) -> None:
    """It gets one sentence and a repair, at once, and the file stays as it was."""
    before = log.read_bytes()
    with pytest.raises(Locked, match="Another program is using") as told:
        Store.open(log)
    assert "close it" in told.value.repair
    assert log.read_bytes() == before


def test_a_reader_needs_no_lock(log: Path, holder: subprocess.Popen[str]) -> None:
    """Listing and exporting work while the kiosk runs."""
    with Reader.open(log) as reader:
        assert reader.size() == 0


def test_a_killed_writer_leaves_no_lock(log: Path, holder: subprocess.Popen[str]) -> None:
    """The lock belongs to the process, so a crash needs no one to clean up."""
    holder.kill()
    holder.wait()
    assert lock_path(log).exists()
    with Store.open(log) as store:
        assert store.size() == 0


def test_a_second_writer_in_the_same_program_is_told_too(store: Store, log: Path) -> None:
    """The lock is the open file's, not the program's."""
    with pytest.raises(Locked):
        Store.open(log)


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need a privilege there")
def test_another_name_for_the_log_meets_the_same_lock(store: Store, log: Path, tmp_path: Path) -> None:
    """A link leads to the file it means, and so to its lock."""
    alias = tmp_path / "alias.db"
    alias.symlink_to(log)
    with pytest.raises(Locked):
        Store.open(alias)


def test_a_released_lock_can_be_taken_again(log: Path) -> None:
    """Release is final for its holder, twice is fine, and the next one gets it."""
    first = WriterLock(log)
    first.release()
    first.release()
    with pytest.raises(StoreError, match="was closed"):
        first.require()
    second = WriterLock(log)
    second.require()
    second.release()


def test_a_failed_opening_lets_the_lock_go(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A log that is refused is not left locked."""
    monkeypatch.setattr("db.revision.HEAD", "9999")
    with pytest.raises(StoreError):
        Store.open(log)
    monkeypatch.undo()
    Store.open(log).close()
