"""What is in force today, when the clock may be wrong: today is never before the newest day in the live log.

A computer with a dead battery starts years in the past. The approved protocol would then not be in effect yet, and the
desk would open in PRACTICE. The log is read only when the clock's day can't be right for an approved protocol.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from kiosk.errors import UsageError
from kiosk.i18n.strings import Sentence
from kiosk.packs.library import InForce, Library
from kiosk.record.pack_entries import PackRefusal
from kiosk.settings import Settings

NewestDay = Callable[[], date | None]
"""Returns the newest day that an entry of the live log was made on; None without entries."""


def in_force_today(library: Library, settings: Settings, today: date, newest_day: NewestDay) -> InForce:
    """Return what is in force today by the clock, or on the newest day in the log if the clock is behind it.

    Raises UsageError when no protocol can be read.
    """
    try:
        force = library.in_force(settings, today)
    except UsageError:
        day = _later(newest_day, today)
        if day is None:
            raise
    else:
        day = _later(newest_day, today) if _is_suspect(force, today) else None
        if day is None:
            return force
    force = library.in_force(settings, day)
    words = Sentence.of("pack.behind", today=today, day=day)
    return replace(force, warnings=(words, *force.warnings), behind=day)


def _is_suspect(force: InForce, today: date) -> bool:
    """Check whether another day could give another result: nothing is approved or in effect, or only later."""
    early = force.refused is not None and force.refused.code is PackRefusal.NOT_YET
    return early or force.approval is None or today < force.approval.on


def _later(newest_day: NewestDay, today: date) -> date | None:
    day = newest_day()
    return day if day is not None and day > today else None
