"""A log that can't be written: the writer gets an error before the first answer, a reader still works.

The folder is mounted read-only in a namespace of its own, because an administrator's account passes file modes by.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import db
from db.store import Store
from tests.db.rows import a_row, add

ROOT = Path(db.__file__).parents[1]
UNSHARE = shutil.which("unshare")


def _can_mount() -> bool:
    return (
        UNSHARE is not None
        and subprocess.run([UNSHARE, "-rm", "true"], check=False, capture_output=True).returncode == 0
    )


pytestmark = pytest.mark.skipif(not _can_mount(), reason="no mount namespaces here, so nothing can be made read-only")

MOUNT = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && shift && exec "$@"'

TRY = """
import sys
from pathlib import Path
from db.errors import StoreError
from db.store import Reader, Store
path, what = Path(sys.argv[1]), {"Store": Store, "Reader": Reader}[sys.argv[2]]
try:
    with what.open(path) as opened:
        print(opened.size(), len(list(opened.entries())))
except StoreError as error:
    print(type(error).__name__)
"""


def _told(log: Path, what: str, read_only: Path) -> str:
    command = [UNSHARE or "", "-rm", "sh", "-c", MOUNT, "sh", str(read_only)]
    program = [sys.executable, "-c", TRY, str(log), what]
    done = subprocess.run([*command, *program], cwd=ROOT, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def kept(log: Path) -> Path:
    """A closed log with two entries."""
    with Store.open(log) as store:
        add(store, [a_row(0), a_row(1)])
    return log


@pytest.mark.parametrize("only_the_file", [True, False])
def test_a_writer_is_told_before_the_first_answer(kept: Path, only_the_file: bool) -> None:
    """Read-only file or read-only folder: opening says so."""
    assert _told(kept, "Store", kept if only_the_file else kept.parent) == "ReadOnly"


@pytest.mark.parametrize("only_the_file", [True, False])
def test_a_reader_reads_a_closed_log(kept: Path, only_the_file: bool) -> None:
    """A copy on a disc, or a folder of another's, can be listed and exported."""
    assert _told(kept, "Reader", kept if only_the_file else kept.parent) == "2 2"


def test_a_reader_never_leaves_out_the_newest_entries(log: Path, tmp_path: Path) -> None:
    """A copy taken while the kiosk ran, without the index of its second file: all of it, or a plain refusal."""
    copy = tmp_path / "copy"
    copy.mkdir()
    with Store.open(log) as store:
        add(store, [a_row(0), a_row(1)])
        for name in ("log.db", "log.db-wal"):
            shutil.copy(log.with_name(name), copy)
    assert (copy / "log.db-wal").stat().st_size > 0
    assert _told(copy / "log.db", "Reader", copy) in {"ReadOnly", "2 2"}
