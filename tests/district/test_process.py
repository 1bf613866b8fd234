"""The sender as a process: one for each home, and it ends with who started it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from db.disk.lock import WriterLock
from db.district.connection import connected
from db.errors import Locked
from kiosk.app import sending as sending_file
from kiosk.app.sending import AGAIN_S, FIRST_S, Sending
from kiosk.district.sending import process
from kiosk.district.sending.sender import Sender
from kiosk.district.settings import DistrictSettings, save_district
from kiosk.errors import Exit
from kiosk.record.disclosure.levels import Level
from kiosk.settings import Home
from kiosk.system.clock import SystemClock
from tests.db.district.desks import asked
from tests.district.test_sender import Enrolled, desk, sent
from tests.homes import a_home, encounter

__all__ = ["desk"]

SEND = ("district", "send", "--started")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home of a district whose server is not there."""
    home = a_home(tmp_path)
    encounter(home)
    secret = home.path / "district.secret"
    secret.write_text("made up", encoding="utf-8")
    secret.chmod(0o600)
    save_district(
        home, DistrictSettings("made-up", (str(tmp_path / "nowhere"),), "d", "desk_1", secret.name, Level.FULL)
    )
    return home


def started(home: Home, *words: str) -> subprocess.Popen[bytes]:
    """A sender that another process started, or with other words, that a person did."""
    command = [sys.executable, "-m", "kiosk", "--home", str(home.path), *(words or SEND)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE)


def test_the_sender_ends_when_who_started_it_has_ended(home: Home) -> None:
    """However that ended: the pipe between them ends."""
    with started(home) as sender:
        assert sender.stdin is not None
        sender.stdin.close()
        assert sender.wait(30) == 0


def await_lock(home: Home, sender: subprocess.Popen[bytes]) -> None:
    """Wait until the sender of this home runs."""
    while not (home.sending / "sender.lock").exists():
        assert sender.poll() is None


def test_a_second_sender_of_a_home_ends_at_once(home: Home) -> None:
    """Two would send everything twice, for nothing."""
    with started(home) as first:
        await_lock(home, first)
        with started(home, *SEND[:2]) as second:
            _, told = second.communicate(timeout=30)
            assert second.returncode == 0
            assert b"already" in told
        assert first.poll() is None
        first.terminate()
        assert first.wait(30) == 0


def test_a_sender_of_the_kiosk_takes_its_turn_when_another_ends(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A service that was stopped, or the sender of a kiosk that was closed a moment ago."""
    turns = iter([Locked, Locked, Locked])

    def lock(path: Path) -> WriterLock:
        if (error := next(turns, None)) is not None:
            raise error("Another sender runs.", "Wait.")
        return WriterLock(path)

    monkeypatch.setattr(process, "WriterLock", lock)
    monkeypatch.setattr(process, "TURN_S", 0.0)
    ending = iter([False])
    monkeypatch.setattr(Sender, "run", lambda self: next(ending))
    monkeypatch.setattr(process, "_at_signals", lambda end: None)
    reads, writes = os.pipe()
    try:
        assert process.run(home, SystemClock(), reads, cut_off=lambda: None)
        assert next(turns, None) is None
        assert next(ending, None) is None, "it did not send"
    finally:
        os.close(writes)


def test_a_sender_of_a_person_does_not_wait_for_its_turn(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command says why it ends."""
    monkeypatch.setattr(process, "_at_signals", lambda end: None)
    home.sending.mkdir()
    lock = WriterLock(home.sending / "sender")
    try:
        assert not process.run(home, SystemClock())
    finally:
        lock.release()


def test_a_sender_ends_although_a_server_does_not_answer(desk: Enrolled) -> None:
    """Or the next kiosk would have none until the call's own deadline."""
    sent(desk)
    encounter(desk.home)
    with connected(desk.server.address(desk.database)) as store, store.connection.transaction():
        store.connection.execute("LOCK TABLE district.log IN ACCESS EXCLUSIVE MODE")
        with started(desk.home) as sender:
            waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
            while asked(desk.server, desk.database, waits) == [(0,)]:
                assert sender.poll() is None
            assert sender.stdin is not None
            sender.stdin.close()
            assert sender.wait(20) == Exit.CUT_OFF
    status = sent(desk)
    assert (status.behind, status.values_behind, status.findings) == (0, 0, ())


def test_a_desk_of_no_district_is_told_so(tmp_path: Path) -> None:
    """By the command."""
    with started(a_home(tmp_path)) as sender:
        _, told = sender.communicate(timeout=30)
    assert (sender.returncode, b"Traceback" in told) == (2, False)


class Waits(threading.Event):
    """The end of the kiosk, after so many waits of the one that starts senders; they take no time."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most, self.asked = most, list[float | None]()

    def wait(self, timeout: float | None = None) -> bool:
        """Say whether the kiosk has ended."""
        self.asked.append(timeout)
        return self.is_set() or len(self.asked) > self.most


def test_the_kiosk_starts_the_sender_and_does_not_wait_for_it(home: Home) -> None:
    """Also from a folder without the kiosk's modules; it ends after the kiosk, by itself."""
    sending = Sending(home)
    sending._closing = Waits(1)
    watching = threading.Thread(target=sending._watch)
    watching.start()
    while not (home.sending / "status.json").exists():
        assert watching.is_alive()
    assert sending._process is not None
    sending.close()
    assert sending._process.wait(30) == 0
    watching.join(30)
    assert sending._closing.asked == [FIRST_S, AGAIN_S]


def test_a_sender_that_ended_is_started_again(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a while: it may end at once each time."""
    monkeypatch.setattr(sending_file, "PROGRAM", (sys.executable, "-c", "raise SystemExit(70)"))
    sending = Sending(home)
    sending._closing = Waits(3)
    begun = list[int]()
    run = sending._run

    def counted() -> None:
        run()
        assert sending._process is not None
        begun.append(sending._process.returncode)

    monkeypatch.setattr(sending, "_run", counted)
    sending._watch()
    assert begun == [70, 70, 70]
    assert sending._closing.asked == [FIRST_S, *[AGAIN_S] * 3]


def test_a_desk_that_is_enrolled_while_it_is_open_begins_to_send(home: Home) -> None:
    """Until then nothing is started; a kiosk that closes at once starts nothing either."""
    home.enrollment_file.unlink()
    sending = Sending(home)
    sending._closing = Waits(2)
    sending._watch()
    assert sending._process is None
    sending.close()
    sending._closing.set()
    sending._watch()
    assert sending._process is None
