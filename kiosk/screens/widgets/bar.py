"""The bar on top: school and desk, PRACTICE or nothing, how long it has been going on, and the time."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual.content import Content

from kiosk.i18n.strings import languages, text, translated
from kiosk.presentation.services import Services
from kiosk.presentation.status import Status
from kiosk.protocol.site.times import time_of_day
from kiosk.screens.widgets.lines import Lines, Row


class Bar(Lines):
    """One line, told anew every second by `status`. `bare`: only school and clock, for pages a visitor may read.

    language: of whoever reads it; the desk's when none is given.
    """

    def __init__(
        self, services: Services, status: Callable[[], Status], *, bare: bool = False, language: str = ""
    ) -> None:
        super().__init__(language=language or services.station.language)
        self._services, self._status, self._bare, self._told = services, status, bare, ""

    def on_mount(self) -> None:
        """Tell the time from now on."""
        self.set_interval(1, self.tell)

    def tell(self) -> None:
        """Draw again if anything it tells has changed."""
        self._made = None
        now = "".join(row.content.plain for row in self.made(self.content_size.width))
        if now != self._told:
            self._told = now
            self.refresh()

    def rows(self, width: int) -> Iterable[Row]:
        """School and desk to the left, the rest to the right; the name gives way."""
        right = Content("").join(self._right())
        room = max(0, width - right.cell_length - 1)
        where = f"{self._services.station.school} · {desk_name(self._services, self.language)}"
        left = self.shown(where, ".strong").truncate(room, ellipsis=not self.console)
        return [Row(left.pad_right(max(1, width - left.cell_length - right.cell_length)) + right)]

    def _right(self) -> Iterable[Content]:
        status = Status() if self._bare else self._status()
        if status.saving:
            yield self.shown(self.text("bar.saving") + "  ", ".strong")
        if voice := "" if self._bare else self._voice():
            yield self.shown(voice + "  ", ".quiet")
        if self._services.practice:
            yield self.shown(f" {self.text('bar.practice')} ", ".badge")
        if status.elapsed_s is not None:
            yield self.shown(f"  {status.elapsed_s // 60:02d}:{status.elapsed_s % 60:02d}", ".quiet")
        yield self.shown(f"  {clock_time(self._services, language=self.language)}", ".quiet")

    def _voice(self) -> str:
        return {"speaking": self.text("bar.speaking"), "failed": self.text("bar.no-sound")}.get(
            self._services.speaker.state, ""
        )


def desk_name(services: Services, language: str) -> str:
    """What this desk is called, in `language` where it has only its usual name; a name of its own is left."""
    desk, usual = services.station.desk, "desk.usual"
    is_usual = desk == text(usual) or any(desk == translated(usual, code) for code in languages())
    return text(usual, language) if is_usual else desk


def clock_time(services: Services, wall_us: int | None = None, *, language: str = "") -> str:
    """The time of day as a school clock has it, `10:42 AM`; of now, or of that wall time in microseconds.

    language: of whoever reads it; the desk's when none is given.
    """
    instant = services.clock.now()
    if wall_us is not None:
        instant = type(instant)(wall_us, instant.boot_id, instant.boot_ns)
    at = instant.local(services.zone)
    return time_of_day(at.hour * 60 + at.minute, language or services.station.language)
