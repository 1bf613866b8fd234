"""The label of a copy: the facts that each of its files names, whatever its format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.protocol.model import DisclosureClass
from kiosk.record.disclosure.levels import Level, level_of_class
from kiosk.settings import Mode


@dataclass(frozen=True, slots=True)
class Label:
    """The label of a copy. period: its days, in words. school: the school of this kiosk.

    staff_names, holds: their disclosure classes, by the district's choice.
    """

    level: Level
    period: str
    school: str
    mode: Mode
    staff_names: DisclosureClass = DisclosureClass.EXEMPT
    holds: DisclosureClass = DisclosureClass.EXEMPT

    @property
    def heading(self) -> str:
        """The mark after a title: nothing for live records."""
        return " (PRACTICE)" if self.mode == "practice" else ""

    @property
    def shows_holds(self) -> bool:
        """Whether the copy says which records are on legal hold."""
        return level_of_class(self.holds) <= self.level

    @property
    def shows_duties(self) -> bool:
        """Whether the copy has the duties of the district after an encounter, unless their outcome is withheld."""
        return self.level >= Level.COUNSEL

    @property
    def lines(self) -> Iterator[tuple[str, str]]:
        """Each fact with its title, for people."""
        yield "Disclosure level", f"{self.level.name.lower()}: {self.level.words}"
        if self.level > Level.STATISTICS:
            yield "Disclosure classes", f"names of staff: {self.staff_names}; legal holds: {self.holds}"
        yield "Period", self.period
        yield "School", self.school or "not recorded"
        yield "Mode", "PRACTICE: none of this happened" if self.mode == "practice" else "live"

    @property
    def columns(self) -> dict[str, str]:
        """Each fact by its key, for programs."""
        return {"level": self.level.name.lower(), "period": self.period, "school": self.school, "mode": self.mode}
