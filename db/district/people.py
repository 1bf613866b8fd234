"""Roles of people and jobs: readers, auditors, keepers, publishers. Every role sees their names, which say nothing."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from db.district.connection import Store, translating
from db.district.errors import Refused

CONNECTIONS: Final = 8
"""Connections of one role at a time: a tool for charts opens some."""


class Group(StrEnum):
    """What a role may do. The values end the names of the groups in the SQL."""

    READER = "reader"
    """Read the records of some schools, up to a level."""

    AUDITOR = "auditor"
    """Read everything, and verify."""

    KEEPER = "keeper"
    """Delete destroyed values after their rest, and read nothing."""

    PUBLISHER = "publisher"
    """Publish bundles for the desks, and read nothing."""


def grant(store: Store, group: Group, name: str, secret: str, schools: Sequence[str] = (), level: int = 0) -> str:
    """Make a role for a person or a job; return its name. The connection's role may make roles.

    schools, level: what a reader may read, from 0 for statistics to 3 for full. secret: the server gets only what it
    needs to check it. Raises Refused for a name that has a role, and for an unknown school; and as `translating`.
    """
    from db.district.roles import make_role  # noqa: PLC0415 - psycopg, only while a district is set up

    connection = store.connection
    with translating(), connection.transaction():
        if connection.execute("SELECT FROM district.person WHERE name = %s AND ended_at IS NULL", [name]).fetchone():
            raise Refused(f"“{name}” has a role already.", "End it with `kiosk district revoke`, or give another name.")
        known = {found for (found,) in connection.execute("SELECT name FROM district.school").fetchall()}
        if missing := [school for school in schools if school not in known]:
            raise Refused(f"There is no school “{missing[0]}”.", "`kiosk district status` shows all schools.")
        role = f"{connection.info.dbname}_{group}_{secrets.token_hex(4)}"
        make_role(connection, role, f"district_{group}", secret, CONNECTIONS)
        connection.execute(
            "INSERT INTO district.person (db_role, name, kind) VALUES (%s, %s, %s)", [role, name, str(group)]
        )
        connection.execute(
            "INSERT INTO district.reader (db_role, school_id, level) "
            "SELECT %s, school_id, %s FROM district.school WHERE name = ANY (%s)",
            [role, level, [*schools]],
        )
    return role


def revoke(store: Store, name: str) -> None:
    """End the role of a person or a job at once, also on its open connections.

    Raises Refused if there is none, and as `translating`.
    """
    from db.district.roles import end_connections, end_role  # noqa: PLC0415 - likewise

    connection = store.connection
    with translating(), connection.transaction():
        found = connection.execute(
            "UPDATE district.person SET ended_at = clock_timestamp() WHERE name = %s AND ended_at IS NULL "
            "RETURNING db_role",
            [name],
        ).fetchone()
        if found is None:
            raise Refused(f"Nobody named “{name}” has a role.", "Type the name as it was given.")
        connection.execute("DELETE FROM district.reader WHERE db_role = %s", [found[0]])
        end_role(connection, found[0])
    with translating():
        end_connections(connection, found[0])
