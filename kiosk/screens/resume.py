"""An encounter was not finished: go on at that very step. Nothing of what was written is shown."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical

from kiosk.running import Running
from kiosk.screens import view
from kiosk.screens.front import Front
from kiosk.screens.messages import WentOn
from kiosk.screens.screen import KioskScreen
from kiosk.screens.status import Status
from kiosk.screens.text import marked
from kiosk.screens.widgets.words import Words


class ResumeScreen(KioskScreen):
    """Enter goes on."""

    KEYS = ("go-on", "hide", "help")
    FOOTER = ("go-on", "hide", "help")

    def __init__(self, front: Front, status: Callable[[], Status], running: Running) -> None:
        super().__init__(front, status)
        self._encounter = running

    def compose(self) -> ComposeResult:
        """Where it stands, by the step's own heading."""
        yield self.bar()
        with Vertical(id="resume"):
            yield Words(self.word("resume.title"), style=".strong", css_id="resume-title")
            yield Words(self.word("resume.at"), style=".quiet")
            yield Words(self._where(), style=".strong", css_id="resume-at")
            yield Words(self.word("resume.go"), target="go-on", css_id="resume-go")
            yield Words(self.word("resume.safe"), style=".quiet")
        yield self.footer()

    def act(self, key_id: str) -> None:
        """Go on."""
        if key_id == "go-on":
            self.post_message(WentOn())
        else:
            super().act(key_id)

    def _where(self) -> str:
        running, post = self._encounter, self.front.post
        if running.outcome is not None:
            return view.say_in(post, running.walk, running.outcome.title)
        shown = view.step_view(post, running, running.walk.at)
        return shown.heading or shown.do or shown.say_meant or marked(shown.say) if shown else ""
