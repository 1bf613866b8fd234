"""Time: the wall clock in UTC, the boot clock that nobody can set, and the synchronization state of the wall clock."""

from __future__ import annotations

import sys
import time
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Final, Protocol

from kiosk.worded import Worded

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")

_MOST_APART_NS: Final = 50_000_000
"""Maximum time between two boot clock readings, in ns; a longer time means that the machine slept or was busy."""

_TRIES: Final = 20


@dataclass(frozen=True, slots=True)
class Instant:
    """One reading of both clocks.

    wall_us: microseconds since 1970 UTC by the wall clock.
    boot_id: id of this start of the machine; compare boot_ns only between equal ids.
    boot_ns: nanoseconds since that start, including suspend where the system counts it.
    """

    wall_us: int
    boot_id: str
    boot_ns: int

    def local(self, zone: tzinfo | None = None) -> datetime:
        """Return the wall time in `zone`, or in the machine's own zone."""
        return datetime.fromtimestamp(self.wall_us / 1_000_000, UTC).astimezone(zone)


class SyncState(Worded):
    """Whether a time server has confirmed the wall clock."""

    SYNCHRONIZED = "synchronized", "A time server has confirmed the clock"
    UNSYNCHRONIZED = "unsynchronized", "No time server has confirmed the clock"
    UNKNOWN = "unknown", "This system can't say whether a time server has confirmed the clock"


@dataclass(frozen=True, slots=True)
class Sync:
    """Synchronization of the wall clock, and its maximum error in µs when synchronized."""

    state: SyncState
    error_us: int | None = None

    @property
    def words(self) -> str:
        """The synchronization as a sentence."""
        within = "" if self.error_us is None else f", to within {self.error_us / 1_000_000:.2g} seconds"
        return f"{self.state.words}{within}."


UNKNOWN: Final = Sync(SyncState.UNKNOWN)


class Clock(Protocol):
    """A source of time."""

    def now(self) -> Instant:
        """Read both clocks once."""

    def sync(self) -> Sync:
        """Return whether the wall clock is synchronized now."""


class SystemClock:
    """The machine's clocks."""

    def __init__(self) -> None:
        try:
            self._boot_id = _BOOT_ID.read_text(encoding="ascii").strip()
        except OSError:
            # No boot id (not Linux): use an id of this process, so that only its own readings are compared.
            self._boot_id = str(uuid.uuid4())

    def now(self) -> Instant:
        """Read both clocks once.

        If the machine slept or the program stopped between the two readings, read again. Otherwise a sleep at that
        moment would look like a clock change.
        """
        for _ in range(_TRIES):
            before, wall_us, after = _boot_ns(), time.time_ns() // 1000, _boot_ns()
            if after - before <= _MOST_APART_NS:
                break
        return Instant(wall_us, self._boot_id, after)

    def sync(self) -> Sync:
        """Return the kernel's state of the clock, regardless of the time service; only Linux supports this."""
        return _kernel_sync() if sys.platform == "linux" else UNKNOWN


def _kernel_sync() -> Sync:
    from kiosk.system.kernel_clock import UNSYNCHRONIZED, kernel_clock  # noqa: PLC0415 - ctypes, after first paint

    clock = kernel_clock()
    if clock is None:
        return UNKNOWN
    if clock.status & UNSYNCHRONIZED:
        return Sync(SyncState.UNSYNCHRONIZED)
    return Sync(SyncState.SYNCHRONIZED, clock.error_us)


def _boot_ns() -> int:
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) if sys.platform == "linux" else time.monotonic_ns()


@dataclass
class FixedClock:
    """A clock that moves only on request, for tests and reproducible screenshots."""

    at: datetime = datetime(2026, 9, 14, 14, 42, tzinfo=UTC)
    boot_id: str = "00000000-0000-4000-8000-000000000001"
    boot_ns: int = field(default=1_000_000_000)
    sync_state: Sync = UNKNOWN

    def now(self) -> Instant:
        """Return the fixed time."""
        return Instant(round(self.at.timestamp() * 1_000_000), self.boot_id, self.boot_ns)

    def sync(self) -> Sync:
        """Return the fixed state."""
        return self.sync_state

    def advance(self, seconds: float) -> None:
        """Move both clocks forward by `seconds`."""
        self.at = datetime.fromtimestamp(self.at.timestamp() + seconds, UTC)
        self.boot_ns += round(seconds * 1_000_000_000)
