"""The two ways into the log: one engine that writes and one that can't. Nothing happens when this file is imported.

The connections are ours from the first call on, so a setting that did not take closes the door again.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final, cast

from sqlalchemy import Connection, Engine, PoolProxiedConnection, QueuePool, create_engine
from sqlalchemy import event as listen

from db.authorizer import authorize
from db.disk.durable import sync_folder
from db.disk.lock import WriterLock
from db.disk.placement import Placement
from db.error_mapping import translating
from db.errors import StoreError
from db.validate import require_ours

# A key of `Engine.execution_options`: these connections read, so they don't take the write lock.
READING: Final = "log_reading"

BUSY_MS: Final = 5000

_BOTH: Final = {"busy_timeout": BUSY_MS, "cell_size_check": 1}
_WRITER: Final = _BOTH | {
    "foreign_keys": 1,
    "recursive_triggers": 1,  # INSERT OR REPLACE must meet the delete triggers
    "secure_delete": 1,  # a value that was let go leaves no copy
    "fullfsync": 1,  # macOS: through the drive's cache
    "checkpoint_fullfsync": 1,
}
_FULL, _EXTRA = 2, 3


def writer_engine(log: Path, lock: WriterLock, placement: Placement) -> Engine:
    """The engine that appends: one connection, `BEGIN IMMEDIATE`, durable at commit. The file must exist.

    It connects only while `lock` is held, and only to the file it opened first, which `placement` remembers.
    """
    return _engine(lambda: _writer(log, lock, placement))


def reader_engine(log: Path, *, immutable: bool = False) -> Engine:
    """The engine that only reads. `immutable` is for media where nothing can change the file while it is read."""
    return _engine(lambda: _reader(log, immutable)).execution_options(**{READING: True})


def migration_engine(log: Path) -> Engine:
    """The engine that makes and changes tables: durable, unguarded, foreign keys off while tables are copied."""
    settings = _BOTH | {"synchronous": _EXTRA, "foreign_keys": 0, "secure_delete": 1}
    return _engine(lambda: _opened(log, "rw", lambda connection: _apply(connection, settings)))


@contextlib.contextmanager
def bare(engine: Engine) -> Iterator[sqlite3.Connection]:
    """The engine's connection outside any transaction, for pragmas."""
    borrowed = engine.raw_connection()
    try:
        yield _driver(borrowed)
    finally:
        borrowed.close()


@contextlib.contextmanager
def at_once(engine: Engine) -> Iterator[sqlite3.Connection]:
    """The same for reading: whatever is read inside is of one moment."""
    with bare(engine) as connection:
        connection.execute("BEGIN")
        try:
            yield connection
        finally:
            connection.execute("ROLLBACK")


def _engine(creator: Callable[[], sqlite3.Connection]) -> Engine:
    # One connection: with SQLite before 3.51.3, two that write a WAL at once can lose what was committed.
    engine = create_engine(
        "sqlite://", creator=creator, poolclass=QueuePool, pool_size=1, max_overflow=0, hide_parameters=True
    )
    listen.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    reading = connection.get_execution_options().get(READING)
    # Straight to the driver: through SQLAlchemy this one word costs as much as the insert.
    _driver(connection.connection).execute("BEGIN" if reading else "BEGIN IMMEDIATE")


def _driver(borrowed: PoolProxiedConnection) -> sqlite3.Connection:
    return cast(sqlite3.Connection, borrowed.driver_connection)  # our own creators made it


def _writer(log: Path, lock: WriterLock, placement: Placement) -> sqlite3.Connection:
    def prepare(connection: sqlite3.Connection) -> None:
        lock.require()
        require_ours(connection, log)
        _apply(connection, _WRITER)
        _choose_journal(connection)
        # json_each declares its columns when first used, which the authorizer could not tell from CREATE TABLE.
        connection.execute("SELECT 1 FROM json_each('[]')").fetchall()
        connection.set_authorizer(authorize)
        # The first read makes the WAL. SQLite syncs that new name too, but passes over an error; ours is told.
        _ask(connection, "schema_version")
        sync_folder(log.parent)
        placement.opened()

    return _opened(log, "rw", prepare)


def _reader(log: Path, immutable: bool) -> sqlite3.Connection:
    def prepare(connection: sqlite3.Connection) -> None:
        require_ours(connection, log)
        _apply(connection, _BOTH | {"query_only": 1})

    return _opened(log, "ro&immutable=1" if immutable else "ro", prepare)


def _opened(log: Path, mode: str, prepare: Callable[[sqlite3.Connection], None]) -> sqlite3.Connection:
    with translating(log):
        # "rw" never creates: a log appears only by `db.migrations.upgrade`. BEGIN is ours, so sqlite3 manages none.
        uri = f"{log.absolute().as_uri()}?mode={mode}"
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
        try:
            prepare(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def _apply(connection: sqlite3.Connection, wanted: Mapping[str, int]) -> None:
    for name, value in wanted.items():
        connection.execute(f"PRAGMA {name}={value}")
        _require(connection, name, value)


def _choose_journal(connection: sqlite3.Connection) -> None:
    """WAL where the file system allows it; else a rollback journal, synced as hard as that one needs."""
    wal = _ask(connection, "journal_mode=WAL") == "wal"
    if not wal:
        _ask(connection, "journal_mode=TRUNCATE")
    _require(connection, "journal_mode", "wal" if wal else "truncate")
    level = _FULL if wal else _EXTRA
    connection.execute(f"PRAGMA synchronous={level}")
    _require(connection, "synchronous", level)


def _require(connection: sqlite3.Connection, pragma: str, value: object) -> None:
    got = _ask(connection, pragma)
    if got != value:
        raise StoreError(
            f"The encounter log can't be kept safely here: {pragma} is {got}, not {value}.",
            "Keep it on a disk of this machine, and report this if it already is.",
        )


def _ask(connection: sqlite3.Connection, pragma: str) -> object:
    row = connection.execute(f"PRAGMA {pragma}").fetchone()
    return None if row is None else row[0]
