"""The record is closed: its number, what is still open, and that it is never changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from textual.app import ComposeResult
from textual.containers import Vertical

from kiosk.running import Running
from kiosk.screens import view
from kiosk.screens.front import Front
from kiosk.screens.messages import WentHome
from kiosk.screens.screen import KioskScreen
from kiosk.screens.status import Status
from kiosk.screens.widgets.words import Words

HOME_AFTER_S: Final = 120
"""After this many seconds the page goes home by itself: nothing of an encounter stays for the next visitor to read."""


class DoneScreen(KioskScreen):
    """Enter leads home."""

    KEYS = ("home", "hide", "help")
    FOOTER = ("home", "hide", "help")

    def __init__(self, front: Front, status: Callable[[], Status], running: Running) -> None:
        super().__init__(front, status)
        self._encounter = running

    def compose(self) -> ComposeResult:
        """Number, what is open, what becomes of it."""
        yield self.bar()
        with Vertical(id="done"):
            yield Words(self.word("done.title"), style=".strong")
            yield Words(f"{self.word('done.number')}  {self._encounter.no}", target="home", css_id="done-no")
            yield from (Words(line) for line in self._open())
            yield Words(self.word("done.kept"), style=".quiet", css_id="done-kept")
        yield self.footer()

    def on_mount(self) -> None:
        """Don't stay for ever."""
        self.set_timer(HOME_AFTER_S, lambda: self.act("home"))

    def act(self, key_id: str) -> None:
        """Home."""
        if key_id == "home":
            self.post_message(WentHome())
        else:
            super().act(key_id)

    def _open(self) -> list[str]:
        facts = view.open_facts(self.front.post, self._encounter)
        untold = view.untold_numbers(self.front, self._encounter)
        lines = [f"{fact.label}: {self.word(f'missing.{fact.reason}')}" for fact in facts]
        lines += [f"{self.word('open.untold')}: {who}" for who in untold]
        return lines or [self.word("done.all")]
