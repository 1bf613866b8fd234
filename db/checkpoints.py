"""The signed checkpoints of a log: the newest, which each append replaces, and the permanent ones.

Writes run inside a transaction of the store, with the entries that the checkpoint covers. If the newest checkpoint was
removed from the file, the next append does not restore it: only `first`, for a new log, inserts it.
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
_NOTE_AT: Final = "SELECT note FROM checkpoint WHERE size=?"


def first(connection: Connection, checkpoint: SignedCheckpoint) -> None:
    """Insert the newest checkpoint of a new log."""
    _write(connection, _FIRST, checkpoint)


def replace(connection: Connection, checkpoint: SignedCheckpoint) -> None:
    """Replace the newest checkpoint. Raises IntegrityError when the new one covers fewer entries."""
    _write(connection, _REPLACE, checkpoint)


def newest(connection: Connection) -> StoredCheckpoint | None:
    """Return the newest checkpoint; None when it was removed from the file."""
    found = connection.exec_driver_sql(_NEWEST).first()
    return None if found is None else StoredCheckpoint(*found)


def root_at(connection: Connection, size: int) -> bytes | None:
    """Return the root hash of the first `size` entries; None unless a permanent checkpoint of that size exists."""
    root: bytes | None = connection.exec_driver_sql(_ROOT_AT, (size,)).scalar()
    return root


def note_at(connection: Connection, size: int) -> str | None:
    """Return the permanent checkpoint of the first `size` entries; None unless there is one."""
    note: str | None = connection.exec_driver_sql(_NOTE_AT, (size,)).scalar()
    return note


def _write(connection: Connection, statement: str, new: SignedCheckpoint) -> None:
    connection.exec_driver_sql(statement, (new.size, new.root, new.note, new.peaks))
    if new.lasting:
        connection.exec_driver_sql(_KEEP, (new.size, new.root, new.note))
