"""A sender and a real server, with a fault at every call: nothing is lost or there twice, or a person is told."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from db.district.calls import Answer, Batch
from db.district.connection import connected
from db.district.private_server import PrivateServer
from db.district.publishing import Part
from kiosk.district.sending import outbox
from kiosk.district.sending.journal import Journal
from kiosk.district.sending.outbox import Values
from kiosk.district.sending.pacing import LOOK_S, BackOff
from kiosk.district.sending.sender import Sender
from kiosk.district.sending.wire import District, NotAcknowledged, connection
from kiosk.district.settings import address, read_district
from kiosk.district.status import Failure, SendingStatus, read_status
from kiosk.district.told import Told
from kiosk.log.archive import archived_files
from kiosk.record.entry_kinds import EntryKind
from kiosk.settings import Home
from kiosk.system.clock import SystemClock
from tests.db.district.desks import Sent, a_server, a_store, asked, replaced
from tests.district.test_sender import Enrolled, Once, desk, enrolled, sent, told, with_encounters
from tests.homes import a_home, encounter, tamper
from tests.keeping import closed, destroy, mark
from tests.typed import Typed

__all__ = ["desk"]

T = TypeVar("T")

PATIENCE_S = 60.0


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of four entries, so that a short log has many calls."""
    monkeypatch.setattr(outbox, "MOST_ENTRIES", 4)


class Faulty:
    """A connection on which one call of all goes wrong. before: whether the call is not even made."""

    calls = 0

    def __init__(self, inner: District, at: int, fault: Callable[[], object], *, before: bool) -> None:
        self._inner, self._at, self._fault, self._before = inner, at, fault, before

    def ingest(self, batch: Batch) -> Answer:
        """Send entries."""
        return self._called(lambda: self._inner.ingest(batch))

    def disclose(self, values: Values) -> Answer:
        """Send values."""
        return self._called(lambda: self._inner.disclose(values))

    def published(self, known: bytes) -> Part | None:
        """Fetch a bundle."""
        return self._called(lambda: self._inner.published(known))

    def _called(self, call: Callable[[], T]) -> T:
        Faulty.calls += 1
        if Faulty.calls != self._at:
            return call()
        if self._before:
            self._fault()
        answer = call()
        self._fault()
        return answer


def lose() -> None:
    """Lose an answer."""
    raise NotAcknowledged(Failure.UNREACHABLE)


def sent_with(desk: Enrolled, at: int, fault: Callable[[], object], *, before: bool = False) -> SendingStatus:
    """Let a sender send until it would wait, with a fault at one of its calls."""
    Faulty.calls = 0

    @contextmanager
    def connect() -> Iterator[District]:
        with connection(address(desk.home, read_district(desk.home))) as inner:
            yield Faulty(inner, at, fault, before=before)

    Sender(desk.home, connect, Journal(desk.home, SystemClock()), Once(), BackOff(lambda: 0.0)).run()
    found = read_status(desk.home)
    assert found is not None
    return found


def require_everything(desk: Enrolled, status: SendingStatus) -> None:
    """The district has the whole log, once, and nothing was told."""
    log = Sent.of(desk.home)
    assert (status.failure, status.behind, status.values_behind, status.findings) == (None, 0, 0, ())
    assert desk.headers() == [row.header for row in log.rows]
    assert desk.values() == len(log.values())
    assert asked(desk.server, desk.database, "SELECT count(*) FROM district.conflict") == [(0,)]


def test_an_answer_that_is_lost_at_any_call_costs_nothing(desk: Enrolled) -> None:
    """The sender that follows compares and continues."""
    at = 0
    while True:
        at += 1
        encounter(desk.home)
        status = sent_with(desk, at, lose)
        if Faulty.calls < at:
            break
        assert (status.failure, status.findings) == (Failure.UNREACHABLE, ())
        require_everything(desk, sent(desk))
    assert at > 5, "there were few calls"


