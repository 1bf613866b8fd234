"""Reports of presence that nobody has brought to an end for a day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Final

from kiosk.doctor.check import Check, State, Subject
from kiosk.log.acts.presence import all_presences
from kiosk.log.archive import open_history
from kiosk.settings import Home
from kiosk.system.clock import Instant
from kiosk.worded import listed, many

_DAY_US: Final = 24 * 3600 * 1_000_000


def check_presence(home: Home, now: Instant) -> Iterator[Check]:
    """Yield a check that names the reports that are open for more than a day, if any. Raises StoreUnusable."""
    if not home.log("live").exists():
        return
    with closing(open_history(home, "live")) as log:
        reports = all_presences(log).reports
    waiting = [f"{one.no} ({one.state.words})" for one in reports if one.end is None and _is_old(one.at, now)]
    if waiting:
        count = many(len(waiting), "report of presence is", "reports of presence are")
        repair = "Enter how it ended: `kiosk presence clear`, or `false`."
        yield Check(Subject.PRESENCE, State.AMBER, f"{count} open for more than a day: {listed(waiting)}.", repair)


def _is_old(at: Instant, now: Instant) -> bool:
    return now.wall_us - at.wall_us > _DAY_US
