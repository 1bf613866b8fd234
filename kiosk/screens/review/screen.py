"""The page of the review: one view on top of the other, read in another thread."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar, Final, assert_never

from textual.app import ComposeResult
from textual.worker import Worker

from kiosk.errors import KioskError
from kiosk.layout import blocks
from kiosk.layout.blocks import Piece
from kiosk.presentation.acts import Cancelled
from kiosk.presentation.error_text import error_text
from kiosk.presentation.services import Services
from kiosk.presentation.status import Status, seconds_between
from kiosk.presentation.values import Pair
from kiosk.record.people.logins import Ended
from kiosk.screens.base import KioskScreen
from kiosk.screens.base_app import BaseApp
from kiosk.screens.pages.answer_page import AnswerPage
from kiosk.screens.pages.hide import HideScreen
from kiosk.screens.pages.too_small import SmallScreen
from kiosk.screens.review.ask_screen import AskScreen
from kiosk.screens.review.session import RunningAct, Session
from kiosk.screens.review.view import Ask, Doing, Page, Read, View
from kiosk.screens.review.views import Views
from kiosk.screens.widgets.lines import Lines, Row
from kiosk.screens.widgets.words import Words

Status_ = Callable[[], Status]
Work = Callable[[threading.Event], Coroutine[None, None, Page]]
"""What takes long, in another thread. It is given the event that somebody went back."""
IDLE_S: Final = 1.0
"""Maximum seconds between checks for activity."""
SHOWN_S: Final = 0.1
"""Minimum seconds between two counts that are shown of what takes long."""


class Report(Lines):
    """Lines to read. Those that begin with a blank are indented as far; the others are headings."""

    def __init__(self, *, language: str, css_id: str = "report") -> None:
        super().__init__(language=language, css_id=css_id)
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


@dataclass(slots=True)
class _Level:
    """A page of the stack. stale: whether an act may have changed what it shows."""

    page: Page
    stale: bool = False


class ReviewScreen(AnswerPage):
    """The pages, one on top of the other. Enter without a choice leads to the page below, from the first one away.

    leave: called when somebody goes back from the first page, and when the log-in ends by itself.
    session: the log-in; None while nobody is set up. Hiding the page keeps it, because somebody may come to the desk in
    the middle of a record.
    """

    EXPLAINED: ClassVar[Mapping[str, str]] = {"return-back": "page-before"}

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
        self._views, self._leave_it, self._stack = views, leave, list[_Level]()
        self._reading: threading.Event | None = None
        self._title = Words(style=".strong", css_id="page-title")
        self._notice = Words(css_id="notice", style=".badge")
        self._above = Report(language=self.language, css_id="above")
        self._report = Report(language=self.language)

    def compose(self) -> ComposeResult:
        """Yield the title, the choices and the lines."""
        yield self.bar()
        with self._column:
            yield from (self._title, self._notice, self._above, self._list, self._report)
        yield self._more
        yield self._foot

    def explained(self) -> Sequence[Pair]:
        """Return the keys for the help, also those of the choices and of what is below."""
        return [Pair(key_id, self.help_words(key_id)) for key_id in ("choose", "page-down", "return-back", "hide")]

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
            for lines in (self._above, self._report):
                lines.show([])
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

    # -- reading and doing, in another thread ----------------------------------------------------------------------

    def read(self, read: Read) -> None:
        """Read a page in another thread, then show it on top; a second one meanwhile means nothing."""
        self._begin(lambda _: asyncio.to_thread(read), self._show)

    def _do(self, doing: Doing) -> None:
        """Do what was confirmed, in another thread, then show what it did. Going back cancels it."""

        async def work(cancelled: threading.Event) -> Page:
            # The session waits for it, also when this page has closed, and its worker with it.
            act = asyncio.ensure_future(asyncio.to_thread(doing.do, self._progress(cancelled)))
            act.add_done_callback(_seen)
            if self._session is not None:
                self._session.act = RunningAct(act, cancelled, doing.reads)
            return await asyncio.shield(act)

        self._begin(work, self._show)

    def _begin(self, work: Work, then: Callable[[Page], object]) -> None:
        if self._reading is None:
            self._reading = threading.Event()
            self._notice.show(self.text("home.wait"))
            self._start(partial(self._work, work, then, self._reading))

    def _start(self, work: Callable[[], Coroutine[None, None, None]]) -> Worker[None]:
        return self.run_worker(work, group="review")

    async def _work(self, work: Work, then: Callable[[Page], object], left: threading.Event) -> None:
        try:
            page = await work(left)
        except Cancelled:
            self._notice.show(self.text("records.cancelled"))
            return
        except KioskError as error:
            self._notice.show(error_text(error, self.language))
            return
        finally:
            self._reading = None
        if self._is_over:
            return
        if left.is_set() and not (isinstance(page, View) and page.done):
            self._notice.show("")
        else:
            then(page)

    def _progress(self, cancelled: threading.Event) -> Callable[[int, int], None]:
        """Return what another thread calls with the number done and of all."""
        loop, shown = asyncio.get_running_loop(), time.monotonic()

        def progress(done: int, total: int) -> None:
            nonlocal shown
            if cancelled.is_set():
                raise Cancelled
            if time.monotonic() - shown >= SHOWN_S and not self._is_over:
                shown = time.monotonic()
                loop.call_soon_threadsafe(self._notice.show, self.text("records.progress", done=done, total=total))

        return progress

    async def _fill(self, view: View, fuller: Read) -> None:
        """Read the rest of a view, and put it in its place."""
        with suppress(KioskError):  # what it shows already stays
            full = await asyncio.to_thread(fuller)
            for level in self._stack:
                if level.page is view:
                    level.page = full
            if self._stack and self._stack[-1].page is full:
                self._draw()

    # -- from page to page -----------------------------------------------------------------------------------------

    def pick(self, answer: str) -> None:
        """Go where the choice leads."""
        page = self._stack[-1].page if self._stack and self._reading is None else None
        leads = page.then(answer) if isinstance(page, View) else None
        match leads:
            case None:
                pass
            case Ask():
                self._show(leads)
            case Doing():
                self._do(leads)
            case _:
                self.read(leads)

    def go_back(self) -> None:
        """Cancel what takes long; else show the page below; from the first one, leave."""
        if self._reading is not None and self._stack:
            self._reading.set()  # what it reads is not shown, and what it does stops
        elif len(self._stack) > 1:
            self._stack.pop()
            self._resume()
        else:
            self._end(Ended.LEFT)

    def _show(self, page: Page) -> None:
        if isinstance(page, View) and page.done:
            while self._stack and self._stack[-1].page.of_act:
                self._stack.pop()
            for level in self._stack:
                level.stale = True
        self._stack.append(_Level(page))
        self._draw()
        self._complete(page)

    def _complete(self, page: Page) -> None:
        if isinstance(page, View) and page.fuller is not None:
            self._start(partial(self._fill, page, page.fuller))

    def _resume(self) -> None:
        """Show the top of the stack again, read again if an act may have changed it."""
        level = self._stack[-1]
        again = level.page.again if level.stale and isinstance(level.page, View) else None
        self._draw()
        if again is not None:
            self._begin(lambda _: asyncio.to_thread(again), partial(self._refresh, level))

    def _refresh(self, level: _Level, page: Page) -> None:
        level.page, level.stale = page, False
        self._draw()
        self._complete(page)

    def _draw(self) -> None:
        page = self._stack[-1].page
        match page:
            case View():
                self._title.show(page.title)
                self._notice.show("")
                self._above.show(page.above)
                self._list.show(page.choices)
                self._report.show(page.lines)
                self._column.scroll_home(animate=False)
                self.question.changed()
                self.line_changed()
            case Ask():
                self.app.push_screen(AskScreen(self.services, self.status, page, self._answered, self.go_back))
            case _:
                assert_never(page)

    def _answered(self, words: str, page: Page) -> None:
        """Show the page that typed words lead to; going back finds the words in their box."""
        if self._is_over or not self._stack:
            return
        level = self._stack[-1]
        if isinstance(level.page, Ask) and level.page.of_act:
            level.page = replace(level.page, question=replace(level.page.question, value=words))
        elif isinstance(level.page, Ask):
            self._stack.pop()
        self._show(page)


def _seen(act: asyncio.Future[View]) -> None:
    """Look at the error of an act whose page has closed, so that asyncio does not report it on the screen."""
    if not act.cancelled():
        act.exception()
