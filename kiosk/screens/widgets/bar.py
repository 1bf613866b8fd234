"""The bar on top: school and desk, PRACTICE if it is practice, the time since the start, and the clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual.content import Content

from kiosk.presentation.services import Services
from kiosk.presentation.status import Status, clock_time, desk_name, school_name
from kiosk.screens.widgets.lines import Lines, Row


class Bar(Lines):
    """One line that `status` updates every second. `bare`: only school and clock, for pages that a visitor may read.

    language: the reader's language (default: the desk's).
    """

    def __init__(
        self, services: Services, status: Callable[[], Status], *, bare: bool = False, language: str = ""
    ) -> None:
        super().__init__(language=language or services.station.language)
        self._services, self._status, self._bare, self._told = services, status, bare, ""

    def on_mount(self) -> None:
        """Start to update every second."""
        self.set_interval(1, self.tell)

    def tell(self) -> None:
        """Draw again if a value on the bar has changed."""
        self._made = None
        now = "".join(row.content.plain for row in self.made(self.content_size.width))
        if now != self._told:
            self._told = now
            self.refresh()

    def rows(self, width: int) -> Iterable[Row]:
        """Return school and desk on the left, the rest on the right; the name is shortened first."""
        right = Content("").join(self._right())
        room = max(0, width - right.cell_length - 1)
        where = " · ".join(name(self._services, self.language) for name in (school_name, desk_name))
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
