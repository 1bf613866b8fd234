"""A kiosk is killed between the commit of a command's entry and its answer: the entry is there once."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import closing

from kiosk.app.bootstrap import enter
from kiosk.log.log import open_reader
from kiosk.log.verify import check_log
from kiosk.record.entries import Actor, Entry, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.settings import Home
from kiosk.system.clock import SystemClock
from tests.homes import encounter

PATIENCE_S = 20.0


def test_the_command_finds_its_entry_after_the_kiosk_was_killed(home: Home) -> None:
    """With the number that the killed kiosk gave it, in a log that is verified."""
    encounter(home)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.killed.killed_kiosk", str(home.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as kiosk:
        assert kiosk.stdout is not None
        assert kiosk.stdout.readline() == "listening\n"
        entry = Entry(EntryKind.EXPORT_MADE, {"format": "csv"}, actor=Actor.COMMAND)
        number = enter(home, "live", SystemClock(), entry, patience_s=PATIENCE_S)
        assert kiosk.wait(PATIENCE_S) == -signal.SIGKILL
    with closing(open_reader(home, "live")) as log:
        assert [decode(kept).seq for kept in log.of_kind(EntryKind.EXPORT_MADE)] == [number]
        assert log.size() == number + 1
    assert check_log(home.log("live")).verified
