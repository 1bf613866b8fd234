"""Desks come and go: each has a role of its own, whose name says nothing, and a secret that only the desk keeps."""

from __future__ import annotations

import secrets

from db.district.connection import Store, translating
from db.district.errors import Refused

CONNECTIONS: int = 4
"""Connections of one desk at a time. Each can take some gigabytes of the server's memory."""


def enroll(store: Store, school: str, desk: str, level: int, secret: str) -> str:
    """Make the role of a new desk; return its name. The connection's role may make roles.

    level: the widest disclosure level that the desk sends, from 0 for statistics to 3 for full. secret: the server gets
    only what it needs to check it. Raises Refused for a desk that is enrolled already, and as `translating`.
    """
    from db.district.roles import make_role  # noqa: PLC0415 - psycopg, only while a district is set up

    connection = store.connection
    with translating(), connection.transaction():
        connection.execute("INSERT INTO district.school (name) VALUES (%s) ON CONFLICT DO NOTHING", [school])
        found = connection.execute(
            "SELECT d.state FROM district.desk d JOIN district.school s USING (school_id) "
            "WHERE (s.name, d.name) = (%s, %s)",
            [school, desk],
        ).fetchone()
        if found is not None:
            raise Refused(
                f"The desk “{desk}” of {school} is {'retired' if found[0] == 'retired' else 'enrolled'} already.",
                "Give another name, such as the year.",
            )
        (desk_id,) = connection.execute(
            "SELECT nextval(pg_get_serial_sequence('district.desk', 'desk_id'))"
        ).fetchone() or (0,)
        # Roles belong to the whole server, also those of a store that was dropped.
        role = f"{connection.info.dbname}_desk_{desk_id}_{secrets.token_hex(3)}"
        make_role(connection, role, "district_desk", secret, CONNECTIONS)
        connection.execute(
            "INSERT INTO district.desk (desk_id, school_id, name, db_role, level) OVERRIDING SYSTEM VALUE "
            "SELECT %s, school_id, %s, %s, %s FROM district.school WHERE name = %s",
            [desk_id, desk, role, level, school],
        )
    return role


def retire(store: Store, school: str, desk: str) -> None:
    """End the role of a desk at once, also on its open connections. What it sent stays.

    Raises Refused if there is no such desk, and as `translating`.
    """
    from db.district.roles import end_connections, end_role  # noqa: PLC0415 - likewise

    connection = store.connection
    with translating(), connection.transaction():
        found = connection.execute(
            "UPDATE district.desk d SET state = 'retired' FROM district.school s "
            "WHERE s.school_id = d.school_id AND (s.name, d.name) = (%s, %s) RETURNING d.db_role",
            [school, desk],
        ).fetchone()
        if found is None:
            raise Refused(f"There is no desk “{desk}” of {school}.", "`kiosk district status` shows all desks.")
        end_role(connection, found[0])
    with translating():
        end_connections(connection, found[0])
