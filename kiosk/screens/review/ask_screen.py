"""A question of the review with a box to type in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.worker import Worker

from kiosk.errors import KioskError
from kiosk.presentation.error_text import error_text
from kiosk.presentation.services import Services
from kiosk.presentation.status import Status
from kiosk.record.printable import printable
from kiosk.screens.base import KioskScreen
from kiosk.screens.pages.note import TELL_AT
from kiosk.screens.review.view import Ask, Page
from kiosk.screens.widgets.box import Box
from kiosk.screens.widgets.words import Words

Answered = Callable[[str, Page], object]


class AskScreen(KioskScreen):
    """The box. Enter answers; an answer that is refused stays in the box, with the reason. Backspace in the empty box
    goes back, and so does Enter unless an empty box is an answer.

    answered: called with the words and the page that they lead to, after this page has closed. back: called when
    somebody goes back.
    """

    LISTENS = True

    def __init__(
        self, services: Services, status: Callable[[], Status], ask: Ask, answered: Answered, back: Callable[[], object]
    ) -> None:
        self.KEYS = (ask.key, "return-back", "hide", "help")  # type: ignore[misc]  # the key has the label of its question
        self.FOOTER = (ask.key, "hide", "help")  # type: ignore[misc]
        self.EXPLAINED = {"return-back": "box-back.optional" if ask.question.optional else "box-back"}  # type: ignore[misc]
        super().__init__(services, status)
        self._ask, self._answered, self._go_back = ask, answered, back
        self._box, self._reading = Box(language=self.language), False
        self._left = Words(style=".quiet", css_id="note-left")
        self._notice = Words(css_id="notice", style=".badge")

    def compose(self) -> ComposeResult:
        """Yield the question and the box."""
        asked = self._ask.question
        yield self.bar()
        with Vertical(id="page"):
            yield Words(asked.title, style=".strong", css_id="page-title")
            yield Words(asked.how, style=".quiet", css_id="note-how")
            for line in asked.lines:
                yield Words(line)
            yield self._box
            yield self._left
            yield self._notice
        yield self.footer()

    def on_mount(self) -> None:
        """Focus the box. A value that is longer than an answer may be is shown whole, and refused if it stays so."""
        value = self._ask.question.value
        self._box.show(value, room=max(self._ask.question.room, len(printable(value))))
        self._box.focus()

    def on_box_changed(self, event: Box.Changed) -> None:
        """Show how much room is left when little is."""
        room = event.box.room
        left = room - len(event.box.value)
        self._left.show(self.text("field.left", n=left) if left <= TELL_AT and room > TELL_AT * 2 else "")

    def on_box_full(self, event: Box.Full) -> None:
        """Show that the box does not have all that was typed or pasted."""
        self._notice.show(self.text("field.full", n=event.box.room))

    def act(self, key_id: str) -> None:
        """Answer, or go back."""
        words = self._box.value.strip()
        match key_id:
            case self._ask.key if self._reading:
                pass
            case self._ask.key if words or self._ask.question.optional:
                self._reading = True
                self._notice.show(self.text("home.wait"))
                self._start(partial(self._read, words))
            case self._ask.key | "return-back":
                self.finish()
                self._go_back()
            case _:
                super().act(key_id)

    def _start(self, work: Callable[[], Coroutine[None, None, None]]) -> Worker[None]:
        return self.run_worker(work, group="review")

    async def _read(self, words: str) -> None:
        try:
            page = await asyncio.to_thread(self._ask.then(words))
        except KioskError as error:
            self._notice.show(error_text(error, self.language))
            return
        finally:
            self._reading = False
        if not self._finished:  # nobody went back meanwhile
            self.finish()
            self._answered(words, page)
