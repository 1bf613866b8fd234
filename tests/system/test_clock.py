"""The machine's clocks are read together, and the kernel is asked whether it vouches for the first of them."""

from __future__ import annotations

import ctypes
import sys
import time

import pytest

from kiosk.system import clock
from kiosk.system import kernel_clock as timex
from kiosk.system.clock import UNKNOWN, Sync, SyncState, SystemClock
from kiosk.system.kernel_clock import KernelClock, kernel_clock

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux can be asked")


def test_both_clocks_are_read_at_one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that falls asleep between the two readings is read again: else its sleep would look like a step."""
    asleep_ns = 8 * 3_600_000_000_000
    boots = iter([0, asleep_ns, asleep_ns + 10, asleep_ns + 20])
    walls = iter([1_000_000, 1_000_000 + asleep_ns])
    monkeypatch.setattr(clock, "_boot_ns", lambda: next(boots))
    monkeypatch.setattr(time, "time_ns", lambda: next(walls))
    now = SystemClock().now()
    assert (now.wall_us, now.boot_ns) == ((1_000_000 + asleep_ns) // 1000, asleep_ns + 20)


def test_a_machine_that_is_always_busy_is_read_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """A time that may be off is better than none."""
    seconds = (n * 1_000_000_000 for n in range(1000))
    monkeypatch.setattr(clock, "_boot_ns", lambda: next(seconds))
    assert SystemClock().now().boot_ns > 0


@linux
def test_the_boot_clock_runs_through_sleep(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the one that counts the time asleep; the monotonic one does not."""
    asked: list[int] = []

    def told(which: int) -> int:
        asked.append(which)
        return 7

    monkeypatch.setattr(time, "clock_gettime_ns", told)
    assert SystemClock().now().boot_ns == 7
    assert set(asked) == {time.CLOCK_BOOTTIME}


@linux
def test_the_kernel_is_asked_and_answers() -> None:
    """Or it may not be asked, in a sandbox; whatever it says is one of three things."""
    told, sync = kernel_clock(), SystemClock().sync()
    if told is None:
        assert sync == UNKNOWN
    else:
        assert 0 <= told.error_us <= 16_000_000
        free = bool(told.status & timex.UNSYNCHRONIZED)
        assert sync.state is (SyncState.UNSYNCHRONIZED if free else SyncState.SYNCHRONIZED)


@linux
@pytest.mark.parametrize(
    ("told", "sync"),
    [
        (KernelClock(0x2001, 1_500), Sync(SyncState.SYNCHRONIZED, 1_500)),
        (KernelClock(0x0041, 16_000_000), Sync(SyncState.UNSYNCHRONIZED)),
        (None, UNKNOWN),
    ],
)
def test_what_the_kernel_says_is_kept_as_it_says_it(
    monkeypatch: pytest.MonkeyPatch, told: KernelClock | None, sync: Sync
) -> None:
    """The largest error only where it vouches for its clock."""
    monkeypatch.setattr(timex, "kernel_clock", lambda: told)
    assert SystemClock().sync() == sync


class _Forbidden:
    """A C library in a sandbox that forbids the question."""

    def adjtimex(self, _: object) -> int:
        """As the man page says."""
        return -1


@pytest.mark.parametrize("library", [_Forbidden(), object()])
def test_a_kernel_that_can_not_be_asked_is_no_error(monkeypatch: pytest.MonkeyPatch, library: object) -> None:
    """Forbidden, or a C library without the call."""
    monkeypatch.setattr(ctypes, "CDLL", lambda _: library)
    assert kernel_clock() is None


def test_another_system_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """There it is unknown, which is what the log then says."""
    with monkeypatch.context() as there:
        there.setattr(sys, "platform", "win32")
        assert SystemClock().sync() == UNKNOWN
