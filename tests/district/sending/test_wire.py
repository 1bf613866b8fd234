"""Calls over the network: at a deadline of our own they end, and any doubt means “not acknowledged”."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from db.district import connection as connection_file
from db.district.calls import Batch
from db.district.connection import Address, connected
from db.district.errors import DistrictError, NotAllowed, NotInstalled, Refused, Unreachable
from db.district.private_server import PrivateServer
from kiosk.district.sending.wire import Connection, NotAcknowledged, connection, failure_of
from kiosk.district.status import Failure
from kiosk.record.transparency.merkle import EMPTY_ROOT
from tests.db.district.desks import Desk, a_desk, asked

HELLO = Batch("a.example/log", "a.example/log+00000000+key", 0, [], 0, EMPTY_ROOT, 0)
SOON_S = 0.3
LONG_S = 20.0


@pytest.fixture
def desk(server: PrivateServer, database: str) -> Desk:
    """An enrolled desk."""
    return a_desk(server, database)


def address(desk: Desk) -> Address:
    """Where its store is."""
    return desk.server.address(desk.database, desk.role)


def refusal(desk: Desk, call_s: float = LONG_S) -> Failure:
    """Why a first call is not acknowledged."""
    with pytest.raises(NotAcknowledged) as caught, connection(address(desk), call_s) as district:
        district.ingest(HELLO)
    return caught.value.why


def test_a_first_call_of_nothing_proves_the_way(desk: Desk) -> None:
    """The district makes the log with it."""
    with connection(address(desk)) as district:
        answer = district.ingest(HELLO)
    assert (answer.word, answer.size, answer.root) == ("ok", 0, EMPTY_ROOT)


@contextmanager
def locked(desk: Desk) -> Iterator[None]:
    """The log's row is locked by somebody else: calls about it wait."""
    with connection(address(desk)) as district:
        district.ingest(HELLO)
    with connected(desk.server.address(desk.database)) as store, store.connection.transaction():
        store.connection.execute("SELECT FROM district.log FOR UPDATE")
        yield


def test_a_call_that_is_not_answered_ends_at_the_deadline(desk: Desk) -> None:
    """Whatever it waits for. After that the same desk is served as before."""
    with locked(desk):
        begun = time.monotonic()
        assert refusal(desk, SOON_S) is Failure.LATE
        assert SOON_S <= time.monotonic() - begun < LONG_S / 2
    with connection(address(desk)) as district:
        assert district.ingest(HELLO).word == "ok"


def test_a_connection_after_a_deadline_takes_no_further_call(desk: Desk) -> None:
    """Its late answer must not pass for that of the next call."""
    with locked(desk), connection(address(desk), SOON_S) as district:
        for _ in range(2):
            with pytest.raises(NotAcknowledged):
                district.ingest(HELLO)


@pytest.mark.parametrize("greets", [False, True])
def test_a_server_that_accepts_and_never_answers_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, greets: bool
) -> None:
    """At the connection already; here on a socket of this computer."""
    pytest.importorskip("psycopg")
    monkeypatch.setattr(connection_file, "CONNECT_S", 2)
    with closing(socket.socket(socket.AF_UNIX)) as listening:
        listening.bind(str(tmp_path / ".s.PGSQL.5432"))
        listening.listen()
        taken: list[socket.socket] = []

        def accept() -> None:
            line, _ = listening.accept()
            taken.append(line)
            if greets:
                line.sendall(b"R\x00\x00\x00\x08\x00\x00\x00\x00")  # “you are who you say”, and nothing after

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        with pytest.raises(NotAcknowledged) as caught, connection(Address((str(tmp_path),), "d", "desk")):
            pass
        thread.join(LONG_S)
        assert caught.value.why is Failure.UNREACHABLE
        for line in taken:
            line.close()


def test_an_answer_with_a_warning_is_none(desk: Desk) -> None:
    """So says a server that could not wait for its standby; what was sent is sent again."""
    said = "RAISE WARNING 'not replicated'; RETURN ('ok', 0, sha256(''), 0)::district.answer;"
    put_in_place_of_ingest(desk, said)
    assert refusal(desk) is Failure.UNREACHABLE


@pytest.mark.parametrize(
    "returned",
    [
        "('hooray', 0, sha256(''), 0)",
        "('ok', -1, sha256(''), 0)",
        "('ok', 0, '\\x00', 0)",
        "('ok', NULL, NULL, NULL)",
        "('ok', 0, sha256(''), NULL)",
        "NULL",
    ],
)
def test_an_answer_that_no_server_of_ours_gives_is_none(desk: Desk, returned: str) -> None:
    """It moves nothing and stops nothing."""
    put_in_place_of_ingest(desk, f"RETURN {returned}::district.answer;")
    assert refusal(desk) in {Failure.UNEXPECTED, Failure.UNREACHABLE}


def put_in_place_of_ingest(desk: Desk, body: str) -> None:
    """Replace the function in the store by one that does this."""
    signature = "text, text, bigint, text[], text, bigint, bytea, bigint"
    (head,) = asked(
        desk.server,
        desk.database,
        f"SELECT pg_get_functiondef('district.ingest({signature})'::regprocedure)",
    )[0]
    begun = str(head).partition("AS $")[0]
    asked(desk.server, desk.database, f"{begun} AS $$ BEGIN {body} END $$")


def test_a_role_that_is_no_desk_is_not_allowed(desk: Desk) -> None:
    """As a retired one."""
    asked(desk.server, desk.database, "UPDATE district.desk SET state = 'retired'")
    assert refusal(desk) is Failure.NOT_ALLOWED


def test_a_server_that_is_not_there_is_not_reached(tmp_path: Path) -> None:
    """At once."""
    pytest.importorskip("psycopg")
    with pytest.raises(NotAcknowledged) as caught, connection(Address((str(tmp_path),), "d", "desk")):
        pass
    assert caught.value.why is Failure.UNREACHABLE


def test_a_database_without_a_store_is_named(server: PrivateServer) -> None:
    """The address is wrong, or the office has not made the store yet."""
    with pytest.raises(NotAcknowledged) as caught, connection(server.address("template1")) as district:
        district.ingest(HELLO)
    assert caught.value.why is Failure.NOT_INSTALLED


def test_a_program_without_the_driver_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest of the kiosk needs none."""
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    with pytest.raises(NotAcknowledged) as caught, connection(Address(("/nowhere",), "d", "desk")):
        pass
    assert caught.value.why is Failure.NO_DRIVER


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (NotAllowed, Failure.NOT_ALLOWED),
        (Refused, Failure.REFUSED),
        (NotInstalled, Failure.NOT_INSTALLED),
        (Unreachable, Failure.UNREACHABLE),
        (DistrictError, Failure.UNREACHABLE),
    ],
)
def test_each_error_of_the_store_has_its_reason(error: type[DistrictError], why: Failure) -> None:
    """One sentence for each."""
    assert failure_of(error("It failed.", "Try again.")) is why


def test_a_deadline_that_comes_after_the_answer_cuts_nothing(desk: Desk) -> None:
    """The connection stays open for the next call."""
    with connected(address(desk)) as store:
        district = Connection(store, LONG_S)
        assert [district.ingest(HELLO).word for _ in range(50)] == ["ok"] * 50
        assert [
            one for one in threading.enumerate() if isinstance(one, threading.Timer) and not one.finished.is_set()
        ] == []
