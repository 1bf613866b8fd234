"""The neutral page, from anywhere at once. Enter goes back to the same place."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical

from kiosk.i18n.strings import text
from kiosk.screens.base import KioskScreen
from kiosk.screens.widgets.words import Words


class HideScreen(KioskScreen):
    """Show only that somebody will come."""

    KEYS = ("return",)
    FOOTER = ("return",)

    def compose(self) -> ComposeResult:
        """Yield the school, two words and the clock for visitors; the key is for staff."""
        visitors = self.services.station.spoken
        yield self.bar(bare=True, language=visitors)
        with Vertical(id="hide"):
            yield Words(text("hide.title", visitors), style=".strong")
            yield Words(text("hide.wait", visitors))
        yield self.footer()

    def act(self, key_id: str) -> None:
        """Go back."""
        if key_id == "return":
            self.finish()
        else:
            super().act(key_id)