def test_a_server_that_was_restored_from_a_backup_gets_what_it_lacks(desk: Enrolled) -> None:
    """Not everything again; and it is told, with how far it went back."""
    sent(desk)
    size = len(desk.headers())
    asked(desk.server, "postgres", f"CREATE DATABASE {desk.database}_backup TEMPLATE {desk.database}")
    encounter(desk.home)
    newest = sent(desk).entries
    asked(desk.server, "postgres", f"DROP DATABASE {desk.database} WITH (FORCE)")
    asked(desk.server, "postgres", f"ALTER DATABASE {desk.database}_backup RENAME TO {desk.database}")
    status = sent(desk)
    assert [(one.told, one.before, one.after) for one in status.findings] == [(Told.WENT_BACK, newest, size)]
    require_everything(desk, replace(status, findings=()))


def test_a_server_that_hangs_is_left_and_tried_again(desk: Enrolled) -> None:
    """Its call ends at our own deadline."""
    sent(desk)
    encounter(desk.home)
    with connected(desk.server.address(desk.database)) as store, store.connection.transaction():
        store.connection.execute("LOCK TABLE district.log IN ACCESS EXCLUSIVE MODE")
        assert sent(desk, call_s=0.3).failure is Failure.LATE
    require_everything(desk, sent(desk))


