"""The signed checkpoints of a log: the newest one, which each append replaces, and those that are kept.

What writes runs inside a transaction of the store, together with the entries that a checkpoint covers. A newest one
that was taken out of the file is not put back by the next append: only `first`, for a new log, inserts it.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from db.rows import SignedCheckpoint, StoredCheckpoint

_FIRST: Final = "INSERT INTO newest_checkpoint (id, size, root, note, peaks) VALUES (1, ?, ?, ?, ?)"
_REPLACE: Final = "UPDATE newest_checkpoint SET size=?, root=?, note=?, peaks=?"
_KEEP: Final = "INSERT INTO checkpoint (size, root, note) VALUES (?, ?, ?)"
_NEWEST: Final = "SELECT size, root, note, peaks FROM newest_checkpoint"
_ROOT_AT: Final = "SELECT root FROM checkpoint WHERE size=?"


def first(connection: Connection, checkpoint: SignedCheckpoint) -> None:
    """Write the newest checkpoint of a log that has none yet."""
    _write(connection, _FIRST, checkpoint)


def replace(connection: Connection, checkpoint: SignedCheckpoint) -> None:
    """Write this checkpoint in place of the newest. Raises IntegrityError when it covers fewer entries."""
    _write(connection, _REPLACE, checkpoint)


def newest(connection: Connection) -> StoredCheckpoint | None:
    """The newest checkpoint; None when it was taken out of the file."""
    found = connection.exec_driver_sql(_NEWEST).first()
    return None if found is None else StoredCheckpoint(*found)


def root_at(connection: Connection, size: int) -> bytes | None:
    """The root over the first `size` entries; None unless a checkpoint of that size was kept."""
    root: bytes | None = connection.exec_driver_sql(_ROOT_AT, (size,)).scalar()
    return root


def _write(connection: Connection, statement: str, new: SignedCheckpoint) -> None:
    connection.exec_driver_sql(statement, (new.size, new.root, new.note, new.peaks))
    if new.lasting:
        connection.exec_driver_sql(_KEEP, (new.size, new.root, new.note))
