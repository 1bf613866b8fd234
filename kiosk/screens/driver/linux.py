"""The terminal on Linux and macOS: textual's driver with a reader that no input can stop.

Textual creates it for a `BaseApp` (`get_driver_class`). Before that, `run_kiosk` has checked that standard input,
output and error are the terminal, and has installed the signal handlers.
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

from kiosk.screens.driver.output import ScreenOutput
from kiosk.screens.driver.reader import InputReader
from kiosk.system import lifecycle, terminal

_READ: Final = 1024
_LOOK_S: Final = 0.1
"""Seconds between checks of the input thread whether it should end."""
_WAITING: Final = 64
"""Maximum events in the app's queue; with more, reading pauses and the rest stays in the terminal's buffer."""
_BREATH_S: Final = 0.005
_LARGEST: Final = (1000, 400)
"""Columns and rows of the largest window that is drawn; a terminal can report 65535 of each."""
_USUAL: Final = (80, 24)


class Owner(Protocol):
    """The part of `BaseApp` that the driver calls."""

    def broke(self, error: BaseException) -> None:
        """Handle the error that ended a driver thread."""


class TerminalDriver(LinuxDriver):
    """`taken`: whether the terminal was changed and not restored yet."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self.taken = self._stopped = False
        self._owner = cast(Owner, app)
        self._output = ScreenOutput(terminal.SCREEN, _hang_up, self._owner.broke)
        self._file = cast(Any, self._output)
        self._posted: Future[bool] | None = None
        lifecycle.refuse_job_control()  # textual has just installed handlers that suspend

    # -- beginning and end ---------------------------------------------------------------------------------------

    def start_application_mode(self) -> None:
        """Switch the terminal to the full screen and start reading."""
        self.taken = True
        super().start_application_mode()  # type: ignore[no-untyped-call]
        lifecycle.refuse_job_control()

    def stop_application_mode(self) -> None:
        """Restore the terminal. No output follows."""
        super().stop_application_mode()
        self._stopped = True

    def close(self) -> None:
        """Wait until everything is written."""
        super().close()
        self.taken = self.taken and not (self._stopped and self._output.complete)

    def abandon(self) -> None:
        """Write nothing more, because the terminal is being restored in another way. From any thread."""
        self._output.stop()

    def _get_terminal_size(self) -> tuple[int, int]:
        """Return columns and rows from the terminal itself, not from the environment; 80 × 24 if it does not know."""
        try:
            columns, rows = os.get_terminal_size(self.fileno)
        except OSError:
            columns, rows = _USUAL
        return min(columns or _USUAL[0], _LARGEST[0]), min(rows or _USUAL[1], _LARGEST[1])

    def _query_in_band_window_resize(self) -> None:
        """Do not ask for size reports in the input, which could claim any size. SIGWINCH reports changes."""

    # -- reading ---------------------------------------------------------------------------------------------------

    def _run_input_thread(self) -> None:
        try:
            self.run_input_thread()
        except BaseException as error:  # nothing else would report it
            self._owner.broke(error)

    def run_input_thread(self) -> None:
        """Read until asked to end, or until the terminal has closed."""
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
            self._wait_for_app()

    def _read(self) -> bytes | None:
        """Return the bytes to read: empty when the terminal has closed, None when another program read them first."""
        try:
            return os.read(self.fileno, _READ)
        except BlockingIOError:
            return None
        except OSError:
            return b""

    def process_message(self, message: Message) -> None:
        """Pass a message on, unless the app is ending: its screens may have closed already."""
        if not self._app._exit:  # noqa: SLF001 - textual (pinned) has no public name for it
            Driver.process_message(self, message)

    def send_message(self, message: Message) -> None:
        """Put a message into the app's queue."""
        coming = self._app._post_message(message)  # noqa: SLF001 - as textual's own driver does
        self._posted = asyncio.run_coroutine_threadsafe(coming, loop=self._loop)

    def _wait_for_app(self) -> None:
        """Wait until the app has caught up: otherwise a flood of keys would fill the memory."""
        while self._posted is not None and not self.exit_event.is_set():
            if self._posted.done() and self._app.message_queue_size <= _WAITING:
                return
            self.exit_event.wait(_BREATH_S)


def _hang_up() -> None:
    """End the kiosk as if the system had sent SIGHUP, because the terminal has closed."""
    os.kill(os.getpid(), signal.SIGHUP)
