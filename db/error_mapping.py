"""From what SQLite and the operating system say to the family in `db.errors`. One table, one door."""

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
    Missing: ("There is no encounter log at {path}.", "Run `kiosk setup`, or give the right folder with --home."),
    Locked: ("Another program is using the encounter log {path}.", "Use the kiosk that is already open, or close it."),
    ReadOnly: ("The encounter log {path} can't be written.", "Let the kiosk's account write that file and its folder."),
    Full: ("The disk has no room for the encounter log {path}.", "Free some space; until then, write on paper."),
    Failing: ("The disk reported an error at {path}.", "Write on paper, and have the disk checked."),
    Damaged: (
        "The encounter log {path} is damaged or is not a log.",
        "Leave the file as it is, write on paper, and call whoever looks after this computer.",
    ),
    Displaced: (
        "The encounter log {path} was deleted, replaced or cut while the kiosk had it open. Nothing more is saved.",
        "Write on paper, leave the files unchanged, and call the person who looks after this computer.",
    ),
}


def named(kind: type[StoreError], path: Path) -> StoreError:
    """The error of this kind in its usual words, about the log at `path`."""
    what, repair = _SENTENCES[kind]
    return kind(what.format(path=path), repair)


def translated(error: Exception, path: Path) -> StoreError:
    """What `error`, met while working on the log at `path`, means to a person. Never raises."""
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
    """Inside it, errors of SQLite, SQLAlchemy and the operating system leave as members of the family."""
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
        f"The encounter log refused: {error}. Nothing was written.",
        "Start the kiosk again; if it happens twice, write on paper and report it.",
    )
