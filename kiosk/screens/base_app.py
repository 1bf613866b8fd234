"""The base of the app: themes, debouncing of keys, the stack of pages, and how the kiosk ends."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar, Final

from rich.console import RenderableType
from textual import events
from textual.app import App
from textual.binding import BindingType
from textual.dom import DOMNode
from textual.driver import Driver
from textual.message import Message
from textual.screen import Screen
from textual.worker import WorkerFailed

from kiosk.errors import Exit
from kiosk.i18n.strings import text
from kiosk.layout.window import SMALLEST, VARIABLES
from kiosk.presentation.services import Services
from kiosk.presentation.status import Status
from kiosk.presentation.values import Pair
from kiosk.screens.base import KioskScreen
from kiosk.screens.debounce import Debouncer
from kiosk.screens.pages.hide import HideScreen
from kiosk.screens.pages.too_small import SmallScreen
from kiosk.screens.theme import choose, themes

_STYLES: Final = (
    "app", "home", "encounter",
    "pages/page", "pages/card", "pages/closed", "pages/error", "pages/hide", "pages/too_small",
)  # fmt: skip
_COLORS: Final = {"standard": 16, "256": 256, "truecolor": 1 << 24}
_FROM_OUTSIDE: Final = (events.InputEvent, events.Paste, events.AppFocus, events.AppBlur)
"""The events that the terminal can send at any time."""
_LEFT: Final = 1
"""The only button of a mouse that answers."""
PATIENCE_S: Final = 0.2
"""Maximum wait for one key to be handled, in seconds; after it, the next key is sent."""
_TOUCHES: Final = (events.Key, events.MouseDown, events.MouseScrollDown, events.MouseScrollUp, events.Paste)
"""The events that only a person causes. A mouse may also move because someone bumps the desk."""
_BOTTOM: Final = 2
"""Screens on the stack when no page covers the current one: textual's own blank screen, and the current one."""


