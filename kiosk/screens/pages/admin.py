"""The page behind F10 on the home screen: the records, and closing the kiosk, which takes more than one key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical

from kiosk.presentation.services import Services
from kiosk.presentation.status import Status
from kiosk.screens.base import KioskScreen
from kiosk.screens.messages import AskedToClose
from kiosk.screens.widgets.box import Box
from kiosk.screens.widgets.words import Words


class ClosePracticeScreen(KioskScreen):
    """The page that closes practice: F10, then Enter."""

    KEYS = ("close-practice", "stay", "review", "hide")
    FOOTER = ("close-practice", "stay", "review", "hide")

    def compose(self) -> ComposeResult:
        """Yield the question."""
        yield self.bar()
        with Vertical(id="practice"):
            yield Words(self.text("practice.title"), style=".strong")
            yield Words(self.text("practice.words"), style=".quiet")
        yield self.footer()

    def act(self, key_id: str) -> None:
        """Close, or stay."""
        match key_id:
            case "close-practice":
                self.post_message(AskedToClose())
            case "stay":
                self.finish()
            case _:
                super().act(key_id)


class AdminScreen(KioskScreen):
    """The page of a live kiosk: F5 opens the records; a typed word closes it. The rest is in a terminal."""

    KEYS = ("return-back", "review", "hide", "help")
    FOOTER = ("return-back", "review", "hide", "help")
    EXPLAINED: ClassVar[Mapping[str, str]] = {"return-back": "return"}
    LISTENS = True

    def __init__(self, services: Services, status: Callable[[], Status]) -> None:
        super().__init__(services, status)
        self._box = Box(language=self.language)

    def compose(self) -> ComposeResult:
        """Yield where to find the commands, and the box for the word."""
        yield self.bar()
        with Vertical(id="page"):
            yield Words(self.text("admin.title"), style=".strong", css_id="page-title")
            yield Words(self.text("admin.review"), target="review", css_id="admin-review")
            yield Words(self.text("admin.words"))
            yield Words(self.text("admin.commands"), style=".accent", css_id="admin-commands")
            yield Words(self.text("admin.type"), target="return-back", css_id="admin-type")
            yield self._box
        yield self.footer()

    def on_mount(self) -> None:
        """Focus the box."""
        self._box.show("", room=20)
        self._box.focus()

    def label(self, key_id: str) -> str:
        """Return the label of a key: here Enter returns to the home screen."""
        return super().label("return" if key_id == "return-back" else key_id)

    def act(self, key_id: str) -> None:
        """Close on Enter if the word was typed, else go back."""
        if key_id != "return-back":
            super().act(key_id)
        elif self._box.value.strip().casefold() == self.text("admin.word").casefold():
            self.post_message(AskedToClose())
        else:
            self.finish()
