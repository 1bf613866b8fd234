"""The kiosk's end of the socket: neither strangers' bytes nor silence keep a command waiting."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.errors import Refused
from kiosk.log.intake import server
from kiosk.log.intake.messages import (
    Begun,
    Entered,
    EntryRequest,
    Rejected,
    decode_answer,
    encode_request,
    new_request,
)
from kiosk.log.intake.server import MOST_SILENT, Intake, open_intake
from kiosk.record.entries import Actor, Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.system.local_socket import Channel, connect, listen

ENDS_S = 20.0
REQUEST = new_request(Entry(EntryKind.EXPORT_MADE, {"format": "csv"}, actor=Actor.COMMAND))


class Log:
    """Counts what it is asked to record; the answer is the number."""

    def __init__(self) -> None:
        self.taken: list[EntryRequest] = []
        self.error: Refused | None = None

    def __call__(self, request: EntryRequest, begin: Callable[[], bool]) -> Entered | Rejected | None:
        """Record it if the command still waits."""
        if self.error is not None:
            raise self.error
        if not begin():
            return None
        self.taken.append(request)
        return Entered(len(self.taken))


@pytest.fixture
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A path that fits a socket's address."""
    return tmp_path_factory.mktemp("s") / "live.db"


@pytest.fixture
def log() -> Log:
    """What records."""
    return Log()


@pytest.fixture
def intake(path: Path, log: Log) -> Iterator[Intake]:
    """An intake that does not lose patience during a test."""
    intake = Intake(listen(path), log, read_s=ENDS_S)
    yield intake
    intake.close()
    assert intake.join(ENDS_S)


def soon() -> float:
    """A moment by which an answer has come."""
    return time.monotonic() + ENDS_S


def called(path: Path) -> Channel:
    """A new connection. A refused one, in a moment when too many wait, is tried again."""
    until = soon()
    while (channel := connect(path, until)) is None:
        assert time.monotonic() < until
    return channel


def answered(path: Path, data: bytes) -> list[object]:
    """The answers to these bytes."""
    with closing(called(path)) as channel:
        channel.send(data, soon())
        answers: list[object] = []
        while not answers or isinstance(answers[-1], Begun):
            answers.append(decode_answer(channel.receive(soon())))
        return answers


def ended(channel: Channel) -> bool:
    """Whether the intake has ended this connection; waits for it."""
    try:
        channel.receive(soon())
    except (EOFError, ConnectionError):
        return True
    return False


@pytest.mark.usefixtures("intake")
def test_a_request_is_announced_recorded_and_answered(path: Path, log: Log) -> None:
    """One after another, each with its number."""
    assert answered(path, encode_request(REQUEST)) == [Begun(), Entered(1)]
    assert answered(path, encode_request(REQUEST)) == [Begun(), Entered(2)]
    assert log.taken == [REQUEST, REQUEST]


@pytest.mark.usefixtures("intake")
def test_an_error_is_answered_with_its_code(path: Path, log: Log) -> None:
    """Also bytes that are no request, with the code of wrong use."""
    log.error = Refused("What.", "Repair.")
    assert answered(path, encode_request(REQUEST)) == [Rejected(Refused.exit_code, "What.", "Repair.")]
    (rejected,) = answered(path, b"junk")
    assert isinstance(rejected, Rejected)
    assert (rejected.exit_code, log.taken) == (2, [])


@pytest.mark.usefixtures("intake")
def test_a_thousand_bad_requests_hinder_no_good_one(path: Path, log: Log) -> None:
    """Bytes of any kind, complete and broken off; the good request is recorded, once."""
    for number in range(1000):
        with closing(called(path)) as channel:
            channel.sock.sendall([b"\xff" * 8, b"\x00\x00\x00\x04junk", b"\x00", b"\x00\x10\x00\x00half"][number % 4])
    assert answered(path, encode_request(REQUEST)) == [Begun(), Entered(1)]
    assert log.taken == [REQUEST]


@pytest.mark.usefixtures("intake")
def test_clients_that_say_nothing_are_ended_the_oldest_first(path: Path, log: Log) -> None:
    """So many that no more would be read otherwise; the request comes through though none of them has ended."""
    silent = [called(path) for _ in range(MOST_SILENT + 3)]
    assert answered(path, encode_request(REQUEST)) == [Begun(), Entered(1)]
    assert [ended(channel) for channel in silent[:3]] == [True] * 3
    for channel in silent:
        channel.close()


def test_a_client_that_says_nothing_is_ended_after_a_while(path: Path, log: Log) -> None:
    """Also one that has sent half of its request; nothing of it is recorded."""
    intake = Intake(listen(path), log, read_s=0.05)
    with closing(called(path)) as silent, closing(called(path)) as slow:
        slow.sock.sendall(b"\x00\x00\x01\x00half of it")
        assert [ended(silent), ended(slow)] == [True, True]
    intake.close()
    assert intake.join(ENDS_S)
    assert log.taken == []


@pytest.mark.usefixtures("intake")
def test_a_command_that_was_killed_half_way_leaves_nothing(path: Path, log: Log) -> None:
    """Before its request was complete."""
    data = encode_request(REQUEST)
    with closing(called(path)) as channel:
        channel.sock.sendall(len(data).to_bytes(4, "big") + data[:-1])
    assert answered(path, encode_request(REQUEST)) == [Begun(), Entered(1)]


def test_what_nobody_waits_for_any_more_is_not_recorded(path: Path) -> None:
    """The command was killed, or lost patience, after its request was complete and before its turn came."""
    has_gone, asked = threading.Event(), threading.Event()
    began: list[bool] = []

    def take(_: EntryRequest, begin: Callable[[], bool]) -> None:
        """As a busy desk: the command has gone when its turn comes."""
        assert has_gone.wait(ENDS_S)
        began.append(begin())
        asked.set()

    intake = Intake(listen(path), take)
    with closing(called(path)) as channel:
        channel.send(encode_request(REQUEST), soon())
    has_gone.set()
    assert asked.wait(ENDS_S)
    intake.close()
    assert intake.join(ENDS_S)
    assert began == [False]


def test_a_closed_intake_answers_nobody(path: Path, log: Log) -> None:
    """And is closed once."""
    intake = open_intake(path, log)
    assert intake is not None
    with closing(called(path)) as waiting:
        intake.close()
        intake.close()
        assert intake.join(ENDS_S)
        assert ended(waiting)
    assert connect(path, soon()) is None


def test_an_intake_that_ends_late_takes_nothing_from_the_next(path: Path, log: Log) -> None:
    """The first is closed while it records; the log is opened again, and commands reach the second all along."""
    recording, over = threading.Event(), threading.Event()

    def take(_: EntryRequest, __: Callable[[], bool]) -> None:
        recording.set()
        assert over.wait(ENDS_S)

    first = Intake(listen(path), take)
    with closing(called(path)) as waiting:
        waiting.send(encode_request(REQUEST), soon())
        assert recording.wait(ENDS_S)
        first.close()
        second = Intake(listen(path), log)
        over.set()
        assert first.join(ENDS_S)
        assert ended(waiting)
    assert answered(path, encode_request(REQUEST)) == [Begun(), Entered(1)]
    second.close()
    assert second.join(ENDS_S)


def test_without_a_socket_the_kiosk_runs_all_the_same(path: Path, log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system allows none; commands then wait in vain and say so."""

    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(server, "listen", refuse)
    assert open_intake(path, log) is None
