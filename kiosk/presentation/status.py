"""What the bar tells besides school, desk and clock."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.system.clock import Instant


@dataclass(frozen=True, slots=True)
class Status:
    """`elapsed_s`: seconds since the encounter was opened, None when there is none; `saving`: it takes long."""

    elapsed_s: int | None = None
    saving: bool = False


def seconds_between(start: Instant, end: Instant) -> int:
    """Whole seconds from `start` to `end`, never negative; by the clock that no one can set where both have it."""
    if start.boot_id == end.boot_id:
        return max(0, (end.boot_ns - start.boot_ns) // 1_000_000_000)
    return max(0, (end.wall_us - start.wall_us) // 1_000_000)
