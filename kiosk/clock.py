"""The time: wall clock in UTC, and the boot clock that no one can set. A fixed one serves the tests."""

from __future__ import annotations

import sys
import time
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Protocol

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True, slots=True)
class Instant:
    """One reading of both clocks.

    wall_us: microseconds since 1970 UTC by the wall clock.
    boot_id: which start of this machine; two instants compare by boot_ns only when it is equal.
    boot_ns: nanoseconds since that start, running through suspend where the system can tell.
    """

    wall_us: int
    boot_id: str
    boot_ns: int

    def local(self, zone: tzinfo | None = None) -> datetime:
        """The wall time with its offset, in `zone` or the machine's own zone."""
        return datetime.fromtimestamp(self.wall_us / 1_000_000, UTC).astimezone(zone)


class Clock(Protocol):
    """Whoever can tell the time."""

    def now(self) -> Instant:
        """Read both clocks once."""


class SystemClock:
    """The machine's clocks."""

    def __init__(self) -> None:
        try:
            self._boot_id = _BOOT_ID.read_text(encoding="ascii").strip()
        except OSError:
            # No boot id (not Linux): this process stands for the boot, so no comparison reaches past it.
            self._boot_id = str(uuid.uuid4())

    def now(self) -> Instant:
        """Read both clocks once."""
        return Instant(time.time_ns() // 1000, self._boot_id, _boot_ns())


def _boot_ns() -> int:
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) if sys.platform == "linux" else time.monotonic_ns()


@dataclass
class FixedClock:
    """A clock that moves only when told to; for tests and reproducible pictures."""

    at: datetime = datetime(2026, 9, 14, 14, 42, tzinfo=UTC)
    boot_id: str = "00000000-0000-4000-8000-000000000001"
    boot_ns: int = field(default=1_000_000_000)

    def now(self) -> Instant:
        """The time it was set to."""
        return Instant(round(self.at.timestamp() * 1_000_000), self.boot_id, self.boot_ns)

    def advance(self, seconds: float) -> None:
        """Let both clocks run on by `seconds`."""
        self.at = datetime.fromtimestamp(self.at.timestamp() + seconds, UTC)
        self.boot_ns += round(seconds * 1_000_000_000)
