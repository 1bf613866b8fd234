"""The store is made whole in an empty database, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from itertools import count

import pytest

from db.district.connection import Address, Store, connected, translating
from db.district.errors import NotAllowed, NotInstalled, Refused, Unreachable
from db.district.install import install, statements
from db.district.private_server import PrivateServer, programs
from tests.db.district.desks import a_desk, asked

_NUMBERS = count()


@pytest.fixture
def empty(server: PrivateServer) -> Iterator[str]:
    """The name of an empty database."""
    name = f"empty_{next(_NUMBERS)}"
    asked(server, "postgres", f"CREATE DATABASE {name}")
    yield name
    asked(server, "postgres", f"DROP DATABASE {name} WITH (FORCE)")


def made(server: PrivateServer, database: str, role: str = "postgres") -> None:
    """Install the store."""
    with connected(server.address(database, role)) as store:
        install(store)


def test_every_file_of_sql_is_run() -> None:
    """In the order of its number."""
    folder = resources.files("db.district") / "sql"
    files = sorted(file.name for file in folder.iterdir() if file.name.endswith(".sql"))
    texts = [(folder / name).read_text(encoding="utf-8") for name in files]
    assert statements() == "\n".join(texts)
    assert len(files) == 11


def test_a_store_is_made_once(server: PrivateServer, empty: str) -> None:
    """A second time is refused, and changes nothing."""
    made(server, empty)
    with pytest.raises(NotInstalled):
        made(server, empty)


def test_what_every_role_may_do_by_default_is_taken_away(server: PrivateServer, empty: str) -> None:
    """Temporary tables and large objects would fill the disk of the district."""
    made(server, empty)
    desk = a_desk(server, empty)
    for statement in ("CREATE TEMP TABLE t (x int)", "SELECT lo_create(0)", "CREATE TABLE public.t (x int)"):
        with pytest.raises(NotAllowed), connected(server.address(empty, desk.role)) as store:
            _run(store, statement)


def _run(store: Store, statement: str) -> None:
    with translating():
        store.connection.execute(statement)


def test_a_role_that_may_make_no_roles_is_refused(server: PrivateServer, empty: str) -> None:
    """Nothing is left behind."""
    asked(server, empty, f"CREATE ROLE maker_{empty} LOGIN")
    with pytest.raises(NotAllowed):
        made(server, empty, f"maker_{empty}")
    assert asked(server, empty, "SELECT to_regnamespace('district')") == [(None,)]


def test_a_database_of_another_encoding_is_refused(server: PrivateServer) -> None:
    """The hashed texts are UTF-8."""
    asked(server, "postgres", "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    with pytest.raises(NotInstalled):
        made(server, "latin")
    asked(server, "postgres", "DROP DATABASE latin")


def test_a_server_over_a_network_needs_a_certificate_to_check_it_with() -> None:
    """Else any server would do."""
    with pytest.raises(Refused):
        Address(("district.example",), "kiosk", "desk_1").parameters()


def test_a_server_that_is_not_there_is_unreachable(server: PrivateServer) -> None:
    """The kiosk tries again later."""
    address = Address((str(server.folder / "nowhere"),), "kiosk", "desk_1")
    with pytest.raises(Unreachable), connected(address):
        pass


def test_a_database_without_a_store_is_told(server: PrivateServer) -> None:
    """Not as if the network were down."""
    with pytest.raises(NotInstalled), connected(server.address()) as store:
        _run(store, "SELECT district.root_of('{}')")


def test_the_programs_can_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of the operating system instead of the wheel's."""
    assert str(programs({"KIOSK_POSTGRES_BIN": "/usr/lib/postgresql/15/bin"})) == "/usr/lib/postgresql/15/bin"
    monkeypatch.setattr("db.district.private_server.find_spec", lambda _: None)
    with pytest.raises(NotInstalled):
        programs({})
