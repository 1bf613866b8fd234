"""A sender that is killed at any moment: nothing is lost, and nothing is there twice."""

from __future__ import annotations

import random
import subprocess
import sys
import time

import pytest

from kiosk.district.status import read_status
from tests.db.district.desks import Sent, asked
from tests.district.test_sender import Enrolled, desk, sent
from tests.homes import encounter

__all__ = ["desk"]

ROUNDS = [pytest.param(15, id="15"), pytest.param(200, id="200", marks=pytest.mark.long)]


@pytest.mark.parametrize("rounds", ROUNDS)
def test_a_killed_sender_loses_nothing_and_sends_nothing_twice(desk: Enrolled, rounds: int) -> None:
    """While the desk goes on; a sender that is left alone finishes what the killed ones began."""
    chance = random.Random(rounds)  # noqa: S311 - moments of a test
    command = [sys.executable, "-m", "kiosk", "--home", str(desk.home.path), "district", "send", "--started"]
    caught = 0
    for n in range(rounds):
        encounter(desk.home, note="Two cars")
        before = len(desk.headers())
        ends_at = time.monotonic() + chance.uniform(0.1, 1.2)
        with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) as sender:
            # Every third one is killed after its first batch, the others at any moment before it or after.
            while (n % 3 == 0 or time.monotonic() < ends_at) and len(desk.headers()) == before:
                assert sender.poll() is None
            sender.kill()
        caught += len(desk.headers()) > before
    status = sent(desk)
    log = Sent.of(desk.home)
    assert (status.behind, status.values_behind, status.findings) == (0, 0, ())
    assert desk.headers() == [row.header for row in log.rows]
    assert desk.values() == len(log.values())
    assert asked(desk.server, desk.database, "SELECT count(*) FROM district.conflict") == [(0,)]
    assert caught >= rounds // 3
    assert read_status(desk.home) is not None
