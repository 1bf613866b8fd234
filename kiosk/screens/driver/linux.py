"""The terminal on Linux and macOS: textual's driver, with one reader that any bytes leave standing.

Made by textual for a `Stage`, from `get_driver_class`. `run_kiosk` has made sure before that standard input, output and
error are the terminal, and has taken the signals over.
"""

from __future__ import annotations

import asyncio
import os
import select
import signal
import time
from concurrent.futures import Future
from typing import Any, Final, Protocol, cast

from textual.app import App
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from kiosk import lifecycle, terminal
from kiosk.screens.driver.output import ScreenOutput
from kiosk.screens.driver.reader import InputReader

_READ: Final = 1024
_LOOK_S: Final = 0.1
"""How often the reading thread looks whether it is to end."""
_WAITING: Final = 64
"""So many events wait at most for the screen; until it has caught up, the rest stays with the terminal."""
_BREATH_S: Final = 0.005
_LARGEST: Final = (1000, 400)
"""Columns and rows of the largest window that is drawn; a terminal can claim 65535 of each."""
_USUAL: Final = (80, 24)


class Owner(Protocol):
    """What the driver tells the stage."""

    def broke(self, error: BaseException) -> None:
        """A thread of the driver ended with this error."""


class TerminalDriver(LinuxDriver):
    """`taken` is true from the moment the terminal is changed until it is as it was found."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self.taken = self._stopped = False
        self._owner = cast(Owner, app)
        self._output = ScreenOutput(terminal.SCREEN, _hang_up, self._owner.broke)
        self._file = cast(Any, self._output)
        self._posted: Future[bool] | None = None
        lifecycle.refuse_job_control()  # textual has just set its own handlers, which suspend

    # -- beginning and end ---------------------------------------------------------------------------------------

    def start_application_mode(self) -> None:
        """Take the terminal."""
        self.taken = True
        super().start_application_mode()  # type: ignore[no-untyped-call]
        lifecycle.refuse_job_control()

    def stop_application_mode(self) -> None:
        """Give the terminal back, as the last thing that is written."""
        super().stop_application_mode()
        self._stopped = True

    def close(self) -> None:
        """Wait until all is written."""
        super().close()
        self.taken = self.taken and not (self._stopped and self._output.whole)

    def _get_terminal_size(self) -> tuple[int, int]:
        """Ask the terminal itself, not the environment; one that does not know is taken for the usual one."""
        try:
            columns, rows = os.get_terminal_size(self.fileno)
        except OSError:
            columns, rows = _USUAL
        return min(columns or _USUAL[0], _LARGEST[0]), min(rows or _USUAL[1], _LARGEST[1])

    def _query_in_band_window_resize(self) -> None:
        """Sizes come from the system alone: a report among the keys could claim any size."""

    # -- reading ---------------------------------------------------------------------------------------------------

    def _run_input_thread(self) -> None:
        try:
            self.run_input_thread()
        except BaseException as error:  # whatever it is, nobody else hears of it
            self._owner.broke(error)

    def run_input_thread(self) -> None:
        """Read until told to end, or until the terminal is gone."""
        reader = InputReader()
        while not self.exit_event.is_set():
            now = time.monotonic()
            wait = _LOOK_S if reader.due is None else min(_LOOK_S, max(0.0, reader.due - now))
            if select.select([self.fileno], [], [], wait)[0]:
                data = self._read()
                if data == b"":
                    _hang_up()
                    return
                reader.window = self._get_terminal_size()
                found = reader.feed(data, time.monotonic()) if data else []
            else:
                found = reader.tick(time.monotonic())
            for message in found:
                self.process_message(message)
            self._let_the_screen_follow()

    def _read(self) -> bytes | None:
        """What is there to be read: empty when the terminal is gone, None when somebody else was faster."""
        try:
            return os.read(self.fileno, _READ)
        except BlockingIOError:
            return None
        except OSError:
            return b""

    def process_message(self, message: Message) -> None:
        """Hand on what was read, unless the kiosk is ending: a late key would meet screens that are gone."""
        if not self._app._exit:  # noqa: SLF001 - the pinned textual has no other word for it
            Driver.process_message(self, message)

    def send_message(self, message: Message) -> None:
        """Put it into the screen's queue."""
        coming = self._app._post_message(message)  # noqa: SLF001 - as textual's own driver does
        self._posted = asyncio.run_coroutine_threadsafe(coming, loop=self._loop)

    def _let_the_screen_follow(self) -> None:
        """Read no faster than events are dealt with: else a flood grows in memory, one object a byte."""
        while self._posted is not None and not self.exit_event.is_set():
            if self._posted.done() and self._app.message_queue_size <= _WAITING:
                return
            self.exit_event.wait(_BREATH_S)


def _hang_up() -> None:
    """The terminal is gone: the same end as when the system says so."""
    os.kill(os.getpid(), signal.SIGHUP)
