"""Something could not be saved: what happened, what to do, whom to call. What was typed is not lost.

Where the log can't be gone on with, one more key begins a new one: the desk must go on, and a person decides.
"""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical

from kiosk.errors import KioskError
from kiosk.presentation import step_view
from kiosk.presentation.error_text import error_lines
from kiosk.presentation.services import Services
from kiosk.presentation.status import Status
from kiosk.screens.base import KioskScreen
from kiosk.screens.widgets.keyrow import KeyRow
from kiosk.screens.widgets.words import Words


class TroubleScreen(KioskScreen):
    """Enter tries again, or, where there is nothing to try again, goes on; Backspace leads back, if there is a way.

    again: called once on Enter, after this page has gone.
    anew: likewise, on the key for a new log; None when there is no need of one, and then there is no such key.
    """

    KEYS = ("retry", "new-log", "give-up", "hide", "help")

    def __init__(
        self,
        services: Services,
        status: Callable[[], Status],
        error: KioskError,
        again: Callable[[], None],
        *,
        retries: bool = True,
        way_back: bool = False,
        anew: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(services, status)
        self._error, self._again, self._retries, self._way_back = error, again, retries, way_back
        self._anew = anew
        self._chosen: Callable[[], None] | None = None

    def compose(self) -> ComposeResult:
        """Calm words, the number, what to press."""
        name, phone = step_view.number_to_call(self.services)
        yield self.bar()
        with Vertical(id="trouble"):
            yield Words(self.text(self._error.title_id), style=".strong", css_id="trouble-title")
            for sentences in error_lines(self._error, self.language):
                yield Words(sentences)
            if phone:
                yield Words(name or self.text("trouble.call"), style=".quiet", css_id="trouble-call")
                yield Words(phone, css_id="trouble-number")
            if self._way_back:
                yield Words(self.text("trouble.kept"), style=".quiet")
            words = "trouble.retry" if self._retries else "trouble.go-on"
            yield Words(self.text(words), target="retry", css_id="trouble-go")
            if self._anew is not None:
                yield Words(self.text("trouble.new-log"), style=".quiet", css_id="trouble-new-log")
                yield Words(self.text("trouble.new-log.go"), target="new-log", style=".strong")
        yield from self.interrupt_row()
        yield self.footer()

    def footer(self) -> KeyRow:
        """The keys that make sense for this trouble."""
        back = ("give-up",) if self._way_back else ()
        anew = ("new-log",) if self._anew else ()
        return KeyRow(self.pairs(("retry", *anew, *back, "hide", "help")), classes="footer")

    def label(self, key_id: str) -> str:
        """Where there is nothing to try again, Enter goes on; a key that does nothing here has no label."""
        if key_id == "new-log" and self._anew is None:
            return ""
        return super().label("go-on" if key_id == "retry" and not self._retries else key_id)

    @property
    def interruptible(self) -> bool:
        """Where nothing more can be kept, and F9 means a new log, they are no keys."""
        return self._anew is None

    def act(self, key_id: str) -> None:
        """Try again, or back."""
        match key_id:
            case "retry":
                self._leave_for(self._again)
            case "new-log":
                if self._anew is not None:
                    self._leave_for(self._anew)
            case "give-up" if self._way_back:
                self.finish()
            case "give-up":
                return
            case _:
                super().act(key_id)

    def gone(self) -> None:
        """The page has gone; do what was asked for."""
        if self._chosen is not None:
            self._chosen()

    def _leave_for(self, chosen: Callable[[], None]) -> None:
        self._chosen = chosen
        self.finish()
