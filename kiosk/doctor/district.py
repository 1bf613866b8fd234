"""Whether the district has what this desk recorded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from kiosk.district.publication import refused_bundle
from kiosk.district.settings import read_district
from kiosk.district.status import SendingStatus, is_enrolled, status_or_begin
from kiosk.doctor.check import Check, State, Subject
from kiosk.settings import Home
from kiosk.system.clock import Clock
from kiosk.worded import many

_CALL = "Call the district's IT office."


def check_district(home: Home, clock: Clock) -> Iterator[Check]:
    """Check what the sender last knew; nothing for a desk of no district. Raises UsageError for its settings."""
    if not is_enrolled(home):
        return
    read_district(home)
    now_us = clock.now().wall_us
    found = status_or_begin(home, now_us)
    if stopped := found.stopped():
        words = " ".join(dict.fromkeys(one.told.words for one in stopped))
        yield Check(Subject.DISTRICT, State.RED, f"{words} {_left(found)}", _CALL)
    elif found.is_late(now_us):
        why = f" The last attempt failed: {found.failure.words}." if found.failure else ""
        words = f"The district has acknowledged nothing for a day (last {_since(found)}).{why} {_left(found)}"
        yield Check(
            Subject.DISTRICT, State.AMBER, words, "Check the network. If it works, call the district's IT office."
        )
    else:
        healed = " ".join(dict.fromkeys(one.told.words for one in found.healed(now_us)))
        acknowledged = found.acknowledged_us is not None
        last = f"The district acknowledged the last call {_since(found)}." if acknowledged else "Nothing was sent yet."
        words = f"{last} {_left(found)} {healed}"
        yield Check(Subject.DISTRICT, State.GREEN, words.strip())
    if (refused := refused_bundle(home)) is not None:
        made = f" of {refused.made}" if refused.made else ""
        words = f"The district's bundle{made} is not installed here. {refused.what}"
        yield Check(Subject.DISTRICT, State.AMBER, words, refused.repair or _CALL)


def _since(found: SendingStatus) -> str:
    if found.acknowledged_us is None:
        return "never"
    at = datetime.fromtimestamp(found.acknowledged_us / 1_000_000, UTC).astimezone()
    return f"at {at:%Y-%m-%d %H:%M}"


def _left(found: SendingStatus) -> str:
    if not found.behind and not found.values_behind:
        return "Nothing is left to send."
    left = max(found.behind, found.values_behind)
    return f"{many(left, 'entry is', 'entries are')} left to send; the log has them."
