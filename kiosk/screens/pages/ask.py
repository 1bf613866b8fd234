"""A page that asks one question after the other in the same place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from textual.app import ComposeResult

from kiosk.presentation.services import Services
from kiosk.presentation.status import Status
from kiosk.presentation.values import Choice
from kiosk.screens.pages.answer_page import AnswerPage
from kiosk.screens.widgets.words import Words

MOST_LINES: Final = 3
"""Maximum lines above the answers of a question."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question.

    lines:  information above the answers, at most `MOST_LINES`.
    then:   called with the id of the answer; returns the next question, or None after the last one.
    """

    title: str
    choices: Sequence[Choice]
    then: Callable[[str], Asked | None]
    lines: Sequence[str] = ()


class AskScreen(AnswerPage):
    """Questions, one after the other. Backspace leads to the previous question, and from the first one back."""

    def __init__(self, services: Services, status: Callable[[], Status], asked: Asked) -> None:
        super().__init__(services, status, "ask-list")
        self._asked = [asked]
        self._title = Words(style=".strong", css_id="page-title")
        self._lines = [Words() for _ in range(MOST_LINES)]

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

    def go_back(self) -> None:
        """Ask the previous question; from the first one, leave the page."""
        if len(self._asked) > 1:
            self._asked.pop()
            self._draw()
        else:
            self.finish()

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
