"""Something could not be saved: what happened, what to do, whom to call. What was typed is not lost."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical

from kiosk.errors import KioskError
from kiosk.screens import view
from kiosk.screens.front import Front
from kiosk.screens.screen import KioskScreen
from kiosk.screens.status import Status
from kiosk.screens.widgets.keyrow import KeyRow
from kiosk.screens.widgets.words import Words


class TroubleScreen(KioskScreen):
    """Enter tries again, or, where there is nothing to try again, goes on; Backspace leads back, if there is a way.

    again: called once on Enter, after this page has gone.
    """

    KEYS = ("retry", "give-up", "hide", "help")

    def __init__(
        self,
        front: Front,
        status: Callable[[], Status],
        error: KioskError,
        again: Callable[[], None],
        *,
        retries: bool = True,
        way_back: bool = False,
    ) -> None:
        super().__init__(front, status)
        self._error, self._again, self._retries, self._way_back = error, again, retries, way_back
        self.tried_again = False

    def compose(self) -> ComposeResult:
        """Calm words, the number, what to press."""
        name, phone = view.number_to_call(self.front)
        yield self.bar()
        with Vertical(id="trouble"):
            yield Words(type(self._error).title, style=".strong", css_id="trouble-title")
            yield Words(self._error.what)
            yield Words(self._error.repair)
            if phone:
                yield Words(name or self.word("trouble.call"), style=".quiet", css_id="trouble-call")
                yield Words(phone, css_id="trouble-number")
            if self._way_back:
                yield Words(self.word("trouble.kept"), style=".quiet")
            words = "trouble.retry" if self._retries else "trouble.go-on"
            yield Words(self.word(words), target="retry", css_id="trouble-go")
        yield self.footer()

    def footer(self) -> KeyRow:
        """The keys that make sense for this trouble."""
        back = ("give-up",) if self._way_back else ()
        return KeyRow(self.pairs(("retry", *back, "hide", "help")), classes="footer")

    def label(self, key_id: str) -> str:
        """Where there is nothing to try again, Enter goes on."""
        return super().label("go-on" if key_id == "retry" and not self._retries else key_id)

    def act(self, key_id: str) -> None:
        """Try again, or back."""
        match key_id:
            case "retry":
                self.tried_again = True
                self.finish()
            case "give-up" if self._way_back:
                self.finish()
            case "give-up":
                return
            case _:
                super().act(key_id)

    def gone(self) -> None:
        """The page has gone; do what Enter asked for."""
        if self.tried_again:
            self._again()
