"""A sender with a real server: what the desk has is there in the end, once, or a person is told."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from db.district.connection import connected
from db.district.enrolling import enroll, retire
from db.district.private_server import PrivateServer
from kiosk.district.sending.cursor import cursor_file
from kiosk.district.sending.journal import Journal
from kiosk.district.sending.pacing import BackOff
from kiosk.district.sending.sender import Sender
from kiosk.district.sending.wire import CALL_S, District, connection
from kiosk.district.settings import DistrictSettings, address, read_district, save_district
from kiosk.district.status import Failure, SendingStatus, read_status
from kiosk.district.told import Told
from kiosk.record.disclosure.levels import Level
from kiosk.settings import Home
from kiosk.system.clock import SystemClock
from tests.db.district.desks import TEMPLATE, Sent, asked, replaced
from tests.homes import a_home, encounter

SECRET = "a made-up secret of a desk"  # noqa: S105 - made up


@dataclass(frozen=True)
class Enrolled:
    """A home that is enrolled in a store."""

    home: Home
    server: PrivateServer
    database: str

    def headers(self) -> list[str]:
        """The headers that the store has, by log and number."""
        rows = asked(self.server, self.database, "SELECT header FROM district.entry ORDER BY log_id, seq")
        return [row[0] for row in rows]

    def values(self) -> int:
        """The number of values that the store has."""
        return int(asked(self.server, self.database, "SELECT count(*) FROM district.disclosure")[0][0])


class Once(threading.Event):
    """Asks the sender to stop when it would wait: everything was sent, or it failed."""

    def wait(self, timeout: float | None = None) -> bool:
        """Say that the end is requested."""
        del timeout
        return True


def sent(desk: Enrolled, call_s: float = CALL_S) -> SendingStatus:
    """Let a sender send until it would wait; return what it knows then. call_s: when a call counts as lost."""

    def connect() -> AbstractContextManager[District]:
        return connection(address(desk.home, read_district(desk.home)), call_s)

    Sender(desk.home, connect, Journal(desk.home, SystemClock()), Once(), BackOff(lambda: 0.0)).run()
    found = read_status(desk.home)
    assert found is not None
    return found


def enrolled(server: PrivateServer, database: str, home: Home, name: str = "Front office") -> Enrolled:
    """Enroll this home as a desk of a school."""
    with connected(server.address(database)) as store:
        role = enroll(store, "Lincoln", name, 3, SECRET)
    secret = home.path / "district.secret"
    secret.write_text(SECRET, encoding="utf-8")
    secret.chmod(0o600)
    save_district(home, DistrictSettings("made-up", (str(server.folder),), database, role, secret.name, Level.FULL))
    return Enrolled(home, server, database)


def with_encounters(home: Home) -> Home:
    """The home, with two encounters."""
    for agency in ("The first agency", "The second agency"):
        encounter(home, agency=agency, note="Two cars", session=True)
    return home


@pytest.fixture
def desk(server: PrivateServer, database: str, tmp_path: Path) -> Enrolled:
    """A desk with two encounters."""
    return enrolled(server, database, with_encounters(a_home(tmp_path)))


def told(status: SendingStatus) -> list[Told]:
    """What was found out."""
    return [one.told for one in status.findings]


def test_everything_is_sent_once_and_acknowledged(desk: Enrolled) -> None:
    """Then what is new; a sender that begins again sends nothing twice."""
    log = Sent.of(desk.home)
    status = sent(desk)
    assert (status.entries, status.behind, status.values_behind) == (len(log.rows), 0, 0)
    assert (status.failure, status.findings) == (None, ())
    assert desk.headers() == [row.header for row in log.rows]
    assert desk.values() == len(log.values())
    encounter(desk.home)
    sent(desk)
    assert desk.headers() == [row.header for row in Sent.of(desk.home).rows]
    before = desk.values()
    sent(desk)
    assert desk.values() == before


def test_a_lost_cursor_costs_only_calls(desk: Enrolled) -> None:
    """The first answer has the district's own size."""
    sent(desk)
    cursor_file(desk.home).unlink()
    assert told(sent(desk)) == []
    cursor_file(desk.home).write_text("{nothing", encoding="utf-8")
    assert told(sent(desk)) == []
    assert desk.headers() == [row.header for row in Sent.of(desk.home).rows]


def test_a_server_that_is_down_is_tried_again(desk: Enrolled) -> None:
    """What was acknowledged stays, and the rest follows."""
    sent(desk)
    encounter(desk.home)
    desk.server.stop()
    try:
        status = sent(desk)
        assert status.failure is Failure.UNREACHABLE
        assert status.behind > 0
    finally:
        desk.server.start()
    status = sent(desk)
    assert (status.failure, status.behind, told(status)) == (None, 0, [])
    assert desk.headers() == [row.header for row in Sent.of(desk.home).rows]


