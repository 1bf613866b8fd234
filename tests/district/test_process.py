"""The sender as a process: one for each home, and it ends with who started it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.app.sending import Sending
from kiosk.district.settings import DistrictSettings, save_district
from kiosk.record.disclosure.levels import Level
from kiosk.settings import Home
from tests.homes import a_home, encounter

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


def started(home: Home) -> subprocess.Popen[bytes]:
    """A sender that another process started."""
    command = [sys.executable, "-m", "kiosk", "--home", str(home.path), *SEND]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE)


def test_the_sender_ends_when_who_started_it_has_ended(home: Home) -> None:
    """However that ended: the pipe between them ends."""
    with started(home) as sender:
        assert sender.stdin is not None
        sender.stdin.close()
        assert sender.wait(30) == 0


def test_a_second_sender_of_a_home_ends_at_once(home: Home) -> None:
    """Two would send everything twice, for nothing."""
    with started(home) as first:
        lock = home.sending / "sender.lock"
        while not lock.exists():
            assert first.poll() is None
        with started(home) as second:
            _, told = second.communicate(timeout=30)
            assert second.returncode == 0
            assert b"already" in told
        assert first.poll() is None
        first.terminate()
        assert first.wait(30) == 0


def test_a_desk_of_no_district_starts_none(tmp_path: Path) -> None:
    """And its command says so."""
    home = a_home(tmp_path)
    sending = Sending(home)
    sending._start()
    assert sending._process is None
    sending.close()
    with started(home) as sender:
        _, told = sender.communicate(timeout=30)
    assert (sender.returncode, b"Traceback" in told) == (2, False)


def test_the_kiosk_starts_the_sender_and_does_not_wait_for_it(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """It ends after the kiosk, by itself."""
    monkeypatch.setenv("PYTHONPATH", str(Path.cwd()))
    sending = Sending(home)
    sending._start()
    assert sending._process is not None
    sending.close()
    assert sending._process.wait(30) == 0
