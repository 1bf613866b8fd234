"""The one writer of the log. An append returns only when its rows are on the disk."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from dataclasses import astuple, fields
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, Table, bindparam, insert, select, update
from sqlalchemy.dialects.sqlite.pysqlite import dialect
from sqlalchemy.exc import DBAPIError

from db.connections import BUSY_MS, READING, bare, writer_engine
from db.destruction import let_go_earlier, write_beside
from db.disk import reserve as space
from db.disk.lock import WriterLock
from db.disk.placement import Placement
from db.error_mapping import named, translated, translating
from db.errors import Damaged, Displaced, Full, Locked, StoreError, Unconfirmed
from db.models import checkpoint, disclosure, event, head, summary
from db.reader import Reader
from db.reads import Reads
from db.rows import Beside, Row, Sealed, Signed, Summary
from db.validate import Identity, examined, require_file

__all__ = ["Reader", "Row", "Sealed", "Store"]

_NOT_SEALED: Final = 0
_SEALED: Final = 1
_LINE: Final = [field.name for field in fields(Summary)]
_PATIENCE_MS: Final = 200  # how long a checkpoint waits for readers; the desk waits with it


def _sql(table: Table, *columns: str) -> str:
    return str(insert(table).compile(dialect=dialect(), column_keys=list(columns)))


# Rendered once. Between a key press and the next screen, even looking a statement up in a cache is a tenth of the cost.
_ADD_EVENTS: Final = _sql(event, "seq", "header", "leaf")
_ADD_DISCLOSURES: Final = _sql(disclosure, "seq", "name", "sealed", "body")
_ADD_CHECKPOINT: Final = _sql(checkpoint, "size", "root", "note")
_SET_HEAD: Final = str(update(head).compile(dialect=dialect(), column_keys=["size", "root", "note", "peaks"]))
_ADD_LINES: Final = _sql(summary, *_LINE).replace("INSERT", "INSERT OR REPLACE", 1)
_HEADER: Final = select(event.c.header).where(event.c.event_id == bindparam("id"))


class Store(Reads):
    """The log, opened for writing. May be used from any one thread at a time."""

    def __init__(self, log: Path, engine: Engine, identity: Identity, lock: WriterLock, placement: Placement) -> None:
        super().__init__(log, engine.execution_options(**{READING: True}), identity)
        self._writing = engine
        self._lock = lock
        self._placement = placement

    @classmethod
    def open(cls, path: Path, *, reserve: bool = True) -> Store:
        """Take the lock and open the log at `path`, after checking it; `reserve` keeps room beside it to go on in.

        Raises Locked at once when another program has it, and Missing, ReadOnly, Damaged, WrongVersion, Full,
        Failing or StoreError; then nothing stays open.
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
            space.keep_ballast(log)
        store._tidy()
        return store

    @property
    def low(self) -> bool:
        """Whether the disk is short of room: `kiosk doctor` says so; the ballast lets the desk go on meanwhile."""
        with translating(self._log):
            return space.is_low(self._log)

    def append(self, rows: Sequence[Sealed], head: Signed, beside: Beside | None = None) -> None:
        """Add these rows, all or none, and return when they are durable.

        head: the signed state of the log once they are in it; beside: what they say of keeping and letting go. Both are
        written in the same commit.
        Raises Unconfirmed when it can't be told whether they are; any other error means that none is. Displaced when
        the log's file is no longer the one at its path.
        """
        if not rows:
            return
        self._placement.require()
        try:
            self._write(rows, head, beside)
        except (Full, Unconfirmed) as trouble:
            self._settle(rows, head, beside, trouble)
        try:
            self._placement.require()
        except Displaced as error:  # durable, but in a file that nobody may find
            raise Unconfirmed(error) from error

    def summarize(self, lines: Sequence[Summary]) -> None:
        """Write these lines for searches, each in place of its encounter's earlier one, or, with an error, none."""
        with translating(self._log), self._writing.connect() as connection:
            connection.exec_driver_sql(_ADD_LINES, [astuple(line) for line in lines])
            connection.commit()

    def forget_summaries(self) -> None:
        """Throw all lines away; they are made anew."""
        with translating(self._log), self._writing.connect() as connection:
            connection.exec_driver_sql("DELETE FROM summary")
            connection.commit()

    def committed(self, rows: Sequence[Sealed]) -> bool:
        """Whether all these rows are in the log, and durable (else none is). Raises Unconfirmed when it can't be told.

        To be asked, of an append that raised Unconfirmed, before anything else is written. Raises Damaged.
        """
        try:
            self._placement.require()
            self._writing.dispose()
            found = [self._holds(row) for row in rows]
            # A row seen here may so far be only in memory: the checkpoint syncs it, or says that it can't.
            if any(found) and not self._checkpointed():
                raise named(Locked, self._log)
        except StoreError as error:
            raise Unconfirmed(error) from error
        if any(found) != all(found):
            raise named(Damaged, self._log)
        return all(found)

    def let_go_earlier(self, encounter_id: str, origin: str, seq: int) -> None:
        """In a log that has ended: let an encounter's values go, by entry `seq` of the log `origin` that goes on.

        Doing it twice changes nothing. Raises StoreError.
        """
        with translating(self._log), self._writing.begin() as connection:
            let_go_earlier(connection, encounter_id, origin, seq)

    def checkpoint(self) -> bool:
        """Move the newest entries into the main file, so that a copy of it is whole, and empty the second file.

        False when a reader postponed it: the second file may then still hold what was let go.
        """
        return self._checkpointed()

    def close(self) -> None:
        """Checkpoint, close, release the lock. Doing it twice is fine."""
        # A checkpoint only tidies: what was acknowledged is already durable. Without the lock it finds itself refused.
        with contextlib.suppress(StoreError):
            self._checkpointed()
        self._writing.dispose()
        self._placement.closed()
        self._lock.release()

    def _tidy(self) -> None:
        """Empty the second file when a program that was cut off left it full: what was let go may still be in it."""
        wal = self._log.with_name(f"{self._log.name}-wal")
        with contextlib.suppress(StoreError, OSError):  # what is in there is durable; the next entry tells of trouble
            if wal.stat().st_size:
                self._checkpointed()

    def _write(self, rows: Sequence[Sealed], head: Signed, beside: Beside | None) -> None:
        events = [(row.seq, row.header, row.leaf) for row in rows]
        values = [(row.seq, name, _NOT_SEALED, body) for row in rows for name, body in row.disclosures]
        values += [(row.seq, name, _SEALED, body) for row in rows for name, body in row.sealed]
        with translating(self._log), self._writing.connect() as connection:
            connection.exec_driver_sql(_ADD_EVENTS, events)
            if values:
                connection.exec_driver_sql(_ADD_DISCLOSURES, values)
            if beside is not None:
                write_beside(connection, beside, self.origin)
            self._sign(connection, head)
            self._commit(connection)

    def _sign(self, connection: Connection, head: Signed) -> None:
        connection.exec_driver_sql(_SET_HEAD, (head.size, head.root, head.note, head.peaks))
        if head.lasting:
            connection.exec_driver_sql(_ADD_CHECKPOINT, (head.size, head.root, head.note))

    def _commit(self, connection: Connection) -> None:
        try:
            connection.commit()
        except DBAPIError as error:
            raise Unconfirmed(translated(error, self._log)) from error

    def _settle(self, rows: Sequence[Sealed], head: Signed, beside: Beside | None, trouble: Full | Unconfirmed) -> None:
        """Find out how a failed append ended, and try it once more when nothing of it is there."""
        self._make_room(trouble)
        if self.committed(rows):
            return
        try:
            self._write(rows, head, beside)
        except (Full, Unconfirmed) as again:
            if self.committed(rows):
                return
            if isinstance(again, Unconfirmed) and isinstance(again.because, Full):
                raise again.because from again
            raise

    def _make_room(self, trouble: Full | Unconfirmed) -> None:
        because = trouble.because if isinstance(trouble, Unconfirmed) else trouble
        if isinstance(because, Full):
            with contextlib.suppress(OSError):  # the retry tells whether it helped
                space.release_ballast(self._log)

    def _holds(self, row: Sealed) -> bool:
        event_id = json.loads(row.header)["event_id"]
        return bool(self._scalar(_HEADER, id=event_id) == row.header)

    def _checkpointed(self) -> bool:
        """Checkpoint and say whether all of the WAL is now in the main file. True where there is no WAL."""
        with translating(self._log), bare(self._writing) as connection:
            connection.execute(f"PRAGMA busy_timeout={_PATIENCE_MS}")
            try:
                busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        self._placement.emptied()
        return not busy


def _examined(engine: Engine, log: Path) -> Identity:
    with translating(log), bare(engine) as connection:
        return examined(connection, log)
