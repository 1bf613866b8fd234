"""Copies of a log as one complete file, made while other processes read and write it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

from db.connections import at_once, bare, reader_engine, writer_engine
from db.disk.durable import put_in_place
from db.disk.lock import WriterLock
from db.disk.placement import Placement
from db.error_mapping import translating
from db.revision import found, require_head
from db.validate import require_file, require_intact_file, require_schema

_PART: Final = 4096
"""Pages copied at once: 16 MB."""


def copy_log(log: Path, copy: Path, progress: Callable[[int, int], None] = lambda _done, _total: None) -> Path:
    """Copy the log to `copy` with SQLite's online backup; return when the copy is complete and durable.

    The copy is one file of mode 0600, with all entries of the WAL, and replaces an existing file. It is made in parts:
    after each, `progress` is called with the number of pages copied and of all pages. Raises StoreError.
    """
    require_file(log)
    with translating(copy):
        new = fresh(copy.with_name(f"{copy.name}.new"))
    engine = reader_engine(log)
    try:
        # Pages are copied without parsing, so an error here is an error of the copy.
        with at_once(engine) as source, translating(copy), closing(sqlite3.connect(new)) as target:
            # With its first read, the transaction sees one state of the log. Otherwise each entry that another process
            # writes between two parts would start the copy again.
            source.execute("SELECT 1 FROM log").fetchone()
            source.backup(target, pages=_PART, progress=lambda _, left, pages: progress(pages - left, pages))
            # The copied header says WAL, so even a reader would have to create a second file.
            target.execute("PRAGMA journal_mode=DELETE").fetchone()
    finally:
        engine.dispose()
    with translating(copy):
        put_in_place(new, copy)
    return copy


def require_intact_copy(log: Path) -> None:
    """Raise Damaged when the schema was changed or SQLite's full check finds a fault, StoreError for any other."""
    engine = reader_engine(log)
    try:
        with translating(log), bare(engine) as connection:
            require_head(found(connection))
            require_schema(connection, log)
            require_intact_file(connection, log)
    finally:
        engine.dispose()


def empty_wal(log: Path, lock: WriterLock) -> None:
    """Move the newest entries from the WAL into the main file, so that it is complete. Raises StoreError."""
    engine = writer_engine(log, lock, Placement(log))
    try:
        with translating(log), bare(engine) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        engine.dispose()


def fresh(path: Path) -> Path:
    """Create an empty file of mode 0600 at `path`, replacing leftovers of an earlier attempt. Hold the lock."""
    for leftover in (path, path.with_name(f"{path.name}-journal")):
        leftover.unlink(missing_ok=True)
    path.touch(mode=0o600, exist_ok=False)
    return path