def test_a_server_that_was_set_back_gets_everything_again(desk: Enrolled) -> None:
    """As after a restoration from an older backup; it is told, and healed."""
    sent(desk)
    rows = asked(
        desk.server, desk.database, "SELECT s.name, d.name, d.db_role, d.level FROM district.desk d, district.school s"
    )
    (school, name, role, level) = rows[0]
    asked(desk.server, "postgres", f"DROP DATABASE {desk.database} WITH (FORCE)")
    asked(desk.server, "postgres", f"CREATE DATABASE {desk.database} TEMPLATE {TEMPLATE}")
    asked(desk.server, desk.database, f"INSERT INTO district.school (name) VALUES ('{school}')")
    asked(
        desk.server,
        desk.database,
        f"INSERT INTO district.desk (school_id, name, db_role, level) SELECT school_id, '{name}', '{role}', {level} "
        "FROM district.school",
    )
    status = sent(desk)
    assert (status.behind, status.values_behind, told(status)) == (0, 0, [Told.WENT_BACK])
    assert desk.headers() == [row.header for row in Sent.of(desk.home).rows]


@contextmanager
def copied(home: Home, folder: Path) -> Iterator[Callable[[], None]]:
    """Keep a copy of the home's log and keys for a block; the function puts it in place again."""
    for name in ("log", "keys"):
        shutil.copytree(home.path / name, folder / name)

    def restore() -> None:
        for name in ("log", "keys"):
            shutil.rmtree(home.path / name)
            shutil.copytree(folder / name, home.path / name)

    yield restore


def test_an_older_copy_of_the_log_sends_nothing(desk: Enrolled, tmp_path: Path) -> None:
    """A desk that was restored by copying files; its log is replaced by the kiosk, so this is told meanwhile."""
    with copied(desk.home, tmp_path / "copy") as restore:
        encounter(desk.home)
        sent(desk)
        kept = desk.headers()
        restore()
        assert told(sent(desk)) == [Told.OLDER_COPY]
    assert desk.headers() == kept


def test_two_copies_of_a_log_with_other_entries_are_told_on_both_sides(desk: Enrolled, tmp_path: Path) -> None:
    """The district keeps what it has, and takes no more."""
    with copied(desk.home, tmp_path / "copy") as restore:
        encounter(desk.home, agency="One agency")
        sent(desk)
        kept = desk.headers()
        restore()
        for agency in ("Another agency", "A third agency"):
            encounter(desk.home, agency=agency)
        status = sent(desk)
    assert Told.FORKED in told(status)
    assert desk.headers() == kept
    reasons = asked(desk.server, desk.database, "SELECT reason FROM district.conflict")
    assert {row[0] for row in reasons} & {"forked", "root-mismatch"}
    assert sent(desk).stopped()


def test_a_log_that_took_the_place_of_another_is_sent_after_it(desk: Enrolled) -> None:
    """Both are there, and the district knows that one continues the other."""
    encounter(desk.home)
    clock = replaced(desk.home)
    encounter(desk.home, clock=clock)
    status = sent(desk)
    assert (status.behind, told(status)) == (0, [])
    logs = asked(desk.server, desk.database, "SELECT state, succession FROM district.log ORDER BY log_id")
    assert logs == [("replaced", None), ("active", "continues")]


def test_a_retired_desk_is_told(desk: Enrolled) -> None:
    """Its office ended its role."""
    sent(desk)
    with connected(desk.server.address(desk.database)) as store:
        retire(store, "Lincoln", "Front office")
    assert sent(desk).failure in {Failure.NOT_ALLOWED, Failure.UNREACHABLE}


def test_only_the_level_that_the_district_chose_is_sent(desk: Enrolled) -> None:
    """Private before stored, also there; what retention needs travels all the same."""
    asked(desk.server, desk.database, "UPDATE district.desk SET level = 1")
    save_district(desk.home, replace(read_district(desk.home), level=Level.PUBLIC))
    status = sent(desk)
    assert (status.behind, status.values_behind, told(status)) == (0, 0, [])
    assert asked(desk.server, desk.database, "SELECT max(level) FROM district.disclosure WHERE NOT kept") == [(1,)]
    assert asked(desk.server, desk.database, "SELECT count(*) FROM district.fact WHERE value = 'The first agency'") == [
        (0,)
    ]


def test_a_wrong_file_of_the_desk_is_told(desk: Enrolled) -> None:
    """And the next attempt reads it again."""
    (desk.home.path / "district.secret").unlink()
    assert sent(desk).failure is Failure.SETTINGS
