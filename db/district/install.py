"""Makes the district's store in an empty database. Its SQL is in `sql/`, to be read first."""

from __future__ import annotations

from importlib import resources
from typing import Any, Final

from db.district.connection import Store, translating
from db.district.errors import NotInstalled

OLDEST: Final = 150000
"""The oldest server: views with the reader's rights came with PostgreSQL 15."""

_PARTS: Final = (
    "01_roles",
    "02_tables",
    "03_guards",
    "04_tree",
    "05_ingest",
    "06_disclose",
    "07_destruction",
    "08_rights",
    "09_views",
    "10_lists",
    "11_publish",
)


def statements() -> str:
    """Return the whole SQL, in the order in which it is run."""
    folder = resources.files("db.district") / "sql"
    return "\n".join((folder / f"{part}.sql").read_text(encoding="utf-8") for part in _PARTS)


def install(store: Store) -> None:
    """Make the store in the database, all of it or nothing. Raises NotInstalled, and as `translating`.

    The role of the connection must be a superuser, or may create roles and owns the database.
    """
    connection = store.connection
    if connection.info.server_version < OLDEST:
        raise NotInstalled("The server is older than PostgreSQL 15.", "Use version 15 or newer.")
    with translating():
        (encoding,) = _one(store, "SHOW server_encoding")
        (there,) = _one(store, "SELECT to_regnamespace('district') IS NOT NULL")
    if encoding != "UTF8":
        raise NotInstalled(f"The database has the encoding {encoding}.", "Make one with ENCODING 'UTF8'.")
    if there:
        raise NotInstalled("The database has a district's store already.", "Use it, or make another database.")
    with translating(), connection.transaction():
        connection.execute(statements())  # our own words, many statements in one text


def _one(store: Store, statement: Any) -> tuple[Any, ...]:
    return store.connection.execute(statement).fetchone() or (None,)
