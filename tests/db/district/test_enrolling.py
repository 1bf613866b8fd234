"""Desks are enrolled, watched and retired."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.district.calls import Word, ingest
from db.district.connection import connected
from db.district.enrolling import enroll, retire
from db.district.errors import NotAllowed, Refused, Unreachable
from db.district.fleet import DeskStatus, desks
from db.district.private_server import PrivateServer
from tests.db.district.desks import Desk, Sent, asked

SECRET = "a secret of the desk that nobody types"  # noqa: S105 - made up


@pytest.fixture
def desk(server: PrivateServer, database: str) -> Desk:
    """An enrolled desk."""
    with connected(server.address(database)) as store:
        return Desk(server, database, enroll(store, "Lincoln", "Front office", 3, SECRET))


def watched(desk: Desk) -> DeskStatus:
    """How the only desk is."""
    with connected(desk.server.address(desk.database)) as store:
        (found,) = desks(store)
    return found


def test_an_enrolled_desk_sends_its_log(desk: Desk, sent: Sent) -> None:
    """The name of its role says nothing of the school; the server has no secret."""
    assert "lincoln" not in desk.role.lower()
    stored = asked(
        desk.server, desk.database, f"SELECT rolpassword, rolconnlimit FROM pg_authid WHERE rolname = '{desk.role}'"
    )
    assert stored[0][0].startswith("SCRAM-SHA-256$")
    assert SECRET not in stored[0][0]
    assert stored[0][1] == 4
    assert desk.send(sent).word is Word.OK


def test_a_desk_is_enrolled_once(desk: Desk) -> None:
    """Neither again while it works, nor after it was retired: its old log has that name."""
    with connected(desk.server.address(desk.database)) as store:
        with pytest.raises(Refused):
            enroll(store, "Lincoln", "Front office", 3, SECRET)
        retire(store, "Lincoln", "Front office")
        with pytest.raises(Refused):
            enroll(store, "Lincoln", "Front office", 3, SECRET)
        assert enroll(store, "Lincoln", "Front office 2027", 3, SECRET) != desk.role
        with pytest.raises(Refused):
            retire(store, "Lincoln", "Nobody's")


def test_a_retired_desk_is_out_at_once(desk: Desk, sent: Sent) -> None:
    """Also on a connection that it has open; what it sent stays."""
    with desk.connected() as store:
        ingest(store, sent.batch(0, 5))
        with connected(desk.server.address(desk.database)) as district:
            retire(district, "Lincoln", "Front office")
        with pytest.raises((Unreachable, NotAllowed)):
            ingest(store, sent.batch(5, 8))
    with pytest.raises((Unreachable, NotAllowed)):
        desk.ingest(sent.batch(5, 8))
    found = watched(desk)
    assert found.retired
    assert found.log is not None
    assert found.log.size == 5


def test_the_district_sees_how_a_desk_is(desk: Desk, sent: Sent) -> None:
    """Nothing yet; behind; up to date, with the newest entry of each kind; forked."""
    assert watched(desk).log is None
    desk.ingest(sent.batch(0, 5))
    log = watched(desk).log
    assert log is not None
    assert (log.size, log.head, log.disclosed_to, log.state) == (5, len(sent.rows), 0, "active")
    desk.send(sent)
    log = watched(desk).log
    assert log is not None
    assert (log.size, log.disclosed_to, log.conflicts) == (len(sent.rows), len(sent.rows), ())
    assert {"session.started", "session.ended"} <= log.newest.keys()
    assert log.newest_entry_at is not None
    desk.ingest(replace(sent.batch(0, 8), root=bytes(32)))
    log = watched(desk).log
    assert log is not None
    assert (log.state, log.conflicts) == ("quarantined", ("root-mismatch",))
