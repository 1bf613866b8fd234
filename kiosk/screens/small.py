"""The window is too small for a step: say so, with the number that matters. The encounter waits underneath."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical

from kiosk.screens.screen import KioskScreen
from kiosk.screens.widgets.words import Words


class SmallScreen(KioskScreen):
    """Goes by itself when the window has grown."""

    KEYS = ("hide",)

    def compose(self) -> ComposeResult:
        """As few words as possible."""
        from kiosk.screens import view  # noqa: PLC0415  (after the first paint)

        name, phone = view.number_to_call(self.front)
        with Vertical(id="small"):
            yield Words(self.word("small.title"), style=".strong")
            yield Words(phone, style=".accent")
            yield Words(name if phone else "", style=".quiet")
            yield Words(self.word("small.how"), style=".quiet")