class BaseApp(App[int], inherit_bindings=False):
    """Show one screen, and pages over it. This class knows nothing about encounters."""

    TITLE = "Front office"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = []
    CSS_PATH = [Path(__file__).parent / f"{name}.tcss" for name in _STYLES]  # noqa: RUF012  (textual's own type)

    ending: Callable[[], object] = staticmethod(lambda: None)
    """Called once the app begins to end, for any reason. `run_kiosk` starts the deadline here."""

    def __init__(self, services: Services) -> None:
        self.services = services
        super().__init__()
        self.animation_level = "none"
        for theme in themes():
            self.register_theme(theme)
        self.theme = choose(services.theme, os.environ, _COLORS.get(self.console.color_system or ""))
        self.farewell, self.crashed = "", False
        self.debouncer = Debouncer(services.read_s)
        self._down: tuple[KioskScreen, float] | None = None
        self.touched_at = services.clock.now()
        self._next: KioskScreen | None = None
        self._later: KioskScreen | None = None

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return the variables of the style sheets that come from the layout."""
        return dict(VARIABLES)

    # -- presses -------------------------------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        """Drop presses that were not meant for the current screen, before any box or button gets them."""
        if not self.screen_stack and isinstance(event, _FROM_OUTSIDE):  # it came after the last screen closed
            return
        if isinstance(event, _TOUCHES):
            self.touched_at = self.services.clock.now()
        if isinstance(event, events.InputEvent) and not event.is_forwarded and not self._counts(event):
            return
        listener = self.focused or self.top if isinstance(event, events.Key) else None
        await super().on_event(event)
        if listener is not None:
            await self._dealt_with(listener)

    async def _dealt_with(self, listener: DOMNode) -> None:
        """Wait until a key was handled, so that the next one, typed fast, finds the right focus."""
        for node in listener.ancestors_with_self:
            done = asyncio.Event()
            if node is not self and node.call_later(done.set):
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(done.wait(), PATIENCE_S)

    def _counts(self, event: events.InputEvent) -> bool:
        """Check whether this press was made on the current screen by a person who could have read it."""
        screen = self.top
        if not isinstance(screen, KioskScreen):
            return True
        match event:
            case events.Key():
                return self.debouncer.counts(
                    event.key, event.time, screen.kind(event), screen.question, answering=self.answering()
                )
            case events.MouseDown():
                left = event.button == _LEFT
                asked, answering = screen.question, self.answering()
                counted = left and self.debouncer.clicks(event.x, event.y, event.time, asked, answering=answering)
                self._down = (screen, event.time) if counted else None
                return counted
            case events.MouseUp() if event.button > _LEFT:
                return False
            case events.MouseUp():
                down, self._down = self._down, None
                return down is not None and down[0] is screen and down[1] >= screen.question.asked
        return True

    def answering(self) -> bool:
        """Check whether the current question has an answer that is still being handled."""
        return False

    def _now(self) -> float:
        return Message().time  # by the clock that presses are timed by, which differs between systems

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Paint the screen, and note since when people can see it.

        This overrides a private method of textual; hence the pinned version. The public hook comes after the terminal
        has the output, and by then somebody may have pressed a key.
        """
        at = self._now()
        super()._display(screen, renderable)
        if isinstance(screen, KioskScreen) and not self._batch_count:
            screen.question.painted(at)

    # -- screens -------------------------------------------------------------------------------------------------

    def status(self) -> Status:
        """Return the status for the bar."""
        return Status()

    @property
    def top(self) -> Screen[object] | None:
        """The screen that is shown; None after the last one has closed, when messages may still arrive."""
        return self.screen_stack[-1] if self.screen_stack else None

    def show_screen(self, screen: KioskScreen) -> None:
        """Replace the bottom screen with this one, as soon as no page covers it."""
        if self.top is None:
            return
        if len(self.screen_stack) > _BOTTOM:
            self._next = screen
        else:
            self._next = None
            screen.fit(self.size)
            if isinstance(self.top, KioskScreen) and type(self.top) is type(screen):
                screen.question = self.top.question  # the same, drawn again: a press in between is meant for it
            self.switch_screen(screen)

    def show_page(self, page: KioskScreen) -> None:
        """Show a page over the current screen, unless the same kind of page is on top already.

        No page covers the neutral page: a page opened meanwhile waits until the neutral page has closed.
        """
        if self.top is None or type(self.top) is type(page):
            return
        if isinstance(self.top, HideScreen):
            self._later = page
        else:
            page.interrupts = self.interrupts()
            page.fit(self.size)
            self.push_screen(page, lambda _: self.call_next(self._uncovered, page))

    def call_now(self) -> tuple[str, str] | None:
        """Return (name, number) to call now, if the encounter asks for a call."""
        return None

    def interrupts(self) -> Sequence[Pair]:
        """Return the keys of the encounter's interrupts, for pages over it; none if there is no encounter."""
        return ()

    def uncover(self) -> None:
        """Close every page over the bottom screen, except the one for small windows."""
        self._later = None
        for page in self.screen_stack[_BOTTOM:]:
            if isinstance(page, KioskScreen) and not isinstance(page, SmallScreen):
                page.finish()

    def page_of(self, kind: type[KioskScreen]) -> KioskScreen | None:
        """Return the page of this kind, anywhere on the stack."""
        return next((screen for screen in self.screen_stack if isinstance(screen, kind)), None)

    def _uncovered(self, page: KioskScreen) -> None:
        """Show the screen or page that waited for this page to close."""
        if self._next is not None and len(self.screen_stack) == _BOTTOM:
            self.show_screen(self._next)
        later, self._later = self._later, None
        if later is not None:
            self.show_page(later)
        self.page_closed(page)
        self.fit_window()

    def page_closed(self, page: KioskScreen) -> None:
        """Do nothing; a subclass does what follows the closing of a page."""

    def on_window_changed(self) -> None:
        """Adapt to the new window size. (Textual's own event reaches the app before the size is known.)"""
        self.fit_window()

    def fit_window(self) -> None:
        """Show the page for small windows over everything, or close it."""
        small = self.size.width < SMALLEST.columns or self.size.height < SMALLEST.rows
        page = self.page_of(SmallScreen)
        if small and page is None:
            self.show_page(SmallScreen(self.services, self.status, self.call_now()))
        elif page is not None and not small:
            page.finish()

    # -- the end -------------------------------------------------------------------------------------------------

    def get_driver_class(self) -> type[Driver]:
        """Return our own terminal driver; textual's on Windows."""
        if sys.platform == "win32":
            return super().get_driver_class()
        from kiosk.screens.driver.linux import TerminalDriver  # noqa: PLC0415 - imports termios, which Windows lacks

        return TerminalDriver

    @property
    def exit_code(self) -> int:
        """The exit code. A later request to end does not hide a crash."""
        return int(Exit.CRASH if self.crashed else self.return_code or Exit.DONE)

    @property
    def in_order(self) -> bool:
        """Whether the end was requested and nothing crashed."""
        return self._exit and not self.crashed

    @property
    def holds_terminal(self) -> bool:
        """Whether the terminal is still in full-screen mode."""
        return bool(getattr(self._driver, "taken", False))

    def abandon_terminal(self) -> None:
        """Write nothing more to the terminal. Callable from any thread."""
        abandon = getattr(self._driver, "abandon", None)  # textual's own drivers have none
        if abandon is not None:
            abandon()

    def leave(self) -> None:
        """Request an orderly end. For signal handlers: safe at any moment in the main thread."""
        loop = self._loop
        if loop is not None and loop.is_running():
            loop.call_soon_threadsafe(self.exit)
        else:
            self.exit()

    def exit(self, result: int | None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """End in order. Afterwards `farewell` is printed, not `message`."""
        self.ending()
        super().exit(result, return_code, message)

    def broke(self, error: BaseException) -> None:
        """End because of an error outside any message handler. Callable from any thread."""
        self.ending()  # at once: the error may have blocked the loop
        loop = self._loop
        with contextlib.suppress(RuntimeError):  # the loop has just stopped, so nothing else runs
            if loop is not None and loop.is_running():
                loop.call_soon_threadsafe(self._end_calmly, error)
                return
        self._end_calmly(error)

    # Textual's own four exits (private, hence the pinned version) print the error with all local variables on the
    # visitor's screen. All four are replaced: a report without words, one sentence, and a log that shows a crash.

    def _handle_exception(self, error: Exception) -> None:
        if self._exception is None:  # what textual's own does for test frameworks
            self._exception = error
            self._exception_event.set()
        self._end_calmly(error)

    def _fatal_error(self) -> None:
        self._end_calmly(sys.exc_info()[1] or RuntimeError())

    def panic(self, *_: RenderableType) -> None:
        """End at once, without printing what textual would print."""
        self._end_calmly(sys.exc_info()[1] or RuntimeError())

    def _print_error_renderables(self) -> None:
        self._exit_renderables.clear()

    def _end_calmly(self, error: BaseException) -> None:
        if not self.crashed:
            self.crashed = True
            self.ending()
            self.farewell = text("farewell.crash", self.services.station.language)
            self.services.crash(error.error if isinstance(error, WorkerFailed) else error)
        self._return_code = int(Exit.CRASH)
        self._close_messages_no_wait()
