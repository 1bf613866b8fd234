"""Reading the log beside a running kiosk, or from a disk that can't be written. Takes no lock, changes nothing."""

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
from db.validate import Identity, identity, require_file


class Reader(Reads):
    """A log opened for reading only."""

    def outline(self) -> Outline:
        """What the log holds at this moment, for checking it."""
        return audit_rows.outline(self._reading, self._log)

    def pages(self, first: int, end: int) -> Iterator[Page]:
        """The stored rows of the entries from number `first` to before `end`, for checking them."""
        return audit_rows.pages(self._reading, self._log, first, end)

    def kinds(self, first: int = 0) -> dict[str, int]:
        """How many entries of each kind there are from number `first` on."""
        return audit_rows.kinds(self._reading, self._log, first)

    def require_sound_file(self) -> None:
        """Raise Damaged when the file's pages, indexes or rules are broken."""
        audit_rows.require_sound_file(self._reading, self._log)

    @classmethod
    def open(cls, path: Path, *, alone: bool = False) -> Reader:
        """Open the log at `path`. Raises Missing, Damaged, WrongVersion, ReadOnly or another StoreError.

        alone: nobody writes this file, it is a copy or a backup; then nothing is made beside it either.
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
            # A WAL log in a folder that can't be written has no place for its index. When nothing is left in the
            # WAL, the file alone is the whole log, and nobody can change it from here.
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
        f"The newest entries of {log} lie in a second file, which can't be read where the folder can't be written.",
        "Close the kiosk that writes it, or copy all its files to a folder that can be written.",
    )
