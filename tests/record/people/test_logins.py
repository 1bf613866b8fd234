"""The wait after wrong passphrases: free at first, then doubling, with a bound."""

from __future__ import annotations

import pytest

from kiosk.record.people.logins import FREE, LONGEST_S, MOST, seconds_left, wait_s
from kiosk.system.clock import Instant

BOOT = "a-boot"


def at(seconds: float, boot: str = BOOT, wall: float | None = None) -> Instant:
    """So many seconds after the start; the wall clock the same unless it was set."""
    return Instant(int((seconds if wall is None else wall) * 1e6), boot, int(seconds * 1e9))


def test_the_wait_is_free_at_first_then_doubles_up_to_a_bound() -> None:
    """Ten wrong passphrases cost less than ten minutes, and each further one the longest wait."""
    waits = [wait_s(failures) for failures in range(14)]
    assert waits == [0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]
    assert wait_s(10**9) == wait_s(MOST) == LONGEST_S


@pytest.mark.parametrize(("elapsed", "left"), [(0, 2), (0.5, 2), (1.5, 1), (2, 0), (60, 0)])
def test_the_wait_counts_from_the_newest_failure(elapsed: float, left: int) -> None:
    """In whole seconds, rounded up."""
    failures = [at(100), at(50), at(10)]
    assert seconds_left(failures, at(100 + elapsed)) == left


def test_setting_the_clock_forward_does_not_end_the_wait() -> None:
    """Within one start of the machine, the boot clock counts."""
    failures = [at(100 - n) for n in range(10)]
    assert seconds_left(failures, at(101, wall=10**6)) == wait_s(10) - 1


def test_after_a_restart_the_wall_clock_counts() -> None:
    """And a clock that is behind the failures locks nobody out."""
    failures = [at(1000 - n) for n in range(10)]
    assert seconds_left(failures, at(5, "other", wall=1010)) == wait_s(10) - 10
    assert seconds_left(failures, at(5, "other", wall=5)) == 0


def test_without_failures_nobody_waits() -> None:
    """Neither after the free ones."""
    assert seconds_left([], at(0)) == 0
    assert seconds_left([at(0)] * FREE, at(0)) == 0
