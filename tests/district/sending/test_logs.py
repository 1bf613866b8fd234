"""Whether a log has grown, seen from outside: without opening it, and without seeing changes of our own."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from kiosk.district.sending.logs import fingerprint, live_logs
from kiosk.errors import StoreUnusable
from kiosk.settings import Home
from tests.homes import encounter, replaced


def aged(home: Home) -> None:
    """Make the log's files older than the time in which a change may be missed."""
    for path in home.log("live").parent.glob("live.db*"):
        os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns - 60_000_000_000))


def test_a_new_entry_changes_it(home: Home) -> None:
    """So does a replaced log, and a first one."""
    seen = [fingerprint(home)]
    encounter(home)
    seen.append(fingerprint(home))
    encounter(home)
    seen.append(fingerprint(home))
    replaced(home)
    seen.append(fingerprint(home))
    assert len(set(seen)) == 4


def test_reading_the_log_does_not_change_it(home: Home) -> None:
    """Or the sender would wake itself each second."""
    replaced(home)
    encounter(home)
    aged(home)
    seen = fingerprint(home)
    for _ in range(2):
        with live_logs(home) as logs:
            assert all([*log.entries()] for log, _ in logs)
    assert fingerprint(home) == seen


def test_a_change_right_after_a_look_is_seen_later(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk's clock is coarse: the file may keep its time. So it differs once more when it is settled."""
    encounter(home)
    fresh = fingerprint(home)
    now_ns = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now_ns + 10_000_000_000)
    settled = fingerprint(home)
    assert settled != fresh
    monkeypatch.setattr(time, "time_ns", lambda: now_ns + 20_000_000_000)
    assert fingerprint(home) == settled


def test_the_files_are_closed_between_two_looks(home: Home) -> None:
    """An open file could keep destroyed values on the disk."""
    replaced(home)
    with live_logs(home):
        pass
    handles = Path("/proc/self/fd")
    if handles.exists():
        names = [str(one.readlink()) for one in handles.iterdir() if one.is_symlink()]
        assert [name for name in names if name.startswith(str(home.path))] == []


def test_a_home_without_a_log_has_nothing_to_read(home: Home) -> None:
    """It was never opened."""
    with pytest.raises(StoreUnusable), live_logs(home):
        pass
