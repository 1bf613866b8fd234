"""A wall clock that was set is told from two readings of both clocks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.record.clock_changes import MOST_DRIFT_US, change_between
from kiosk.record.entries import Actor
from kiosk.system.clock import Instant

BEFORE = Instant(1_790_000_000_000_000, "boot", 5_000_000_000)
HOUR_US = 3_600_000_000


def later(wall_us: int, boot_us: int, boot_id: str = "boot") -> Instant:
    """A reading after so much time by each clock."""
    return Instant(BEFORE.wall_us + wall_us, boot_id, BEFORE.boot_ns + boot_us * 1000)


STEPS: list[tuple[str, Instant, dict[str, object] | None]] = [
    ("a second later", later(1_000_000, 1_000_000), None),
    ("a night asleep", later(14 * HOUR_US, 14 * HOUR_US), None),
    ("as much drift as may be", later(HOUR_US + MOST_DRIFT_US, HOUR_US), None),
    ("a little more", later(HOUR_US + MOST_DRIFT_US + 1, HOUR_US), {"by_us": MOST_DRIFT_US + 1}),
    ("set back an hour", later(-HOUR_US, 0), {"by_us": -HOUR_US}),
    ("set forward", later(9 * HOUR_US, HOUR_US), {"by_us": 8 * HOUR_US}),
    ("another start, later", later(HOUR_US, -4_000_000, "another"), None),
    ("another start, a bit back", later(-MOST_DRIFT_US, 0, "another"), None),
    ("another start, a year back", later(-8760 * HOUR_US, 7, "another"), {"by_us": -8760 * HOUR_US, "at_least": True}),
]


@pytest.mark.parametrize(("what", "now", "body"), STEPS)
def test_a_step_is_an_entry_with_by_how_much(what: str, now: Instant, body: dict[str, object] | None) -> None:
    """And everything else is none."""
    found = change_between(BEFORE, now, actor=Actor.KIOSK)
    assert [(entry.kind, entry.body, entry.actor) for entry in found] == (
        [] if body is None else [("clock.changed", body, "kiosk")]
    ), what


def test_a_change_is_told_in_whole_microseconds() -> None:
    """The boot clock has nanoseconds, and an entry holds no fraction."""
    (entry,) = change_between(BEFORE, replace(later(HOUR_US, 0), boot_ns=BEFORE.boot_ns + 1999), actor=Actor.DESK)
    assert (entry.body, entry.actor) == ({"by_us": HOUR_US - 1}, Actor.DESK)
    assert type(entry.body["by_us"]) is int


def test_the_first_entry_has_nothing_to_be_compared_with() -> None:
    """So there is no step."""
    assert change_between(None, BEFORE, actor=Actor.KIOSK) == ()
