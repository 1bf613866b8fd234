"""Roles that log in: made with a secret that only their owner keeps, and ended at once."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql


def make_role(connection: psycopg.Connection[Any], role: str, group: str, secret: str, connections: int) -> None:
    """Make a role of a group that may log in. The server gets only what it needs to check the secret.

    connections: how many it may have at a time.
    """
    verifier = connection.pgconn.encrypt_password(secret.encode(), role.encode(), b"scram-sha-256").decode()
    made = sql.SQL("CREATE ROLE {} LOGIN IN ROLE {} CONNECTION LIMIT {} PASSWORD {}")
    connection.execute(
        made.format(sql.Identifier(role), sql.Identifier(group), sql.Literal(connections), sql.Literal(verifier))
    )


def end_role(connection: psycopg.Connection[Any], role: str) -> None:
    """Let a role log in no more. What is open ends with `end_connections`, once this is committed."""
    connection.execute(sql.SQL("ALTER ROLE {} NOLOGIN").format(sql.Identifier(role)))


def end_connections(connection: psycopg.Connection[Any], role: str) -> None:
    """End the open connections of a role."""
    connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", [role])
