"""The error page: what happened, what to do and whom to call.

If the log can't be used, one more key starts a new one: the desk must keep working, and a person decides.
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
    """Enter tries again, or continues if there is nothing to try again. Backspace goes back, if that is possible.

    again:    called once after Enter, when this page has closed.
    retries:  whether `again` tries again; else it continues.
    way_back: whether Backspace goes back.
    new_log:  called once after the key that starts a new log; None to not offer it.
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
        new_log: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(services, status)
        self._error, self._again, self._retries, self._way_back = error, again, retries, way_back
        self._new_log = new_log
        self._chosen: Callable[[], None] | None = None

    def compose(self) -> ComposeResult:
        """Show the error, the number to call and the keys."""
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
            if self._new_log is not None:
                yield Words(self.text("trouble.new-log"), style=".quiet", css_id="trouble-new-log")
                yield Words(self.text("trouble.new-log.go"), target="new-log", style=".strong")
        yield from self.interrupt_row()
        yield self.footer()

    def footer(self) -> KeyRow:
        """Return the keys that this error allows."""
        back = ("give-up",) if self._way_back else ()
        new_log = ("new-log",) if self._new_log else ()
        return KeyRow(self.pairs(("retry", *new_log, *back, "hide", "help")), classes="footer")

    def label(self, key_id: str) -> str:
        """Return the label of a key; empty for a key without effect. Enter continues if there is nothing to retry."""
        if key_id == "new-log" and self._new_log is None:
            return ""
        return super().label("go-on" if key_id == "retry" and not self._retries else key_id)

    @property
    def interruptible(self) -> bool:
        """Interrupts are off while F9 starts a new log, because nothing can be saved then."""
        return self._new_log is None

    def act(self, key_id: str) -> None:
        """Try again, start a new log, or go back."""
        match key_id:
            case "retry":
                self._leave_for(self._again)
            case "new-log":
                if self._new_log is not None:
                    self._leave_for(self._new_log)
            case "give-up":
                if self._way_back:
                    self.finish()
            case _:
                super().act(key_id)

    def run_chosen(self) -> None:
        """Do the chosen action. Called after the page has closed."""
        if self._chosen is not None:
            self._chosen()

    def _leave_for(self, chosen: Callable[[], None]) -> None:
        self._chosen = chosen
        self.finish()
