"""When a wall clock was set, told from two readings of both clocks. Every such step is an entry of its own."""

from __future__ import annotations

from typing import Final

from kiosk.record.canonical import Json
from kiosk.record.entries import Actor, Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.system.clock import Instant

STEP_US: Final = 2_000_000
"""A wall clock that runs ahead of or behind the boot clock by more than this (µs) was set; less is drift."""


def change_between(before: Instant | None, now: Instant, *, actor: Actor) -> tuple[Entry, ...]:
    """The entry of a clock that was set between the newest entry and now; nothing when it was not.

    Within one start of the machine the boot clock, which runs through sleep, says by how much. Across two starts only a
    clock that went back can be told: by that much at least.
    """
    if before is None:
        return ()
    ran_us = (now.boot_ns - before.boot_ns) // 1000 if now.boot_id == before.boot_id else None
    by_us = now.wall_us - before.wall_us - (ran_us or 0)
    if abs(by_us) <= STEP_US or (ran_us is None and by_us > 0):
        return ()
    at_least: dict[str, Json] = {"at_least": True} if ran_us is None else {}
    return (Entry(EntryKind.CLOCK_CHANGED, {"by_us": by_us, **at_least}, actor=actor),)
