"""The table version of this program, and a query for a file's version. Does not import Alembic."""

from __future__ import annotations

import sqlite3
from typing import Final

from db.errors import WrongVersion

# Oldest first, as in migrations/versions; a test checks that they agree.
HISTORY: tuple[str, ...] = ("0001",)
HEAD: str = HISTORY[-1]

_QUERY: Final = "SELECT version_num FROM alembic_version"


def found(connection: sqlite3.Connection) -> str | None:
    """Return the revision of the file; None when it has none. Raises sqlite3.Error for a damaged file."""
    try:
        row = connection.execute(_QUERY).fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:  # no such table
            return None
        raise
    return None if row is None else str(row[0])


def is_older(revision: str | None) -> bool:
    """Check whether `kiosk setup` can upgrade a log at `revision`."""
    return revision in HISTORY and revision != HEAD


def require_head(revision: str | None) -> None:
    """Raise WrongVersion unless `revision` is the version of this program."""
    if revision == HEAD:
        return
    if is_older(revision):
        raise WrongVersion(
            f"The log has an older version ({revision}).",
            "Run `kiosk setup`, which keeps a copy and upgrades the log.",
        )
    raise WrongVersion(
        f"This kiosk does not know the version of the log ({revision or 'none'}).",
        "Install the kiosk version that wrote it, or a newer one.",
    )
