"""Detect clock changes from two readings of both clocks. Each change is an entry of its own."""

from __future__ import annotations

from typing import Final

from kiosk.record.canonical import Json
from kiosk.record.entries import Actor, Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.system.clock import Instant

MOST_DRIFT_US: Final = 2_000_000
"""Maximum difference between the two clocks, in µs, that counts as drift; more is a clock change."""


def change_between(before: Instant | None, now: Instant, *, actor: Actor) -> tuple[Entry, ...]:
    """Return the entry of a clock change between the newest entry (`before`) and now; nothing if there was none.

    Without a restart between them, the boot clock, which also runs during sleep, gives the exact change. After a
    restart, only a clock that was set back can be detected, with the minimum change.
    """
    if before is None:
        return ()
    ran_us = (now.boot_ns - before.boot_ns) // 1000 if now.boot_id == before.boot_id else None
    by_us = now.wall_us - before.wall_us - (ran_us or 0)
    if abs(by_us) <= MOST_DRIFT_US or (ran_us is None and by_us > 0):
        return ()
    at_least: dict[str, Json] = {"at_least": True} if ran_us is None else {}
    return (Entry(EntryKind.CLOCK_CHANGED, {"by_us": by_us, **at_least}, actor=actor),)
