"""Logging in before the records: a name from a list, then the passphrase. Nothing here reads the log itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from functools import partial
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.dom import DOMNode
from textual.worker import Worker

from kiosk.errors import KioskError
from kiosk.presentation.error_text import error_text
from kiosk.presentation.people import Doorkeeper, LogIn
from kiosk.presentation.services import Services
from kiosk.presentation.status import Status
from kiosk.presentation.values import Choice
from kiosk.record.people.logins import Ended
from kiosk.screens.base import KioskScreen
from kiosk.screens.pages.answer_page import AnswerPage
from kiosk.screens.review.session import Session
from kiosk.screens.widgets.secret_box import SecretBox
from kiosk.screens.widgets.words import Words

Status_ = Callable[[], Status]
Then = Callable[[LogIn | None], object]
ROOM: Final = 400
"""Maximum characters that the box takes: a passphrase of the longest allowed, each letter with a mark of its own."""


class NameScreen(AnswerPage):
    """The list of names. Enter without a choice goes back.

    then: called with the log-in, after this page has closed; with None while nobody is set up.
    leave: called when somebody goes back.
    """

    EXPLAINED: ClassVar[Mapping[str, str]] = {"return-back": "return"}

    def __init__(
        self, services: Services, status: Status_, door: Doorkeeper, then: Then, leave: Callable[[], object]
    ) -> None:
        super().__init__(services, status, "people-list")
        self._door, self._then, self._leave_it = door, then, leave
        self._title = Words(style=".strong", css_id="page-title")
        self._notice = Words(css_id="notice", style=".badge")

    def compose(self) -> ComposeResult:
        """Yield the question and the names."""
        yield self.bar()
        with self._column:
            yield from (self._title, self._notice, self._list)
        yield self._more
        yield self._foot

    def on_mount(self) -> None:
        """Read the names."""
        self._title.show(self.text("people.who"))
        self._notice.show(self.text("home.wait"))
        _start(self, self._read)

    async def _read(self) -> None:
        try:
            people = await asyncio.to_thread(self._door.people)
        except KioskError as error:
            self._notice.show(error_text(error, self.language))
            return
        if not people:
            self._then(None)
            return
        self._notice.show("")
        self._list.show([Choice(one.name, f"{one.name} ({one.role})") for one in people])
        self.question.changed()
        self.line_changed()

    def pick(self, answer: str) -> None:
        """Ask for the passphrase."""
        self.app.push_screen(PassphraseScreen(self.services, self.status, self._door, answer, self._then))

    def go_back(self) -> None:
        """Leave."""
        self._leave_it()


class PassphraseScreen(KioskScreen):
    """The box for the passphrase. Enter logs in; with nothing typed, Enter or Backspace goes back to the names."""

    KEYS = ("log-in", "return-back", "hide", "help")
    FOOTER = ("log-in", "hide", "help")
    EXPLAINED: ClassVar[Mapping[str, str]] = {"return-back": "box-back"}
    LISTENS = True

    def __init__(self, services: Services, status: Status_, door: Doorkeeper, name: str, then: Then) -> None:
        super().__init__(services, status)
        self._door, self._person, self._then = door, name, then
        self._box, self._checking = SecretBox(language=self.language), False
        self._notice = Words(css_id="notice", style=".badge")

    def compose(self) -> ComposeResult:
        """Yield the name and the box."""
        yield self.bar()
        with Vertical(id="page"):
            yield Words(self._person, style=".strong", css_id="page-title")
            yield Words(self.text("people.passphrase"), style=".quiet", css_id="note-how")
            yield self._box
            yield self._notice
        yield self.footer()

    def on_mount(self) -> None:
        """Focus the box."""
        self._box.show("", room=ROOM)
        self._box.focus()

    def act(self, key_id: str) -> None:
        """Log in, or go back. What hides the page also empties the box."""
        match key_id:
            case "log-in" if self._box.value and not self._checking:
                self._check()
            case "log-in" if self._checking:
                pass
            case "log-in" | "return-back":
                self.finish()
            case "hide":
                self._box.forget()
                super().act(key_id)
            case _:
                super().act(key_id)

    def _check(self) -> None:
        typed, self._checking = self._box.value, True
        self._box.forget()
        self._notice.show(self.text("home.wait"))
        # The app's worker: the result of a log-in is recorded also when this page has closed.
        _start(self.app, partial(self._log_in, typed))

    async def _log_in(self, typed: str) -> None:
        try:
            found = await asyncio.to_thread(self._door.log_in, self._person, typed)
        except KioskError as error:
            self._notice.show(error_text(error, self.language))
            return
        finally:
            self._checking = False
        if self._finished:  # somebody went back meanwhile
            await Session(self._door, found.name).end(Ended.LEFT)
            return
        self.finish()
        self._then(found)


def _start(node: DOMNode, work: Callable[[], Coroutine[None, None, None]]) -> Worker[None]:
    return node.run_worker(work, group="people")
