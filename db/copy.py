"""A copy of a log as one whole file, made while others read it and while the kiosk writes it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from db.connections import bare, reader_engine, writer_engine
from db.disk.durable import put_in_place
from db.disk.lock import WriterLock
from db.disk.placement import Placement
from db.error_mapping import named, translating
from db.errors import Damaged
from db.validate import require_file


def copied(log: Path, copy: Path) -> Path:
    """Copy the log to `copy` by SQLite's online backup, and return when the copy is whole and on the disk.

    The copy has mode 0600, is one file whatever lies beside the log, and replaces what stood there. Raises StoreError.
    """
    require_file(log)
    with translating(copy):
        new = fresh(copy.with_name(f"{copy.name}.new"))
    engine = reader_engine(log)
    try:
        # Pages are copied unread: what goes wrong here, goes wrong with the copy.
        with bare(engine) as source, translating(copy), closing(sqlite3.connect(new)) as target:
            source.backup(target)
            # The copy says of itself that it has a second file; then even a reader would have to make one.
            target.execute("PRAGMA journal_mode=DELETE").fetchone()
    finally:
        engine.dispose()
    with translating(copy):
        put_in_place(new, copy)
    return copy


def require_whole(log: Path) -> None:
    """Raise Damaged when SQLite's full check finds anything in the file, StoreError when it can't be looked at."""
    engine = reader_engine(log)
    try:
        with translating(log), bare(engine) as connection:
            if connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
                raise named(Damaged, log)
    finally:
        engine.dispose()


def settle(log: Path, lock: WriterLock) -> None:
    """Move the newest entries into the main file, so that it is whole without those beside it. Raises StoreError."""
    engine = writer_engine(log, lock, Placement(log))
    try:
        with translating(log), bare(engine) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        engine.dispose()


def fresh(path: Path) -> Path:
    """An empty file of mode 0600 at `path`, in place of what an earlier try left; a lock must make this safe."""
    for leftover in (path, path.with_name(f"{path.name}-journal")):
        leftover.unlink(missing_ok=True)
    path.touch(mode=0o600, exist_ok=False)
    return path
