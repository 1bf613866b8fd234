"""Changes to a log's schema that leave every entry, hash and signature as it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

FORGERIES: Final[Mapping[str, Sequence[str]]] = {
    "a trigger is removed": ("DROP TRIGGER entry_bd",),
    "a trigger is added": ("CREATE TRIGGER quiet AFTER INSERT ON entry BEGIN SELECT 1; END",),
    "a trigger is replaced": (
        "DROP TRIGGER entry_bd",
        "CREATE TRIGGER entry_bd BEFORE DELETE ON entry BEGIN SELECT 1; END",
    ),
    "a view of the same name hides a table": (
        "ALTER TABLE checkpoint RENAME TO others",
        "CREATE VIEW checkpoint AS SELECT size, root, note FROM others",
    ),
    "an index is removed": ("DROP INDEX entry_kind",),
    "an index is added": ("CREATE INDEX more ON entry (wall_us)",),
    "a column is added": ("ALTER TABLE entry ADD COLUMN more TEXT",),
    "a table is added": ("CREATE TABLE more (text TEXT)",),
}


def forge(path: Path, forgery: str) -> None:
    """Change the schema of the log in this file, as a person with the file could."""
    with closing(sqlite3.connect(path)) as connection:
        for statement in FORGERIES[forgery]:
            connection.execute(statement)
        connection.commit()