def test_two_desks_of_a_school_have_a_log_each(desk: Enrolled, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Neither can send the other's."""
    other = enrolled(desk.server, desk.database, a_home(tmp_path_factory.mktemp("other")), "Side door")
    encounter(other.home, agency="At the other desk")
    assert [told(sent(one)) for one in (desk, other)] == [[], []]
    assert desk.headers() == [row.header for one in (desk, other) for row in Sent.of(one.home).rows]
    for name in ("log", "keys"):
        shutil.rmtree(other.home.path / name)
        shutil.copytree(desk.home.path / name, other.home.path / name)
    encounter(other.home, agency="Under another's name")
    kept = desk.headers()
    status = sent(other)
    assert (status.failure, status.behind > 0) == (Failure.NOT_ALLOWED, True)
    assert desk.headers() == kept
    require_everything_of_two(desk)


def require_everything_of_two(desk: Enrolled) -> None:
    """The first desk goes on as before."""
    encounter(desk.home)
    status = sent(desk)
    assert (status.failure, status.behind, status.findings) == (None, 0, ())


def test_a_log_goes_on_when_its_office_has_looked(desk: Enrolled) -> None:
    """Until then the sender asks at long intervals, and tells it."""
    sent(desk)
    asked(desk.server, desk.database, "UPDATE district.log SET state = 'quarantined'")
    encounter(desk.home)
    assert told(sent(desk)) == [Told.QUARANTINED]
    asked(desk.server, desk.database, "UPDATE district.log SET state = 'active'")
    require_everything(desk, sent(desk))


def test_an_altered_log_sends_nothing_more(desk: Enrolled) -> None:
    """It is told here; the district keeps what it has."""
    sent(desk)
    kept = desk.headers()
    encounter(desk.home)
    newest = len(Sent.of(desk.home).rows) - 2
    tamper(desk.home, lambda log: log.execute(f"UPDATE entry SET leaf=zeroblob(32) WHERE seq={newest}"))
    assert told(sent(desk)) == [Told.ALTERED]
    assert desk.headers() == kept


def test_a_previous_log_that_stopped_does_not_stop_the_next_one(desk: Enrolled) -> None:
    """Each log is sent by itself."""
    sent(desk)
    asked(desk.server, desk.database, "UPDATE district.log SET state = 'quarantined'")
    encounter(desk.home)
    clock = replaced(desk.home)
    encounter(desk.home, clock=clock)
    status = sent(desk)
    assert told(status) == [Told.QUARANTINED]
    now = Sent.of(desk.home)
    sizes = asked(desk.server, desk.database, f"SELECT size FROM district.log WHERE origin = '{now.origin}'")
    assert sizes == [(len(now.rows),)]


def test_a_damaged_previous_log_does_not_stop_the_next_one(desk: Enrolled) -> None:
    """It is told; what can be read of it may be sent."""
    clock = replaced(desk.home)
    encounter(desk.home, clock=clock)
    (previous,) = archived_files(desk.home, "live")
    data = bytearray(previous.read_bytes())
    header = data.rindex(b'"kind":"step.answered"')
    page = header - header % 4096
    data[page : page + 4096] = b"\xff" * 4096
    previous.write_bytes(data)
    status = sent(desk)
    assert (status.failure, told(status)) == (None, [Told.ALTERED])
    now = Sent.of(desk.home)
    sizes = asked(desk.server, desk.database, f"SELECT size FROM district.log WHERE origin = '{now.origin}'")
    assert sizes == [(len(now.rows),)]


@pytest.mark.usefixtures("synchronized")
def test_details_that_were_destroyed_at_the_desk_are_never_sent(
    server: PrivateServer, database: str, typed: Typed, home: Home
) -> None:
    """Their entries are, and why they were destroyed."""
    number = closed(home, 2018)
    mark(typed)
    assert destroy(typed, number).code == 0
    status = sent(enrolled(server, database, home))
    assert (status.failure, status.behind, status.values_behind, told(status)) == (None, 0, 0, [])
    of_the_record = (
        "SELECT DISTINCT e.kind FROM district.disclosure v JOIN district.entry e USING (log_id, seq) "
        "WHERE e.encounter_id IS NOT NULL"
    )
    assert {kind for (kind,) in asked(server, database, of_the_record)} == {EntryKind.RECORD_DESTROYED}


@pytest.fixture(scope="module")
def durable_server() -> Iterator[PrivateServer]:
    """A server that keeps what it committed when it crashes."""
    with a_server(durable=True) as found:
        yield found


@pytest.fixture
def durable(durable_server: PrivateServer, tmp_path: Path) -> Iterator[Enrolled]:
    """A desk of a store on it."""
    with a_store(durable_server) as database:
        yield enrolled(durable_server, database, with_encounters(a_home(tmp_path)))


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("at", [1, 2, 3, 6])
def test_a_server_that_crashes_in_the_middle_has_everything_in_the_end(
    durable: Enrolled, at: int, before: bool
) -> None:
    """Before or after it took a call; what it answered is still there."""

    def crash() -> None:
        durable.server.stop("immediate")
        if not before:
            lose()

    try:
        status = sent_with(durable, at, crash, before=before)
        assert (status.failure, status.findings) == (Failure.UNREACHABLE, ())
    finally:
        durable.server.start()
    require_everything(durable, sent(durable))


class Quick(threading.Event):
    """The end of a sender that waits a hundredth of the time."""

    def wait(self, timeout: float | None = None) -> bool:
        """Wait, and say whether the end is requested."""
        return super().wait((timeout or 0.0) / 100)


@pytest.mark.parametrize("rounds", [pytest.param(3, id="3"), pytest.param(200, id="200", marks=pytest.mark.long)])
def test_a_server_that_is_killed_again_and_again_loses_nothing(durable: Enrolled, rounds: int) -> None:
    """Under a sender that goes on all the time, and a desk too."""
    stop, journal = Quick(), Journal(durable.home, SystemClock())

    def connect() -> AbstractContextManager[District]:
        return connection(address(durable.home, read_district(durable.home)))

    thread = threading.Thread(target=Sender(durable.home, connect, journal, stop, BackOff()).run)
    thread.start()
    try:
        for _ in range(rounds):
            encounter(durable.home)
            durable.server.stop("immediate")
            encounter(durable.home)
            durable.server.start()
            assert thread.is_alive()
        until = time.monotonic() + PATIENCE_S
        while (found := read_status(durable.home)) is None or found.behind or found.failure:
            assert time.monotonic() < until
    finally:
        stop.set()
        thread.join(PATIENCE_S)
    require_everything(durable, sent(durable))


def test_the_sender_waits_between_two_looks(desk: Enrolled) -> None:
    """Nothing new costs one look a second, and no call."""
    waits = list[float]()

    class Waits(Once):
        def wait(self, timeout: float | None = None) -> bool:
            waits.append(timeout or 0.0)
            return len(waits) > 120

    calls = list[int]()

    @contextmanager
    def connect() -> Iterator[District]:
        calls.append(len(waits))
        with connection(address(desk.home, read_district(desk.home))) as inner:
            yield inner

    for path in desk.home.log("live").parent.glob("live.db*"):
        aged(path)
    Sender(desk.home, connect, Journal(desk.home, SystemClock()), Waits(), BackOff()).run()
    assert set(waits) == {LOOK_S}
    assert calls == [0]


def aged(path: Path) -> None:
    """Make a file older than the time in which a change may be missed."""
    os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns - 60_000_000_000))
