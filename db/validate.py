"""What is looked at before a log is trusted: the file, its owner, version, guards, identity and pages."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from db import revision
from db.error_mapping import named, translating
from db.errors import Damaged, Missing, ReadOnly
from db.models import APPLICATION_ID
from db.triggers import TRIGGERS

LOOKED_THROUGH: Final = 32 << 20
"""A log of at most so many bytes (some years of a school) is looked through whole whenever it is opened for writing.

It takes 40 ms. Of a longer one only what is read is looked at: its identity, its guards, its signed state and its end.
`kiosk doctor`, `kiosk log verify` and a backup look through any log.
"""


@dataclass(frozen=True, slots=True)
class Identity:
    """Which log this is. created_us: microseconds since 1970 UTC. log_vkey: the key that signs its checkpoints."""

    origin: str
    created_us: int
    log_vkey: str


def require_file(log: Path, *, writable: bool = False) -> None:
    """Raise Missing, Damaged or ReadOnly when a look from outside already tells that `log` can't be used.

    The file is never opened here: closing it would drop the locks that SQLite holds on it for this whole process.
    """
    if not log.exists():
        raise named(Missing, log)
    with translating(log):
        empty = log.stat().st_size == 0
    if empty or not log.is_file():  # SQLite would take an empty one for a new database
        raise named(Damaged, log)
    # Told before a lock file is made beside it.
    if writable and not os.access(log, os.W_OK):
        raise named(ReadOnly, log)


def require_ours(connection: sqlite3.Connection, log: Path) -> None:
    """Raise Damaged when the database is another program's."""
    if connection.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
        raise Damaged(f"{log} belongs to another program.", "Give the folder of the kiosk with --home.")


def examined(connection: sqlite3.Connection, log: Path) -> Identity:
    """The identity of a log that may be written. Raises WrongVersion, Damaged or sqlite3.Error."""
    revision.require_head(revision.found(connection))
    # Where the file may not be written SQLite falls back to reading, and says so only when something is written.
    connection.execute("UPDATE summary SET words=words WHERE 0")
    _require_guards(connection, log)
    if _bytes_of(connection) <= LOOKED_THROUGH:
        require_whole_pages(connection, log)
    return identity(connection, log)


def identity(connection: sqlite3.Connection, log: Path) -> Identity:
    """The one row that says which log this is. Raises Damaged when it is not there."""
    row = connection.execute("SELECT origin, created_us, log_vkey FROM log").fetchone()
    if row is None:
        raise named(Damaged, log)
    return Identity(*row)


def _bytes_of(connection: sqlite3.Connection) -> int:
    (pages,), (size,) = (connection.execute(f"PRAGMA {word}").fetchone() for word in ("page_count", "page_size"))
    return int(pages * size)


def require_whole_pages(connection: sqlite3.Connection, log: Path) -> None:
    """Raise Damaged when SQLite's quick check finds anything (2 s for a million entries)."""
    if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise named(Damaged, log)


def _require_guards(connection: sqlite3.Connection, log: Path) -> None:
    kept = {sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE type='trigger'")}
    if kept != set(TRIGGERS):
        raise Damaged(
            f"The guards that keep the encounter log {log} append-only were changed.",
            "Leave the file as it is, tell the Superintendent's Office, and restore the last backup.",
        )
