"""Which version of the tables this program speaks, and one query that tells a file's. Alembic is not imported here."""

from __future__ import annotations

import sqlite3
from typing import Final

from db.errors import WrongVersion

# Oldest first, as in migrations/versions; a test holds that they agree.
HISTORY: tuple[str, ...] = ("0001",)
HEAD: str = HISTORY[-1]

_QUERY: Final = "SELECT version_num FROM alembic_version"


def found(connection: sqlite3.Connection) -> str | None:
    """The revision written in the file; None when it never had one. Raises sqlite3.Error for a damaged file."""
    try:
        row = connection.execute(_QUERY).fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:  # no such table
            return None
        raise
    return None if row is None else str(row[0])


def is_older(revision: str | None) -> bool:
    """Whether `kiosk setup` can bring a log at `revision` up to date."""
    return revision in HISTORY and revision != HEAD


def require_head(revision: str | None) -> None:
    """Raise WrongVersion unless `revision` is the one this program speaks."""
    if revision == HEAD:
        return
    if is_older(revision):
        raise WrongVersion(
            f"The encounter log is of an older version ({revision}).",
            "Run `kiosk setup`: it keeps a copy and brings the log up to date.",
        )
    raise WrongVersion(
        f"The encounter log is of a version that this kiosk does not know ({revision or 'none'}).",
        "Install the kiosk that wrote it, or a newer one.",
    )
