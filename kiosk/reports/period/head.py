"""What each report names: level, period, school, mode, who, when, log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.record.disclosure.levels import Level
from kiosk.reports.formatting import stamp
from kiosk.reports.period.days import days_words
from kiosk.settings import Mode
from kiosk.system.clock import Instant
from kiosk.system.date_range import DateRange


@dataclass(frozen=True, slots=True)
class Head:
    """The facts that a report names, whatever it shows. school: of this kiosk. whom: the recipient. log: its ID.

    names: whether a report for the superintendent names agencies as typed, and who amended.
    """

    days: DateRange
    school: str
    mode: Mode
    whom: str
    made: Instant
    log: str
    names: bool = False

    @property
    def practice(self) -> str:
        """The mark after a title: nothing for live records."""
        return " (PRACTICE)" if self.mode == "practice" else ""

    @property
    def is_over(self) -> bool:
        """Whether the last day of the period was over when the report was made."""
        return self.days.last is None or self.days.last < self.made.local().date()

    def mark(self, level: Level) -> str:
        """Return level, school and mode in one line."""
        mode = "PRACTICE: none of this happened" if self.mode == "practice" else "live"
        return f"Disclosure level {level.name.lower()} · {self.school or 'school not recorded'} · {mode}"

    def about(self, level: Level, shows: str) -> Iterator[tuple[str, str]]:
        """Yield each fact with its title. shows: what the report shows."""
        yield "Disclosure level", f"{level.name.lower()}: {shows}"
        not_over = "" if self.is_over else ", made before it was over"
        yield "Period", f"{days_words(self.days.first, self.days.last)}{not_over}"
        yield "School", self.school or "not recorded"
        yield "Mode", "PRACTICE: none of this happened" if self.mode == "practice" else "live"
        yield "Made", stamp(self.made, None) or ""
        yield "Made for", self.whom or "not recorded"
        yield "Log", self.log
