"""The single writer of the log. An append returns only when its rows are durable."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Sequence
from dataclasses import astuple, fields
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, Table, bindparam, insert, select
from sqlalchemy.dialects.sqlite.pysqlite import dialect
from sqlalchemy.exc import DBAPIError

from db import checkpoints
from db.connections import BUSY_MS, READING, bare, writer_engine
from db.destruction import destroy_in_previous_log, write_effects
from db.disk.lock import WriterLock
from db.disk.placement import Placement
from db.disk.reserve import keep_ballast, release_ballast
from db.error_mapping import named, translated, translating
from db.errors import Damaged, Displaced, Full, Locked, StoreError, Unconfirmed
from db.models import disclosure, entry, search_index, search_text
from db.reader import Reader
from db.reads import Reads
from db.rows import EncodedRow, RetentionEffects, Row, SearchRow, SignedCheckpoint
from db.validate import Identity, examined, require_file

__all__ = ["EncodedRow", "Reader", "Row", "Store"]

_NOT_ENCRYPTED: Final = 0
_ENCRYPTED: Final = 1
_SEARCH_COLUMNS: Final = [field.name for field in fields(SearchRow)]
_PATIENCE_MS: Final = 200  # maximum wait of a WAL checkpoint for readers; the desk waits too


def _sql(table: Table, *columns: str) -> str:
    return str(insert(table).compile(dialect=dialect(), column_keys=list(columns)))


# Rendered once: between a key press and the next screen, even a cache lookup would take a tenth of the time.
_ADD_ENTRIES: Final = _sql(entry, "seq", "header", "leaf")
_ADD_DISCLOSURES: Final = _sql(disclosure, "seq", "name", "encrypted", "body")
_SET_SEARCH_ROWS: Final = _sql(search_index, *_SEARCH_COLUMNS).replace("INSERT", "INSERT OR REPLACE", 1)
_ADD_SEARCH_TEXTS: Final = _sql(search_text, "id", "words").replace("INSERT", "INSERT OR IGNORE", 1)
_HEADER: Final = select(entry.c.header).where(entry.c.event_id == bindparam("id"))


class Store(Reads):
    """The log, open for writing. Use it from one thread at a time."""

    def __init__(self, log: Path, engine: Engine, identity: Identity, lock: WriterLock, placement: Placement) -> None:
        super().__init__(log, engine.execution_options(**{READING: True}), identity)
        self._writing = engine
        self._lock = lock
        self._placement = placement

    @classmethod
    def open(cls, path: Path, *, reserve: bool = True) -> Store:
        """Take the lock, check the log at `path`, and open it. `reserve`: keep a reserve file for a full disk.

        Raises Locked at once when another program uses it, and Missing, ReadOnly, Damaged, WrongVersion, Full, Failing
        or StoreError; then nothing stays open.
        """
        log = path.resolve()
        require_file(log, writable=True)
        with contextlib.ExitStack() as undo:
            lock = WriterLock(log)
            undo.callback(lock.release)
            placement = Placement(log)
            engine = writer_engine(log, lock, placement)
            undo.callback(engine.dispose)
            store = cls(log, engine, _examined(engine, log), lock, placement)
            undo.pop_all()
        if reserve:
            keep_ballast(log)
        store._empty_left_wal()
        return store

    def append(
        self,
        rows: Sequence[EncodedRow],
        checkpoint: SignedCheckpoint,
        effects: RetentionEffects | None = None,
        *,
        spend_reserve: bool = True,
    ) -> None:
        """Append these rows, all or none; return when they are durable.

        checkpoint: signed for the log with these rows. effects: the rows' effects on holds and destruction. Both are
        written in the same commit. spend_reserve: whether these rows may use the reserve of a full disk.
        Raises Unconfirmed when the result is unknown; any other error means that no row was written. Raises Displaced
        when the log's file is no longer the one at its path.
        """
        if not rows:
            return
        self._placement.require()
        try:
            self._write(rows, checkpoint, effects)
        except (Full, Unconfirmed) as failure:
            if spend_reserve:
                self._make_room(failure)
            self._resolve(rows, checkpoint, effects)
        try:
            self._placement.require()
        except Displaced as error:  # durable, but in a file that may be lost
            raise Unconfirmed(error) from error

    def index(self, rows: Sequence[SearchRow]) -> None:
        """Write these index rows, each replacing its record's earlier one; none after an error."""
        with translating(self._log), self._writing.connect() as connection:
            connection.exec_driver_sql(_ADD_SEARCH_TEXTS, [(_text_id(row.shared), row.shared) for row in rows])
            connection.exec_driver_sql(_SET_SEARCH_ROWS, [_stored(row) for row in rows])
            connection.commit()

    def clear_index(self) -> None:
        """Delete all rows of the search index."""
        with translating(self._log), self._writing.connect() as connection:
            connection.exec_driver_sql("DELETE FROM search_index")
            connection.exec_driver_sql("DELETE FROM search_text")
            connection.commit()

    def committed(self, rows: Sequence[EncodedRow]) -> bool:
        """Return True when all these rows are in the log and durable, False when none is.

        Call this after an append that raised Unconfirmed, before writing anything else. Raises Unconfirmed when the
        result is still unknown, Damaged when only some of the rows are there.
        """
        try:
            self._placement.require()
            self._writing.dispose()
            found = [self._has_row(row) for row in rows]
            # A row found here may still be only in memory; the WAL checkpoint syncs it or fails.
            if any(found) and not self._checkpointed():
                raise named(Locked, self._log)
        except StoreError as error:
            raise Unconfirmed(error) from error
        if any(found) != all(found):
            raise named(Damaged, self._log)
        return all(found)

    def destroy_in_previous_log(self, encounter_id: str, origin: str, seq: int) -> None:
        """Destroy a record's values in this previous log, by entry `seq` of the later log `origin`.

        Repeating is harmless. Raises StoreError.
        """
        with translating(self._log), self._writing.begin() as connection:
            destroy_in_previous_log(connection, encounter_id, origin, seq)

    def empty_wal(self) -> bool:
        """Move the newest entries from the WAL into the main file, so that a copy of it is complete.

        Return False when a reader prevented it: the WAL may then still contain destroyed values.
        """
        return self._checkpointed()

    def close(self) -> None:
        """Empty the WAL, close the log, release the lock. A second call does nothing."""
        # Emptying the WAL is optional: acknowledged entries are durable. Without the lock it is refused.
        with contextlib.suppress(StoreError):
            self._checkpointed()
        self._writing.dispose()
        self._placement.closed()
        self._lock.release()

    def _empty_left_wal(self) -> None:
        """Empty the WAL that a killed program left, because it may still contain destroyed values."""
        wal = self._log.with_name(f"{self._log.name}-wal")
        with contextlib.suppress(StoreError, OSError):  # its entries are durable; the next append reports problems
            if wal.stat().st_size:
                self._checkpointed()

    def _write(
        self, rows: Sequence[EncodedRow], checkpoint: SignedCheckpoint, effects: RetentionEffects | None
    ) -> None:
        entries = [(row.seq, row.header, row.leaf) for row in rows]
        values = [(row.seq, name, _NOT_ENCRYPTED, body) for row in rows for name, body in row.disclosures]
        values += [(row.seq, name, _ENCRYPTED, body) for row in rows for name, body in row.encrypted]
        with translating(self._log), self._writing.connect() as connection:
            connection.exec_driver_sql(_ADD_ENTRIES, entries)
            if values:
                connection.exec_driver_sql(_ADD_DISCLOSURES, values)
            if effects is not None:
                write_effects(connection, effects, self.origin)
            checkpoints.replace(connection, checkpoint)
            self._commit(connection)

    def _commit(self, connection: Connection) -> None:
        try:
            connection.commit()
        except DBAPIError as error:
            raise Unconfirmed(translated(error, self._log)) from error

    def _resolve(
        self,
        rows: Sequence[EncodedRow],
        checkpoint: SignedCheckpoint,
        effects: RetentionEffects | None,
    ) -> None:
        """Find out the result of a failed append, and try once more when no row was written."""
        if self.committed(rows):
            return
        try:
            self._write(rows, checkpoint, effects)
        except (Full, Unconfirmed) as again:
            if self.committed(rows):
                return
            if isinstance(again, Unconfirmed) and isinstance(again.because, Full):
                raise again.because from again
            raise

    def _make_room(self, failure: Full | Unconfirmed) -> None:
        because = failure.because if isinstance(failure, Unconfirmed) else failure
        if isinstance(because, Full):
            with contextlib.suppress(OSError):  # the retry shows whether it helped
                release_ballast(self._log)

    def _has_row(self, row: EncodedRow) -> bool:
        event_id = json.loads(row.header)["event_id"]
        return bool(self._scalar(_HEADER, id=event_id) == row.header)

    def _checkpointed(self) -> bool:
        """Run a WAL checkpoint; return whether the WAL is now empty. True where there is no WAL."""
        with translating(self._log), bare(self._writing) as connection:
            connection.execute(f"PRAGMA busy_timeout={_PATIENCE_MS}")
            try:
                busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        self._placement.emptied()
        return not busy


def _stored(row: SearchRow) -> tuple[object, ...]:
    """Return a row of the search index with the id of its shared text."""
    *values, shared = astuple(row)
    return (*values, _text_id(shared))


def _text_id(words: str) -> int:
    """Return the id of a shared text: the first 63 bits of its SHA-256."""
    return int.from_bytes(hashlib.sha256(words.encode()).digest()[:8], "big") >> 1


def _examined(engine: Engine, log: Path) -> Identity:
    with translating(log), bare(engine) as connection:
        return examined(connection, log)
