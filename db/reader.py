"""Read-only access to a log, also while a kiosk runs or from a read-only disk. Takes no lock, changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine

from db import audit_rows, revision
from db.connections import bare, reader_engine
from db.error_mapping import translating
from db.errors import ReadOnly
from db.reads import Reads
from db.rows import Outline, Page
from db.validate import Identity, identity, require_file, require_intact_file


class Reader(Reads):
    """A log open for reading only."""

    def outline(self) -> Outline:
        """Return a consistent outline of the log, for verification."""
        return audit_rows.outline(self._reading, self._log)

    def pages(self, first: int, end: int) -> Iterator[Page]:
        """Yield the stored rows of the entries numbered from `first` up to `end` (exclusive), for verification."""
        return audit_rows.pages(self._reading, self._log, first, end)

    def kinds(self, first: int = 0) -> dict[str, int]:
        """Return the number of entries of each kind, from number `first` on."""
        return audit_rows.kinds(self._reading, self._log, first)

    def require_intact_file(self) -> None:
        """Raise Damaged when pages, indexes or constraints of the file are damaged."""
        with translating(self._log), bare(self._reading) as connection:
            require_intact_file(connection, self._log)

    @classmethod
    def open(cls, path: Path, *, alone: bool = False) -> Reader:
        """Open the log at `path`. Raises Missing, Damaged, WrongVersion, ReadOnly or another StoreError.

        alone: no process writes this file, because it is a copy or a backup; then no further files are created.
        """
        log = path.resolve()
        require_file(log)
        if alone and not _has_wal(log):
            engine = reader_engine(log, immutable=True)
            return cls(log, engine, _identified(engine, log))
        engine = reader_engine(log)
        try:
            return cls(log, engine, _identified(engine, log))
        except ReadOnly:
            # SQLite can't create the index of a WAL in a read-only folder. If the WAL is empty, the file alone is the
            # complete log.
            engine.dispose()
            if _has_wal(log):
                raise _unreadable(log) from None
        engine = reader_engine(log, immutable=True)
        return cls(log, engine, _identified(engine, log))


def _identified(engine: Engine, log: Path) -> Identity:
    try:
        with translating(log), bare(engine) as connection:
            revision.require_head(revision.found(connection))
            return identity(connection, log)
    except BaseException:
        engine.dispose()
        raise


def _has_wal(log: Path) -> bool:
    wal = log.with_name(f"{log.name}-wal")
    return wal.exists() and wal.stat().st_size > 0


def _unreadable(log: Path) -> ReadOnly:
    return ReadOnly(
        f"The newest entries of {log} are in a second file, which can't be read in a read-only folder.",
        "Close the kiosk that writes it, or copy all its files to a writable folder.",
    )
