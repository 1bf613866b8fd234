"""The schema that a log must have: each row of `sqlite_master`, from the models and the triggers.

A test checks that the migrations make exactly this. Reading and comparing takes a fraction of a millisecond.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from db.models import metadata
from db.triggers import TRIGGERS

_MOST_NAMED: Final = 3
_LONGEST_NAME: Final = 40

# Alembic makes this table and its automatic index, which has no SQL of its own.
_ALEMBIC: Final = {
    "table alembic_version": "CREATE TABLE alembic_version ( version_num VARCHAR(32) NOT NULL, "
    "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num) )",
    "index sqlite_autoindex_alembic_version_1": "",
}


@cache
def expected() -> Mapping[str, str]:
    """Return the SQL of each object of a log, by its type and name. White space is reduced to single spaces."""
    dialect = sqlite.dialect()
    made = dict(_ALEMBIC)
    for table in metadata.sorted_tables:
        made[f"table {table.name}"] = str(CreateTable(table).compile(dialect=dialect))
        for index in table.indexes:
            made[f"index {index.name}"] = str(CreateIndex(index).compile(dialect=dialect))
    triggers = {f"trigger {sql.split(maxsplit=3)[2]}": sql for sql in TRIGGERS}
    return {name: _plain(sql) for name, sql in {**made, **triggers}.items()}


def stored(connection: sqlite3.Connection) -> Mapping[str, str]:
    """Return the SQL of each object in the file, in the form of `expected`. Raises sqlite3.Error."""
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master")
    return {f"{kind} {name}": _plain(sql or "") for kind, name, sql in rows}


def differences(connection: sqlite3.Connection) -> str:
    """Return how the file's schema differs, in words; empty when it does not. Raises sqlite3.Error."""
    found = [*_differences(expected(), stored(connection))]
    more = [] if len(found) <= _MOST_NAMED else [f"and {len(found) - _MOST_NAMED} more"]
    return ", ".join(found[:_MOST_NAMED] + more)


def _differences(known: Mapping[str, str], here: Mapping[str, str]) -> Iterator[str]:
    yield from (f"{name} is missing" for name in known if name not in here)
    yield from (f"{ascii(name)[1:-1][:_LONGEST_NAME]} was added" for name in here if name not in known)
    yield from (f"{name} was changed" for name, sql in known.items() if here.get(name, sql) != sql)


def _plain(sql: str) -> str:
    return " ".join(sql.split())
