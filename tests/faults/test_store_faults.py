"""Faults of the machine: the writer is killed, the disk is full, a write fails. No acknowledged entry is lost."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import db
from db.disk import reserve
from db.store import Store
from tests.db.rows import make_log

ROOT = Path(db.__file__).parents[1]
UNSHARE = shutil.which("unshare")
STRACE = shutil.which("strace")
PLENTY = 100_000

LIMIT_BYTES = 600_000

# Runs the writer with every file limited in size; what is told comes last on stdout.
CROWDED = """
import resource, sys
from pathlib import Path
from db.errors import StoreError
from tests.db.rows import add, write
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
try:
    write(Path(sys.argv[1]), 100_000)
except StoreError as error:
    print(type(error).__name__, error)
"""

# Fills a small disk to the last byte, then writes on: the reserve must carry the entries that follow.
FILLED = """
import sys
from pathlib import Path
from db.disk import reserve
from db.errors import StoreError
from db.store import Store
from tests.db.rows import a_row, add, make_log
log = make_log(Path(sys.argv[1]) / "log.db")
with Store.open(log) as store:
    add(store, [a_row(0)])
    assert reserve.ballast_path(log).exists()
    with (log.parent / "filler").open("wb", buffering=0) as filler:
        for chunk in (65536, 512, 1):
            try:
                while filler.write(b"x" * chunk):
                    pass
            except OSError:
                pass
    assert reserve.space_left(log) == 0
    for seq in range(1, 201):
        add(store, [a_row(seq)])
    print(reserve.ballast_path(log).exists(), store.size(), len(list(store.entries())))
    with (log.parent / "filler").open("ab", buffering=0) as filler:
        try:
            while filler.write(b"x" * 65536):
                pass
        except OSError:
            pass
    try:
        for seq in range(201, 100_000):
            add(store, [a_row(seq)])
    except StoreError as error:
        print(type(error).__name__, store.size() == seq, len(list(store.entries())) == seq)
"""


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A new, empty log."""
    return make_log(tmp_path / "kept" / "log.db")


def _writer(log: Path, *before: str, count: int = PLENTY) -> subprocess.Popen[str]:
    command = [*before, sys.executable, "-m", "tests.db.rows", str(log), str(count)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _whole_size(log: Path) -> int:
    """The number of entries, after checking that each of them reads back with its value."""
    with Store.open(log) as store:
        rows = list(store.entries())
        assert [row.seq for row in rows] == list(range(store.size()))
        assert all(row.disclosures for row in rows)
        return store.size()


def _numbers(lines: Iterator[str]) -> list[int]:
    """The whole numbers among complete lines; a line cut by a kill is no acknowledgement."""
    return [int(line) for line in lines if line.endswith("\n") and line.strip().isdigit()]


def test_a_killed_writer_loses_nothing_it_acknowledged(log: Path) -> None:
    """Ten times: killed without warning after a few entries; every number it told is in the log."""
    acknowledged = -1
    for round_number in range(10):
        with _writer(log) as process:
            assert process.stdout is not None
            told = [int(process.stdout.readline()) for _ in range(1 + 7 * round_number)]
            process.kill()
            told += _numbers(iter(process.stdout))
        assert told[0] > acknowledged
        acknowledged = told[-1]
        assert _whole_size(log) > acknowledged


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are POSIX")
def test_a_file_that_may_not_grow_ends_in_one_plain_sentence(log: Path) -> None:
    """A limit or quota: entries up to it are kept, the next is refused as a lack of room, reads go on."""
    done = subprocess.run(
        [sys.executable, "-c", CROWDED, str(log), str(LIMIT_BYTES)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    *numbers, last = done.stdout.splitlines(keepends=True)
    assert last.startswith("Full The disk has no space")
    assert done.stderr == ""
    acknowledged = _numbers(iter(numbers))
    assert len(acknowledged) > 10
    assert _whole_size(log) == acknowledged[-1] + 1


def _works(*command: str | None) -> bool:
    if command[0] is None:
        return False
    return subprocess.run([str(word) for word in command], check=False, capture_output=True).returncode == 0


@pytest.mark.skipif(not _works(UNSHARE, "-rm", "true"), reason="no mount namespaces here, so no small disk")
def test_a_full_disk_is_finished_on_the_reserve(tmp_path: Path) -> None:
    """A disk filled to the last byte takes the open encounter's entries, then says that it is full; none is lost."""
    mebibytes = 3 * reserve.BALLAST_BYTES // 1024**2
    mount = f'mount -t tmpfs -o size={mebibytes}m tmpfs "$1" && exec "$2" -c "$3" "$1"'
    done = subprocess.run(
        [str(UNSHARE), "-rm", "sh", "-c", mount, "sh", str(tmp_path), sys.executable, FILLED],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.splitlines() == ["False 201 201", "Full True True"]
    assert done.stderr == ""


@pytest.mark.skipif(not _works(STRACE, "-qq", "-o", "/dev/null", "true"), reason="no tracing here, so no failing sync")
@pytest.mark.parametrize("when", [1, 3, 4])
def test_one_failed_sync_is_looked_into_and_nothing_is_doubled(log: Path, when: int) -> None:
    """The disk fails one sync in the middle of a commit: each entry is acknowledged once and there once."""
    assert _whole_size(log) == 0  # opened once, so that the next opening syncs nothing and the commits are counted
    inject = f"inject=fdatasync:error=EIO:when={when}"
    with _writer(log, str(STRACE), "-f", "-qq", "-o", "/dev/null", "-e", inject, count=6) as process:
        told, trouble = process.communicate()
    assert trouble == ""
    assert _numbers(iter(told.splitlines(keepends=True))) == list(range(6))
    assert _whole_size(log) == 6


@pytest.mark.skipif(not _works(STRACE, "-qq", "-o", "/dev/null", "true"), reason="no tracing here, so no failing sync")
def test_a_disk_that_fails_every_sync_acknowledges_nothing_more(log: Path) -> None:
    """From the fourth sync on all fail: what was told before is there, and nothing is told after."""
    assert _whole_size(log) == 0
    inject = "inject=fdatasync:error=EIO:when=4+"
    with _writer(log, str(STRACE), "-f", "-qq", "-o", "/dev/null", "-e", inject) as process:
        told, trouble = process.communicate()
    assert "Unconfirmed" in trouble
    acknowledged = _numbers(iter(told.splitlines(keepends=True)))
    assert 0 < len(acknowledged) < 4
    assert _whole_size(log) >= len(acknowledged)
