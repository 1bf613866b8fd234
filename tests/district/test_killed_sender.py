"""A sender that is killed at any moment: nothing is lost, and nothing is there twice."""

from __future__ import annotations

import random
import subprocess
import sys
import time

import pytest

from kiosk.district.sending.cursor import read_cursor
from kiosk.district.status import read_status
from tests.db.district.desks import Sent, asked
from tests.district.test_sender import Enrolled, desk, sent
from tests.homes import encounter

__all__ = ["desk"]

ROUNDS = [pytest.param(20, id="20"), pytest.param(200, id="200", marks=pytest.mark.long)]
PATIENCE_S = 60.0


def ready(desk: Enrolled) -> subprocess.Popen[bytes]:
    """A sender that begins after a byte."""
    command = [sys.executable, "-m", "tests.district.killed_sender", str(desk.home.path)]
    sender = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
    )
    assert sender.stdout is not None
    assert sender.stdout.readline().startswith(b"ready")
    return sender


def begin(sender: subprocess.Popen[bytes]) -> float:
    """Let it begin; return when."""
    assert sender.stdin is not None
    sender.stdin.write(b"\n")
    return time.monotonic()


def whole_send_s(desk: Enrolled) -> float:
    """How long a sender takes for one encounter when it is left alone."""
    encounter(desk.home, note="Two cars")
    with ready(desk) as sender:
        begun = begin(sender)
        while (known := read_status(desk.home)) is None or known.entries == 0 or known.behind or known.values_behind:
            assert time.monotonic() < begun + PATIENCE_S
        took = time.monotonic() - begun
        sender.kill()
    return took


@pytest.mark.parametrize("rounds", ROUNDS)
def test_a_killed_sender_loses_nothing_and_sends_nothing_twice(desk: Enrolled, rounds: int) -> None:
    """While the desk goes on; a sender that is left alone finishes what the killed ones began."""
    chance = random.Random(rounds)  # noqa: S311 - moments of a test
    longest_s = whole_send_s(desk)
    began, ended = 0, 0
    for _ in range(rounds):
        encounter(desk.home, note="Two cars")
        before = len(desk.headers())
        with ready(desk) as sender:
            ends_at = begin(sender) + chance.uniform(0, 1.2) * longest_s
            while time.monotonic() < ends_at:
                assert sender.poll() is None
            sender.kill()
        now, newest = len(desk.headers()), len(Sent.of(desk.home).rows)
        began += before < now
        ended += now == newest
        assert all(one.entries <= now for one in read_cursor(desk.home).values()), "more is acknowledged than is there"
    assert began > 0, "no sender got as far as its first call"
    assert ended < rounds, "every sender got to its end"
    status = sent(desk)
    log = Sent.of(desk.home)
    assert (status.behind, status.values_behind, status.findings) == (0, 0, ())
    assert desk.headers() == [row.header for row in log.rows]
    assert desk.values() == len(log.values())
    assert asked(desk.server, desk.database, "SELECT count(*) FROM district.conflict") == [(0,)]
