"""The last day that counts for retention, so that a clock that jumps forward makes no record eligible.

With a clock that a time server has confirmed, it is today. Otherwise it is the day of the newest entry that an earlier
session left, not counting entries of today: the clock had that day in a session before, and now has another one. It is
never after today.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kiosk.record.entries import EncodedEntry, decoded_or_none
from kiosk.record.entry_kinds import EntryKind


def confirmed_day(today: date, newest: Iterable[EncodedEntry], *, synchronized: bool) -> date | None:
    """Return the last day that counts; None when nothing confirms one.

    today: by the clock. newest: all entries, newest first. synchronized: whether a time server has confirmed the clock.
    """
    if synchronized:
        return today
    earlier = False
    for kept in filter(None, map(decoded_or_none, newest)):
        day = kept.at.local().date()
        if earlier and day != today:
            return min(day, today)
        earlier = earlier or kept.kind == EntryKind.SESSION_STARTED
    return None
