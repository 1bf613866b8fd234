"""The idle screen: one key begins. Nothing of the last encounter is on it."""

from __future__ import annotations

import gc

from textual.app import ComposeResult
from textual.containers import Vertical

from kiosk.screens.messages import Started
from kiosk.screens.screen import KioskScreen
from kiosk.screens.widgets.words import Words


class HomeScreen(KioskScreen):
    """Enter starts. `waiting` shows that the press was heard while the log is still being opened."""

    KEYS = ("start", "hide", "help", "admin")
    FOOTER = ("help", "hide", "admin")
    _waiting = False

    def compose(self) -> ComposeResult:
        """The one question, and what to press."""
        yield self.bar()
        with Vertical(id="home"):
            yield Words(self.word("home.ask"), style=".strong", css_id="home-ask")
            yield Words(self.word("home.go"), target="start", css_id="home-go")
            yield Words(self.word("home.lead"), style=".quiet")
            yield Words(self.word("home.safe"), style=".quiet")
            if why := self.front.why:
                reason = f"{why[0]} {self.word('home.doctor')}"
                yield Words(reason, style=".quiet", css_id="home-why")
        yield self.footer()

    def on_mount(self) -> None:
        """Tell of a press that came while this was being drawn; let the last screens' memory go while nobody waits."""
        self.wait(waiting=self._waiting)
        self.call_after_refresh(gc.collect)

    def label(self, key_id: str) -> str:
        """In practice the administrator's key closes practice, and says so."""
        return super().label("admin.practice" if key_id == "admin" and self.front.practice else key_id)

    def act(self, key_id: str) -> None:
        """Begin."""
        if key_id == "start":
            self.post_message(Started())
        else:
            super().act(key_id)

    def wait(self, *, waiting: bool) -> None:
        """The press was heard; the log is not open yet."""
        self._waiting = waiting
        for words in self.query("#home-go").results(Words):  # there is none yet while this is being drawn
            words.show(self.word("home.wait" if waiting else "home.go"))
