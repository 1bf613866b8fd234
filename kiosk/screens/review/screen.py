"""The page of the review: one view on top of the other, read in another thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from contextlib import suppress
from functools import partial
from typing import Final

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.worker import Worker

from kiosk.errors import KioskError
from kiosk.layout import blocks
from kiosk.layout.blocks import Piece
from kiosk.presentation.error_text import error_text
from kiosk.presentation.services import Services
from kiosk.presentation.status import Status, seconds_between
from kiosk.record.people.logins import Ended
from kiosk.screens.base import KioskScreen
from kiosk.screens.base_app import BaseApp
from kiosk.screens.pages.answer_page import AnswerPage
from kiosk.screens.pages.hide import HideScreen
from kiosk.screens.pages.too_small import SmallScreen
from kiosk.screens.review.session import Session
from kiosk.screens.review.view import Read, Search, View
from kiosk.screens.review.views import Views
from kiosk.screens.widgets.box import Box
from kiosk.screens.widgets.lines import Lines, Row
from kiosk.screens.widgets.words import Words

Status_ = Callable[[], Status]
IDLE_S: Final = 1.0
"""Maximum seconds between checks for activity."""
LONGEST_SEARCH: Final = 100
"""Maximum characters of the words to search for."""


class Report(Lines):
    """Lines to read. Those that begin with a blank are indented as far; the others are headings."""

    def __init__(self, *, language: str) -> None:
        super().__init__(language=language, css_id="report")
        self._lines: Sequence[str] = ()

    def show(self, lines: Sequence[str]) -> None:
        """Show these lines instead."""
        self._lines, self.display = lines, bool(lines)
        self.changed()

    def rows(self, width: int) -> Iterable[Row]:
        """Return the lines, wrapped."""
        for line in self._lines:
            words = line.lstrip()
            indent = len(line) - len(words)
            head = (Piece(" " * indent),) if indent else ()
            style = "" if indent else ".strong"
            yield from self.drawn(
                blocks.wrapped(self.plain(words), width, style, head=head) if words else [blocks.BLANK]
            )


class ReviewScreen(AnswerPage):
    """The views, one on top of the other. Enter without a choice leads to the view below, from the first one away.

    leave: called when somebody goes back from the first view, and when the log-in ends by itself.
    session: the log-in; None while nobody is set up. Hiding the page keeps it, because somebody may come to the desk in
    the middle of a record.
    """

    def __init__(
        self,
        services: Services,
        status: Status_,
        views: Views,
        leave: Callable[[], object],
        session: Session | None = None,
    ) -> None:
        super().__init__(services, status, "review-list")
        self._session = session
        self._views, self._leave_it, self._stack, self._reading = views, leave, list[View](), False
        self._title = Words(style=".strong", css_id="page-title")
        self._notice = Words(css_id="notice", style=".badge")
        self._report = Report(language=self.language)

    def compose(self) -> ComposeResult:
        """Yield the title, the choices and the lines."""
        yield self.bar()
        with self._column:
            yield from (self._title, self._notice, self._list, self._report)
        yield self._more
        yield self._foot

    def on_mount(self) -> None:
        """Read the first view."""
        self._title.show(self.text("records.title"))
        if self._session is not None:
            self.set_interval(min(IDLE_S, self.services.log_in_ends_after_s), self.end_when_idle)
        self.read(self._views.home)

    def end_when_idle(self) -> None:
        """End the log-in after some minutes without a key, also while the page is hidden."""
        touched = self.app.touched_at if isinstance(self.app, BaseApp) else None
        if touched is None or self._is_over:
            return
        if seconds_between(touched, self.services.clock.now()) >= self.services.log_in_ends_after_s:
            self._stack.clear()
            for part in (self._title, self._notice):
                part.show("")
            self._list.show([])
            self._report.show([])
            for page in self.app.screen_stack[self.app.screen_stack.index(self) + 1 :]:
                if isinstance(page, KioskScreen) and not isinstance(page, HideScreen | SmallScreen):
                    page.finish()
            self._end(Ended.IDLE)

    @property
    def _is_over(self) -> bool:
        return self._session is not None and self._session.over

    def _end(self, why: Ended) -> None:
        if self._session is not None:
            self._session.end(why)
        self._leave_it()

    def read(self, read: Read) -> None:
        """Read a view in another thread, then show it on top; a second one meanwhile means nothing."""
        if not self._reading:
            self._reading = True
            self._notice.show(self.text("home.wait"))
            self._start(partial(self._read, read))

    def _start(self, work: Callable[[], Coroutine[None, None, None]]) -> Worker[None]:
        return self.run_worker(work, group="review")

    async def _read(self, read: Read) -> None:
        try:
            view = await asyncio.to_thread(read)
        except KioskError as error:
            self._reading = False
            self._notice.show(error_text(error, self.language))
            return
        self._reading = False
        if self._is_over:
            return
        self._stack.append(view)
        self._draw()
        if view.fuller is not None:
            self._start(partial(self._fill, view, view.fuller))

    async def _fill(self, view: View, fuller: Read) -> None:
        """Read the rest of a view, and put it in its place."""
        with suppress(KioskError):  # what it shows already stays
            full = await asyncio.to_thread(fuller)
            self._stack = [full if one is view else one for one in self._stack]
            if self._stack and self._stack[-1] is full:
                self._draw()

    def pick(self, answer: str) -> None:
        """Go where the choice leads."""
        leads = self._stack[-1].then(answer) if self._stack and not self._reading else None
        match leads:
            case None:
                pass
            case Search():
                page = SearchScreen(self.services, self.status, lambda words: self.read(leads.then(words)))
                self.app.push_screen(page)
            case _:
                self.read(leads)

    def go_back(self) -> None:
        """Show the view below; from the first one, leave."""
        if len(self._stack) > 1:
            self._stack.pop()
            self._draw()
        else:
            self._end(Ended.LEFT)

    def _draw(self) -> None:
        view = self._stack[-1]
        self._title.show(view.title)
        self._notice.show("")
        self._list.show(view.choices)
        self._report.show(view.lines)
        self._column.scroll_home(animate=False)
        self.question.changed()
        self.line_changed()


class SearchScreen(KioskScreen):
    """The box for the words to search for. Enter searches; with nothing typed, Enter or Backspace goes back."""

    KEYS = ("search", "return-back", "hide", "help")
    FOOTER = ("search", "hide", "help")
    LISTENS = True

    def __init__(self, services: Services, status: Status_, then: Callable[[str], object]) -> None:
        super().__init__(services, status)
        self._then, self._box = then, Box(language=self.language)

    def compose(self) -> ComposeResult:
        """Yield the box, and what can be searched."""
        yield self.bar()
        with Vertical(id="page"):
            yield Words(self.text("records.search"), style=".strong", css_id="page-title")
            yield Words(self.text("records.search.how"), style=".quiet", css_id="note-how")
            yield self._box
        yield self.footer()

    def on_mount(self) -> None:
        """Focus the box."""
        self._box.show("", room=LONGEST_SEARCH)
        self._box.focus()

    def act(self, key_id: str) -> None:
        """Search, or go back."""
        match key_id:
            case "search" | "return-back":
                words = self._box.value.strip()
                self.finish()
                if words and key_id == "search":
                    self._then(words)
            case _:
                super().act(key_id)
