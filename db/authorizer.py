"""What the writing connection may do at all. Everything not named here is refused, even to our own mistakes.

It can't be lifted from SQL; changing the tables is `db.migrations.upgrade`'s, which opens its own connection.
"""

from __future__ import annotations

import sqlite3
from typing import Final

_HARMLESS: Final = frozenset(
    {
        sqlite3.SQLITE_SELECT,
        sqlite3.SQLITE_READ,
        sqlite3.SQLITE_TRANSACTION,
        sqlite3.SQLITE_SAVEPOINT,
        sqlite3.SQLITE_RECURSIVE,
    }
)

# Which tables each kind of change may touch.
_TABLES: Final[dict[int, frozenset[str]]] = {
    sqlite3.SQLITE_INSERT: frozenset(
        {
            "event",
            "disclosure",
            "checkpoint",
            "head",
            "hold",
            "purge",
            "summary",
        }
    ),
    sqlite3.SQLITE_UPDATE: frozenset({"head", "hold", "summary"}),
    sqlite3.SQLITE_DELETE: frozenset({"disclosure", "summary"}),
}

# Pragmas that may take an argument, and those that do something without one. The others may only be asked.
_WITH_ARGUMENT: Final = frozenset(
    {"quick_check", "integrity_check", "foreign_key_check", "table_info", "busy_timeout", "wal_checkpoint"}
)
_ACTS_WITHOUT_ARGUMENT: Final = frozenset({"incremental_vacuum", "optimize", "shrink_memory"})


def authorize(action: int, first: str | None, second: str | None, _schema: str | None, _source: str | None) -> int:
    """SQLite's question "may this statement do that?" (sqlite3.Connection.set_authorizer), answered."""
    allowed = action in _HARMLESS or _may_change(action, first) or _may_ask(action, first, second)
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


def _may_change(action: int, table: str | None) -> bool:
    return table in _TABLES.get(action, ())


def _may_ask(action: int, first: str | None, second: str | None) -> bool:
    if action == sqlite3.SQLITE_FUNCTION:
        return second != "load_extension"
    if action != sqlite3.SQLITE_PRAGMA or first is None:
        return False
    pragma = first.lower()
    return pragma in _WITH_ARGUMENT or (second is None and pragma not in _ACTS_WITHOUT_ARGUMENT)
