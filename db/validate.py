"""Checks before a log is used: the file, its application, version, schema, identity and pages."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from db import revision, schema
from db.error_mapping import named, translating
from db.errors import Damaged, Missing, ReadOnly
from db.models import APPLICATION_ID

FULL_CHECK_BYTES: Final = 32 << 20
"""Maximum size, in bytes, of a log that is checked completely at each opening for writing (some years of a school).

This takes 40 ms. In a longer log, only the parts that are read are checked: identity, schema, newest checkpoint and
newest entry. `kiosk doctor`, `kiosk log verify` and a backup check a log of any size.
"""


@dataclass(frozen=True, slots=True)
class Identity:
    """The identity of a log. created_us: microseconds since 1970 UTC. log_vkey: the public key of its checkpoints."""

    origin: str
    created_us: int
    log_vkey: str


def require_file(log: Path, *, writable: bool = False) -> None:
    """Raise Missing, Damaged or ReadOnly when the file's properties already show that `log` can't be used.

    Never opens the file: closing it would release SQLite's locks on it in this process.
    """
    if not log.exists():
        raise named(Missing, log)
    with translating(log):
        empty = log.stat().st_size == 0
    if empty or not log.is_file():  # SQLite treats an empty file as a new database
        raise named(Damaged, log)
    # Report this before creating a lock file.
    if writable and not os.access(log, os.W_OK):
        raise named(ReadOnly, log)


def require_ours(connection: sqlite3.Connection, log: Path) -> None:
    """Raise Damaged when the database belongs to another program."""
    if connection.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
        raise Damaged(f"{log} belongs to another program.", "Give the folder of the kiosk with --home.")


def examined(connection: sqlite3.Connection, log: Path) -> Identity:
    """Check a log before writing and return its identity. Raises WrongVersion, Damaged or sqlite3.Error."""
    revision.require_head(revision.found(connection))
    require_schema(connection, log)
    # SQLite opens an unwritable file for reading, and fails only at the first write.
    connection.execute("UPDATE search_index SET words=words WHERE 0")
    if _bytes_of(connection) <= FULL_CHECK_BYTES:
        require_intact_pages(connection, log)
    return identity(connection, log)


def identity(connection: sqlite3.Connection, log: Path) -> Identity:
    """Return the identity from the log's only identity row. Raises Damaged when it is missing."""
    row = connection.execute("SELECT origin, created_us, log_vkey FROM log").fetchone()
    if row is None:
        raise named(Damaged, log)
    return Identity(*row)


def _bytes_of(connection: sqlite3.Connection) -> int:
    (pages,), (size,) = (connection.execute(f"PRAGMA {word}").fetchone() for word in ("page_count", "page_size"))
    return int(pages * size)


def require_intact_pages(connection: sqlite3.Connection, log: Path) -> None:
    """Raise Damaged when SQLite's quick check finds a fault (2 s for a million entries)."""
    if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise named(Damaged, log)


def require_intact_file(connection: sqlite3.Connection, log: Path) -> None:
    """Raise Damaged when SQLite finds a damaged page, index or table constraint (3 s for a million entries)."""
    if connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
        raise named(Damaged, log)


def require_schema(connection: sqlite3.Connection, log: Path) -> None:
    """Raise Damaged unless the file has exactly the tables, indexes and triggers that the migrations make."""
    if changed := schema.differences(connection):
        raise Damaged(
            f"The tables, indexes or triggers of the log {log} were changed: {changed}.",
            "Leave the file unchanged, call the Superintendent's Office, and restore the last backup.",
        )
