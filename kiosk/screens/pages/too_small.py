"""The page for a window too small for a step: whom to call, and to make it larger. The encounter waits below."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical

from kiosk.presentation.services import Services
from kiosk.presentation.status import Status
from kiosk.screens.base import KioskScreen
from kiosk.screens.widgets.words import Words


class SmallScreen(KioskScreen):
    """Close by itself when the window is large enough. call_now: (name, number) that the step below asks to call."""

    KEYS = ("hide",)

    def __init__(
        self, services: Services, status: Callable[[], Status], call_now: tuple[str, str] | None = None
    ) -> None:
        super().__init__(services, status)
        self._call_now = call_now

    def compose(self) -> ComposeResult:
        """Yield as few words as possible. The number comes first, so that the smallest window shows it."""
        phone, name = self._whom()
        with Vertical(id="small"):
            yield Words(phone, style=".accent", css_id="small-number")
            yield Words(name, css_id="small-name")
            yield Words(self.text("small.title"), style=".strong")
            yield Words(self.text("small.how"), style=".quiet")

    def know(self, services: Services) -> None:
        """Show the contacts, which were loaded after this page was opened."""
        self.services = services
        for css_id, words in zip(("small-number", "small-name"), self._whom(), strict=True):
            for shown in self.query(f"#{css_id}").results(Words):  # there is none yet while this is being drawn
                shown.show(words)

    def _whom(self) -> tuple[str, str]:
        from kiosk.presentation import step_view  # noqa: PLC0415  (after the first paint)

        name, phone = self._call_now or step_view.number_to_call(self.services)
        return (phone, name) if phone else ("", "")
