"""The content of the bar: the desk, the time, and how long a record has been open."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.i18n.strings import languages, text, translated
from kiosk.presentation.services import Services
from kiosk.protocol.site.times import time_of_day
from kiosk.system.clock import Instant


@dataclass(frozen=True, slots=True)
class Status:
    """`elapsed_s`: seconds since the encounter was opened, None if there is none; `saving`: whether saving is slow."""

    elapsed_s: int | None = None
    saving: bool = False


def seconds_between(start: Instant, end: Instant) -> int:
    """Return whole seconds from `start` to `end`, never negative; by the monotonic clock if both have its time."""
    if start.boot_id == end.boot_id:
        return max(0, (end.boot_ns - start.boot_ns) // 1_000_000_000)
    return max(0, (end.wall_us - start.wall_us) // 1_000_000)


def desk_name(services: Services, language: str) -> str:
    """Return the name of this desk, in `language` if it has only the default name; its own name is not translated."""
    desk, usual = services.station.desk, "desk.usual"
    is_usual = desk == text(usual) or any(desk == translated(usual, code) for code in languages())
    return text(usual, language) if is_usual else desk


def school_name(services: Services, language: str) -> str:
    """Return the name of the school; until one is set, words in `language` that stand for it."""
    return services.station.school or text("school.usual", language)


def clock_time(services: Services, wall_us: int | None = None, *, language: str = "") -> str:
    """Return the time of day like a school clock, `10:42 AM`; of now, or of that wall time in microseconds.

    language: the reader's language (default: the desk's).
    """
    instant = services.clock.now()
    if wall_us is not None:
        instant = type(instant)(wall_us, instant.boot_id, instant.boot_ns)
    at = instant.local(services.zone)
    return time_of_day(at.hour * 60 + at.minute, language or services.station.language)
