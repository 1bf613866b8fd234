"""Roles of people and jobs: readers, auditors, keepers. Their names say nothing, because every role sees them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from enum import StrEnum

from db.district.connection import Store, translating
from db.district.errors import Refused


class Group(StrEnum):
    """What a role may do. The values end the names of the groups in the SQL."""

    READER = "reader"
    """Read the records of some schools, up to a level."""

    AUDITOR = "auditor"
    """Read everything, and verify."""

    KEEPER = "keeper"
    """Delete destroyed values after their rest, and read nothing."""


def grant(store: Store, group: Group, name: str, secret: str, schools: Sequence[str] = (), level: int = 0) -> str:
    """Make a role for a person or a job; return its name. The connection's role may make roles.

    schools, level: what a reader may read, from 0 for statistics to 3 for full. secret: the server gets only what it
    needs to check it. Raises Refused for a name that has a role, and for an unknown school; and as `translating`.
    """
    from psycopg import sql  # noqa: PLC0415 - only while a district is set up

    connection = store.connection
    with translating(), connection.transaction():
        if connection.execute("SELECT FROM district.person WHERE name = %s AND ended_at IS NULL", [name]).fetchone():
            raise Refused(f"“{name}” has a role already.", "End it with `kiosk district revoke`, or give another name.")
        known = {found for (found,) in connection.execute("SELECT name FROM district.school").fetchall()}
        if missing := [school for school in schools if school not in known]:
            raise Refused(f"There is no school “{missing[0]}”.", "`kiosk district status` shows all schools.")
        role = f"{connection.info.dbname}_{group}_{secrets.token_hex(4)}"
        verifier = connection.pgconn.encrypt_password(secret.encode(), role.encode(), b"scram-sha-256").decode()
        connection.execute(
            sql.SQL("CREATE ROLE {} LOGIN IN ROLE {} CONNECTION LIMIT 8 PASSWORD {}").format(
                sql.Identifier(role), sql.Identifier(f"district_{group}"), sql.Literal(verifier)
            )
        )
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
    from psycopg import sql  # noqa: PLC0415 - likewise

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
        connection.execute(sql.SQL("ALTER ROLE {} NOLOGIN").format(sql.Identifier(found[0])))
    with translating():
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", [found[0]])
