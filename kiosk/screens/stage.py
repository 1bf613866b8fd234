"""The ground under all screens: themes, echoes of presses, which page lies on which, and how the kiosk ends."""

from __future__ import annotations

import asyncio
import contextlib
import os
from pathlib import Path
from typing import ClassVar, Final

from textual import events
from textual.app import App
from textual.binding import BindingType
from textual.dom import DOMNode
from textual.worker import WorkerFailed

from kiosk import lifecycle
from kiosk.errors import Exit
from kiosk.screens import look
from kiosk.screens.front import Front
from kiosk.screens.hide import HideScreen
from kiosk.screens.screen import NEEDED, KioskScreen
from kiosk.screens.settle import Settle
from kiosk.screens.small import SmallScreen
from kiosk.screens.status import Status
from kiosk.screens.words import word

_STYLES: Final = ("app", "home", "encounter", "page", "card", "done", "trouble", "hide", "small", "resume")
_COLOURS: Final = {"standard": 16, "256": 256, "truecolor": 1 << 24}
_MOUSE: Final = "mouse"
PATIENCE_S: Final = 0.2
"""How long a key may take to be dealt with before the next one is handed out all the same."""
_TOUCHES: Final = (events.Key, events.MouseDown, events.MouseScrollDown, events.MouseScrollUp, events.Paste)
"""What only a person does; a mouse that is moved may be a desk that is bumped into."""
_BOTTOM: Final = 2
"""Screens on the stack when no page lies on the one that is shown: textual's own blank one, and that."""


class Stage(App[int], inherit_bindings=False):
    """Shows one screen, and pages over it. Knows nothing of encounters."""

    TITLE = "Front office"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = []
    CSS_PATH = [Path(__file__).with_name(f"{name}.tcss") for name in _STYLES]  # noqa: RUF012  (textual's own type)

    def __init__(self, front: Front) -> None:
        self.front = front
        super().__init__()
        self.animation_level = "none"
        for theme in look.themes():
            self.register_theme(theme)
        self.theme = look.choose(front.theme, os.environ, _COLOURS.get(self.console.color_system or ""))
        self.farewell = ""
        self.settle = Settle(front.settle_s)
        self.key, self._swallow_up = "", False
        self.touched_at = front.clock.now()
        self._next: KioskScreen | None = None
        self._later: KioskScreen | None = None
        self._signals: lifecycle.Signals | None = None

    # -- presses -------------------------------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        """Drop what only echoes the press that moved the screen, before any box or button sees it."""
        if isinstance(event, _TOUCHES):
            self.touched_at = self.front.clock.now()
        if isinstance(event, events.InputEvent) and not event.is_forwarded and self._is_echo(event):
            return
        listener = self.focused or self.screen if isinstance(event, events.Key) else None
        await super().on_event(event)
        if listener is not None:
            await self._dealt_with(listener)

    async def _dealt_with(self, listener: DOMNode) -> None:
        """Wait until a key was dealt with, so that the next one, typed fast, finds the focus where it then belongs."""
        for node in listener.ancestors_with_self:
            done = asyncio.Event()
            if node is not self and node.call_later(done.set):
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(done.wait(), PATIENCE_S)

    def _is_echo(self, event: events.InputEvent) -> bool:
        if isinstance(event, events.MouseUp) and self._swallow_up:
            self._swallow_up = False
            return True
        if not isinstance(event, events.Key | events.MouseDown):
            return False
        key = event.key if isinstance(event, events.Key) else _MOUSE
        echo = self.settle.is_echo(key)
        self._swallow_up = echo and key == _MOUSE
        self.key = key
        return echo

    # -- screens -------------------------------------------------------------------------------------------------

    def status(self) -> Status:
        """What the bar tells."""
        return Status()

    def show_screen(self, screen: KioskScreen) -> None:
        """Put this screen in the place of the one at the bottom, as soon as no page lies on it."""
        if len(self.screen_stack) > _BOTTOM:
            self._next = screen
        else:
            self._next = None
            screen.fit(self.size)
            self.switch_screen(screen)

    def show_page(self, page: KioskScreen) -> None:
        """Lay a page over what is shown, unless the same kind of page is on top already.

        Nothing is laid over the neutral page: what the desk finishes meanwhile waits until it has gone.
        """
        if type(self.screen) is type(page):
            return
        if isinstance(self.screen, HideScreen):
            self._later = page
        else:
            self.settle.moved(self.key)
            page.fit(self.size)
            self.push_screen(page, lambda _: self.call_next(self._uncovered, page))

    def page_of(self, kind: type[KioskScreen]) -> KioskScreen | None:
        """The page of this kind, wherever it lies."""
        return next((screen for screen in self.screen_stack if isinstance(screen, kind)), None)

    def _uncovered(self, page: KioskScreen) -> None:
        """A page has gone: what waited for that comes now."""
        self.settle.moved(self.key)
        if self._next is not None and len(self.screen_stack) == _BOTTOM:
            self.show_screen(self._next)
        later, self._later = self._later, None
        if later is not None:
            self.show_page(later)
        self.page_gone(page)
        self.fit_window()

    def page_gone(self, page: KioskScreen) -> None:
        """A page has gone; for those who wait for a particular one."""

    def on_window_changed(self) -> None:
        """The window has another size. (Textual's own event comes to the app before the size is known.)"""
        self.fit_window()

    def fit_window(self) -> None:
        """Lay the page for small windows over everything, or take it away."""
        columns, rows = NEEDED
        small = self.size.width < columns or self.size.height < rows
        page = self.page_of(SmallScreen)
        if small and page is None:
            self.show_page(SmallScreen(self.front, self.status))
        elif page is not None and not small:
            page.finish()

    # -- the end -------------------------------------------------------------------------------------------------

    async def on_mount(self) -> None:
        """Take the signals over, once textual has set its own."""
        loop = asyncio.get_running_loop()
        self._signals = lifecycle.install_signals(lambda: self.leave_from(loop))

    def leave_from(self, loop: asyncio.AbstractEventLoop) -> None:
        """Ask for the end from a signal handler."""
        loop.call_soon_threadsafe(self.exit)

    def release_signals(self) -> None:
        """Give the signals back."""
        if self._signals is not None:
            self._signals.restore()
            self._signals = None

    def _handle_exception(self, error: Exception) -> None:
        """Write a report without anybody's words, and end with one calm sentence.

        Textual's own (private, hence the pinned version) prints every local variable on the visitor's screen.
        """
        cause = error.error if isinstance(error, WorkerFailed) else error
        self.front.crash(cause)
        self.farewell = word("farewell.crash", self.front.post.language)
        self._return_code = int(Exit.CRASH)
        if self._exception is None:  # what textual's own does for test frameworks
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()
