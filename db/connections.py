"""The engines of the log: one that writes, one that only reads, one for migrations. Importing has no side effects.

This module creates the connections, so a setting that has no effect closes the connection again.
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

# A key of `Engine.execution_options` for connections that only read, and so don't take the write lock.
READING: Final = "log_reading"

BUSY_MS: Final = 5000

_BOTH: Final = {"busy_timeout": BUSY_MS, "cell_size_check": 1}
_WRITER: Final = _BOTH | {
    "foreign_keys": 1,
    "recursive_triggers": 1,  # INSERT OR REPLACE must meet the delete triggers
    "secure_delete": 1,  # destroyed values leave no copy
    "fullfsync": 1,  # macOS: through the drive's cache
    "checkpoint_fullfsync": 1,
}
_FULL, _EXTRA = 2, 3


def writer_engine(log: Path, lock: WriterLock, placement: Placement) -> Engine:
    """Return the engine that appends: one connection, `BEGIN IMMEDIATE`, durable at commit. The file must exist.

    It connects only while `lock` is held, and only to the file that it opened first, which `placement` remembers.
    """
    return _engine(lambda: _writer(log, lock, placement))


def reader_engine(log: Path, *, immutable: bool = False) -> Engine:
    """Return the engine that only reads. `immutable`: nothing can change the file while it is read."""
    return _engine(lambda: _reader(log, immutable)).execution_options(**{READING: True})


def migration_engine(log: Path) -> Engine:
    """Return the engine for migrations: durable, without authorizer, foreign keys off while tables are copied."""
    settings = _BOTH | {"synchronous": _EXTRA, "foreign_keys": 0, "secure_delete": 1}
    return _engine(lambda: _opened(log, "rw", lambda connection: _apply(connection, settings)))


@contextlib.contextmanager
def bare(engine: Engine) -> Iterator[sqlite3.Connection]:
    """Provide the engine's connection outside any transaction, for pragmas."""
    borrowed = engine.raw_connection()
    try:
        yield _driver(borrowed)
    finally:
        borrowed.close()


@contextlib.contextmanager
def at_once(engine: Engine) -> Iterator[sqlite3.Connection]:
    """Provide the engine's connection in one read transaction, so that all reads are consistent."""
    with bare(engine) as connection:
        connection.execute("BEGIN")
        try:
            yield connection
        finally:
            connection.execute("ROLLBACK")


def _engine(creator: Callable[[], sqlite3.Connection]) -> Engine:
    # One connection: before SQLite 3.51.3, two connections that write a WAL at once can lose a commit.
    engine = create_engine(
        "sqlite://", creator=creator, poolclass=QueuePool, pool_size=1, max_overflow=0, hide_parameters=True
    )
    listen.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    reading = connection.get_execution_options().get(READING)
    # Call the driver directly: through SQLAlchemy this statement takes as long as the insert.
    _driver(connection.connection).execute("BEGIN" if reading else "BEGIN IMMEDIATE")


def _driver(borrowed: PoolProxiedConnection) -> sqlite3.Connection:
    return cast(sqlite3.Connection, borrowed.driver_connection)  # created by this module


def _writer(log: Path, lock: WriterLock, placement: Placement) -> sqlite3.Connection:
    def prepare(connection: sqlite3.Connection) -> None:
        lock.require()
        require_ours(connection, log)
        _apply(connection, _WRITER)
        _choose_journal(connection)
        # json_each declares its columns when first used, and the authorizer can't distinguish that from CREATE TABLE.
        connection.execute("SELECT 1 FROM json_each('[]')").fetchall()
        connection.set_authorizer(authorize)
        # The first read creates the WAL. SQLite syncs its folder too, but ignores an error; our call raises it.
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
        # "rw" never creates a file; only `db.migrations.upgrade` does. sqlite3 manages no transactions, because we send
        # BEGIN.
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
    """Choose WAL where the file system supports it, else a rollback journal, with the matching sync level."""
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
            f"The log can't be stored safely here: {pragma} is {got}, not {value}.",
            "Store it on a local disk. If it already is on one, report this.",
        )


def _ask(connection: sqlite3.Connection, pragma: str) -> object:
    row = connection.execute(f"PRAGMA {pragma}").fetchone()
    return None if row is None else row[0]
