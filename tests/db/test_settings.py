"""Every promise of the connections is read back, and importing the store does nothing."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

import db
from db.connections import _choose_journal, _require, bare
from db.errors import StoreError
from db.reader import Reader
from db.store import Store

ROOT = Path(db.__file__).parents[1]


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("recursive_triggers", 1),
        ("secure_delete", 1),
        ("cell_size_check", 1),
        ("busy_timeout", 5000),
        ("fullfsync", 1),
        ("checkpoint_fullfsync", 1),
        ("application_id", 0x454E434C),
    ],
)
def test_the_writer_has_the_setting(store: Store, pragma: str, value: object) -> None:
    """The settings on which the durability of the log depends are in force on the writing connection."""
    with bare(store._writing) as connection:
        assert connection.execute(f"PRAGMA {pragma}").fetchone() == (value,)


def test_a_checkpoint_puts_the_patience_back(store: Store) -> None:
    """A checkpoint waits for readers only shortly; other statements wait as before."""
    store.empty_wal()
    with bare(store._writing) as connection:
        assert connection.execute("PRAGMA busy_timeout").fetchone() == (5000,)


def test_only_one_connection_writes(store: Store) -> None:
    """The pool gives out only one connection."""
    assert store._writing.pool.status().startswith("Pool size: 1")
    assert store._reading.pool is store._writing.pool


def test_a_reader_can_not_write(log: Path) -> None:
    """Not even with a statement of its own."""
    with Reader.open(log) as reader, bare(reader._reading) as connection:
        assert connection.execute("PRAGMA query_only").fetchone() == (1,)
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            connection.execute("DELETE FROM search_index")


@pytest.mark.skipif(sys.platform == "win32", reason="the file system without shared memory is POSIX only")
def test_without_wal_a_rollback_journal_is_synced_harder(log: Path) -> None:
    """Where memory can't be shared (some network shares), TRUNCATE with EXTRA takes WAL's place."""
    with closing(sqlite3.connect(f"{log.as_uri()}?vfs=unix-dotfile", uri=True, isolation_level=None)) as connection:
        _choose_journal(connection)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("truncate",)
        assert connection.execute("PRAGMA synchronous").fetchone() == (3,)


def test_a_setting_that_did_not_take_closes_the_door(log: Path) -> None:
    """Nothing is assumed: a value read back wrong is an error."""
    with (
        closing(sqlite3.connect(log)) as connection,
        pytest.raises(StoreError, match="synchronous is 2, not 3"),
    ):
        _require(connection, "synchronous", 3)


def test_using_the_store_loads_neither_alembic_nor_the_kiosk(log: Path) -> None:
    """A fresh interpreter that opens, writes and closes the store holds none of them."""
    program = (
        "import sys\nfrom pathlib import Path\nfrom db.store import Reader, Store\nimport db.migrations.upgrade\n"
        "with Store.open(Path(sys.argv[1])) as store: store.size()\n"
        "print(sorted({'alembic', 'kiosk', 'textual', 'rich', 'sqlalchemy.orm'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(log)], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert done.stdout == "[]\n"
