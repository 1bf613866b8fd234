"""Permissions of the writing connection. Everything not listed here is refused, even to faulty code of ours.

SQL can't change them. `db.migrations.upgrade`, which changes tables, opens its own connection.
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

_INDEX: Final = frozenset({"search_index", "search_text"})

# The tables that each kind of change may touch.
_TABLES: Final[dict[int, frozenset[str]]] = {
    sqlite3.SQLITE_INSERT: frozenset({"entry", "disclosure", "checkpoint", "hold", "destruction", *_INDEX}),
    sqlite3.SQLITE_UPDATE: frozenset({"newest_checkpoint", "hold", "search_index"}),
    sqlite3.SQLITE_DELETE: frozenset({"disclosure", *_INDEX}),
}

# Pragmas that may take an argument, and pragmas that act without one. All others may only be read.
_WITH_ARGUMENT: Final = frozenset(
    {"quick_check", "integrity_check", "foreign_key_check", "table_info", "busy_timeout", "wal_checkpoint"}
)
_ACTS_WITHOUT_ARGUMENT: Final = frozenset({"incremental_vacuum", "optimize", "shrink_memory"})


def authorize(action: int, first: str | None, second: str | None, _schema: str | None, _source: str | None) -> int:
    """Allow or deny an action of a statement (see sqlite3.Connection.set_authorizer)."""
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
