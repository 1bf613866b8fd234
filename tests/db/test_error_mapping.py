"""Whatever SQLite or the system says becomes one calm sentence with a repair."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import DatabaseError, SQLAlchemyError

from db.error_mapping import translated, translating
from db.errors import Damaged, Failing, Full, Locked, Missing, ReadOnly, StoreError, Unconfirmed


def _sqlite(code: int) -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError("as SQLite says it")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (_sqlite(sqlite3.SQLITE_FULL), Full),
        (_sqlite(sqlite3.SQLITE_IOERR_WRITE), Full),
        (_sqlite(sqlite3.SQLITE_IOERR_FSYNC), Failing),
        (_sqlite(sqlite3.SQLITE_CORRUPT), Damaged),
        (_sqlite(sqlite3.SQLITE_CORRUPT_INDEX), Damaged),
        (_sqlite(sqlite3.SQLITE_NOTADB), Damaged),
        (_sqlite(sqlite3.SQLITE_READONLY_DBMOVED), ReadOnly),
        (_sqlite(sqlite3.SQLITE_CANTOPEN), Missing),
        (_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT), Locked),
        (_sqlite(sqlite3.SQLITE_CONSTRAINT_TRIGGER), StoreError),
        (sqlite3.ProgrammingError("of the Python layer"), StoreError),
        (DatabaseError("INSERT", None, _sqlite(sqlite3.SQLITE_FULL)), Full),
        (SQLAlchemyError("its own"), StoreError),
        (OSError(errno.ENOSPC, ""), Full),
        (OSError(errno.EDQUOT, ""), Full),
        (OSError(errno.EROFS, ""), ReadOnly),
        (PermissionError(errno.EACCES, ""), ReadOnly),
        (FileNotFoundError(errno.ENOENT, ""), Missing),
        (OSError(errno.EIO, ""), Failing),
        (OSError("without a number"), Failing),
    ],
)
def test_an_error_is_told_as_what_it_means(error: Exception, kind: type[StoreError], tmp_path: Path) -> None:
    """The kind is exact, and both sentences are there."""
    told = translated(error, tmp_path / "log.db")
    assert type(told) is kind
    assert told.what.endswith(".")
    assert told.repair.endswith(".")
    assert str(told) == f"{told.what} {told.repair}"


def test_a_file_that_is_there_but_can_not_be_opened_is_not_missing(tmp_path: Path) -> None:
    """SQLite says "can't open" for both; only the file system tells them apart."""
    (tmp_path / "log.db").touch()
    assert type(translated(_sqlite(sqlite3.SQLITE_CANTOPEN), tmp_path / "log.db")) is ReadOnly


def test_our_own_errors_pass_unchanged(tmp_path: Path) -> None:
    """An error that was translated once keeps its words."""
    ours = Unconfirmed(Full("No room."))
    assert translated(ours, tmp_path) is ours
    with pytest.raises(Unconfirmed), translating(tmp_path):
        raise ours


def test_a_mistake_of_ours_is_not_dressed_up(tmp_path: Path) -> None:
    """Only errors of the store are translated; a bug stays a bug."""
    with pytest.raises(ZeroDivisionError), translating(tmp_path):
        raise ZeroDivisionError
