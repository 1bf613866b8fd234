"""The page for a closed record: its number, what is still open, and the verification code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.desk import referral
from kiosk.desk.running import Running
from kiosk.presentation import step_view
from kiosk.presentation.services import Services
from kiosk.presentation.status import Status
from kiosk.screens.base import KioskScreen
from kiosk.screens.messages import WentHome
from kiosk.screens.widgets.qr import Qr
from kiosk.screens.widgets.words import Words

HOME_AFTER_S: Final = 120
"""Seconds after which the page closes by itself, so that the next visitor reads nothing of an encounter."""

MOST_OPEN: Final = 4
"""Maximum open items shown next to the code; a last line counts the others."""


class DoneScreen(KioskScreen):
    """The page of a closed record. Enter leads to the home screen."""

    KEYS = ("home", "hide", "help")
    FOOTER = ("home", "hide", "help")

    def __init__(self, services: Services, status: Callable[[], Status], running: Running) -> None:
        super().__init__(services, status)
        self._encounter = running

    def compose(self) -> ComposeResult:
        """Show the number and the open items; to the right the verification code, as a QR code and as characters."""
        yield self.bar()
        with Horizontal(id="done"):
            with Vertical(id="done-words"):
                yield Words(self.text("done.title"), style=".strong")
                yield Words(f"{self.text('done.number')}  {self._encounter.no}", target="home", css_id="done-no")
                yield from (Words(line) for line in self._open())
                yield Words(self.text("done.kept"), style=".quiet", css_id="done-kept")
                if self._encounter.code is not None:
                    yield Words(self._what_for(), css_id="done-what-for")
            yield from self._code()
        yield self.footer()

    def on_mount(self) -> None:
        """Close the page after a while."""
        self.set_timer(HOME_AFTER_S, lambda: self.act("home"))

    def act(self, key_id: str) -> None:
        """Go to the home screen."""
        if key_id == "home":
            self.post_message(WentHome())
        else:
            super().act(key_id)

    def _what_for(self) -> str:
        return self.text("done.code.practice" if self.services.practice else "done.code")

    def _code(self) -> ComposeResult:
        code = self._encounter.code
        if code is not None:
            with Vertical(id="done-code"):
                yield Qr(referral.matrix(code.text, small=True))
                yield from (Words(line, css_id=f"done-code-{n}") for n, line in enumerate(code.lines()))

    def _open(self) -> list[str]:
        facts = step_view.open_facts(self.services.station, self._encounter)
        not_notified = step_view.not_notified_numbers(self.services, self._encounter)
        lines = [f"{self.text('open.to-call')}: {who}" for who in not_notified]
        lines += [f"{fact}: {self.text('missing.deferred')}" for fact in facts]
        if len(lines) > MOST_OPEN:
            more = self.text("done.more", count=len(lines) - MOST_OPEN + 1)
            lines = [*lines[: MOST_OPEN - 1], more]
        return lines or [self.text("done.all")]
