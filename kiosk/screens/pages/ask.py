"""A page that asks one question after the other in the same place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from textual.app import ComposeResult

from kiosk.presentation.services import Services
from kiosk.presentation.status import Status
from kiosk.presentation.values import Choice
from kiosk.screens.base import KioskScreen
from kiosk.screens.widgets.choices import Choices
from kiosk.screens.widgets.lines import Lines
from kiosk.screens.widgets.scroll import Column, More
from kiosk.screens.widgets.words import Words

MOST_LINES: Final = 3
"""The most lines above the answers of a question."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question.

    lines:  what is to be known first, a line each, at most `MOST_LINES`.
    then:   called with the id of the answer; gives the next question, or None when all is asked.
    """

    title: str
    choices: Sequence[Choice]
    then: Callable[[str], Asked | None]
    lines: Sequence[str] = ()


class AskScreen(KioskScreen):
    """Ask one question after the other. Backspace leads to the question before, and from the first one back."""

    KEYS = ("return-back", "page-up", "page-down", "hide", "help")
    FOOTER = ("return-back", "hide", "help")

    def __init__(self, services: Services, status: Callable[[], Status], asked: Asked) -> None:
        super().__init__(services, status)
        self._asked = [asked]
        self._title = Words(style=".strong", css_id="page-title")
        self._lines = [Words() for _ in range(MOST_LINES)]
        self._list = Choices(language=self.language, css_id="ask-list")
        self._more = More(language=self.language)
        self._column = Column(self._more, css_id="page")
        self._foot = self.footer()

    def compose(self) -> ComposeResult:
        """Yield the question and its answers."""
        yield self.bar()
        with self._column:
            yield from (self._title, *self._lines, self._list)
        yield self._more
        yield from self.interrupt_row()
        yield self._foot

    def on_mount(self) -> None:
        """Ask the first question."""
        self._draw()

    def asking(self) -> Choices:
        """Return the answers."""
        return self._list

    def line_changed(self) -> None:
        """Show what Enter does on the footer."""
        super().line_changed()
        self._foot.show(self.pairs(self.FOOTER))

    def label(self, key_id: str) -> str:
        """Return the label of a key: Enter picks the line under the cursor, or goes back if there is no cursor."""
        if key_id != "return-back":
            return super().label(key_id)
        return super().label("choose" if self._list.on_enter else "return")

    def picked(self, widget: Lines, target: str) -> None:
        """Treat a click on the label of Enter as Enter."""
        if target == "return-back":
            self.key_pressed("enter")
        else:
            super().picked(widget, target)

    def act(self, key_id: str) -> None:
        """Scroll, or go back."""
        match key_id:
            case "page-up" | "page-down":
                self._column.page(key_id)
            case "return-back" if len(self._asked) > 1:
                self._asked.pop()
                self._draw()
            case "return-back":
                self.finish()
            case _:
                super().act(key_id)

    def pick(self, answer: str) -> None:
        """Ask the next question, or close the page."""
        following = self._asked[-1].then(answer)
        if following is None:
            self.finish()
            return
        self._asked.append(following)
        self._draw()

    def _draw(self) -> None:
        asked = self._asked[-1]
        self._title.show(asked.title)
        for n, words in enumerate(self._lines):
            words.show(asked.lines[n] if n < len(asked.lines) else "")
        self._list.show(asked.choices)
        self.question.changed()
        self.line_changed()
