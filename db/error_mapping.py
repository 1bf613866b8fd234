"""Conversion of SQLite's and the operating system's errors to the family in `db.errors`."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from db.errors import Damaged, Displaced, Failing, Full, Locked, Missing, ReadOnly, StoreError

_PRIMARY: Final = 0xFF  # the low byte of an extended result code is the result code itself

_BY_SQLITE: Final[dict[int, type[StoreError]]] = {
    sqlite3.SQLITE_FULL: Full,
    # An exceeded quota or file size limit reaches SQLite as a failed write, not as "full".
    sqlite3.SQLITE_IOERR_WRITE: Full,
    sqlite3.SQLITE_IOERR: Failing,
    sqlite3.SQLITE_CORRUPT: Damaged,
    sqlite3.SQLITE_NOTADB: Damaged,
    sqlite3.SQLITE_READONLY: ReadOnly,
    sqlite3.SQLITE_CANTOPEN: ReadOnly,
    sqlite3.SQLITE_PERM: ReadOnly,
    sqlite3.SQLITE_BUSY: Locked,
    sqlite3.SQLITE_LOCKED: Locked,
}

_BY_ERRNO: Final[dict[int, type[StoreError]]] = {
    errno.ENOSPC: Full,
    errno.EFBIG: Full,
    getattr(errno, "EDQUOT", errno.ENOSPC): Full,  # Windows has no quotas of this kind
    errno.EROFS: ReadOnly,
    errno.EACCES: ReadOnly,
    errno.EPERM: ReadOnly,
    errno.ENOENT: Missing,
    errno.EIO: Failing,
}

_SENTENCES: Final[dict[type[StoreError], tuple[str, str]]] = {
    Missing: ("There is no log at {path}.", "Run `kiosk setup`, or give the right folder with --home."),
    Locked: ("Another program is using the log {path}.", "Use the kiosk that is already open, or close it."),
    ReadOnly: ("The log {path} can't be written.", "Let the kiosk's account write that file and its folder."),
    Full: ("The disk has no space for the log {path}.", "Free some space; until then, write on paper."),
    Failing: ("The disk reported an error at {path}.", "Write on paper, and have the disk checked."),
    Damaged: (
        "The log {path} is damaged or is not a log.",
        "Leave the file unchanged, write on paper, and call the person who looks after this computer.",
    ),
    Displaced: (
        "The log {path} was deleted, replaced or cut while the kiosk had it open. Nothing more is saved.",
        "Write on paper, leave the files unchanged, and call the person who looks after this computer.",
    ),
}


def named(kind: type[StoreError], path: Path) -> StoreError:
    """Return the error of this kind about the log at `path`, with its standard sentences."""
    what, repair = _SENTENCES[kind]
    return kind(what.format(path=path), repair)


def translated(error: Exception, path: Path) -> StoreError:
    """Convert `error`, raised while using the log at `path`, to a StoreError. Never raises."""
    match error:
        case StoreError():
            return error
        case DBAPIError(orig=sqlite3.Error() as cause):
            return _from_sqlite(cause, path)
        case sqlite3.Error():
            return _from_sqlite(error, path)
        case OSError():
            return named(_BY_ERRNO.get(error.errno or 0, Failing), path)
    return _refused(error)


@contextmanager
def translating(path: Path) -> Iterator[None]:
    """Convert errors of SQLite, SQLAlchemy and the operating system in this block to StoreErrors."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise translated(error, path) from error


def _from_sqlite(error: sqlite3.Error, path: Path) -> StoreError:
    code: int = getattr(error, "sqlite_errorcode", 0)  # absent on errors of the Python layer itself
    kind = _BY_SQLITE.get(code) or _BY_SQLITE.get(code & _PRIMARY)
    if kind is None:
        return _refused(error)
    gone = code & _PRIMARY == sqlite3.SQLITE_CANTOPEN and not path.exists()
    return named(Missing if gone else kind, path)


def _refused(error: Exception) -> StoreError:
    return StoreError(
        f"The log refused this: {error}. Nothing was written.",
        "Start the kiosk again. If it happens twice, write on paper and report it.",
    )
