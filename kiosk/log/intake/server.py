"""The kiosk's end: a thread that reads requests of commands, and hands over one complete request at a time."""

from __future__ import annotations

import contextlib
import selectors
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from kiosk.errors import Exit, KioskError
from kiosk.log.intake.messages import Begun, Entered, EntryRequest, Rejected, decode_request, encode_answer
from kiosk.system.local_socket import BadMessage, Channel, Listener, listen

READ_S: Final = 2.0
"""Maximum seconds from the connection to its complete request."""

MOST_SILENT: Final = 32
"""Maximum number of connections without a complete request; one more ends the oldest."""

Take = Callable[[EntryRequest, Callable[[], bool]], Entered | Rejected | None]
"""Records a request, and returns the answer; None when the command is gone or the kiosk is closing.

The second argument announces the commit to the command. Called just before the commit; False means that the command
has stopped waiting, and then nothing may be entered.
"""


class Intake:
    """Takes requests until it is closed. `take` is called in the intake's own thread, for one request at a time."""

    def __init__(self, listener: Listener, take: Take, *, read_s: float = READ_S) -> None:
        self._listener, self._take, self._read_s = listener, take, read_s
        self._silent: dict[Channel, float] = {}  # with the time when each must be complete, oldest first
        self._closing = threading.Event()
        self._woken, self._waker = socket.socketpair()
        self._selector = selectors.DefaultSelector()
        # A daemon: while it waits for a commit that hangs, the program can still end.
        self._thread = threading.Thread(target=self._run, name="intake", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Take no more requests. Does not wait for one that is being recorded; a second call does nothing."""
        if not self._closing.is_set():
            self._closing.set()
            self._listener.hide()
            self._waker.close()

    def join(self, seconds: float) -> bool:
        """Wait until the thread has ended, at most `seconds`; return whether it has."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        with self._selector, self._woken, contextlib.closing(self._listener):
            self._selector.register(self._woken, selectors.EVENT_READ)
            self._selector.register(self._listener.sock, selectors.EVENT_READ)
            while not self._closing.is_set():
                self._turn()
            for channel in self._silent:
                channel.close()

    def _turn(self) -> None:
        """Read what has come, then accept one connection: so a new one never ends another that has sent its request."""
        oldest = next(iter(self._silent.values()), None)
        ready = self._selector.select(None if oldest is None else max(0.0, oldest - time.monotonic()))
        for key, _ in ready:
            if isinstance(key.data, Channel) and not self._closing.is_set():
                self._read(key.data)
        if not self._closing.is_set() and any(key.fileobj is self._listener.sock for key, _ in ready):
            self._accept()
        now = time.monotonic()
        for channel in [channel for channel, until in self._silent.items() if until <= now]:
            self._forget(channel)
            channel.close()

    def _accept(self) -> None:
        channel = self._listener.accept()
        if channel is None:
            return
        if len(self._silent) >= MOST_SILENT:
            oldest = next(iter(self._silent))
            self._forget(oldest)
            oldest.close()
        self._silent[channel] = time.monotonic() + self._read_s
        self._selector.register(channel.sock, selectors.EVENT_READ, channel)

    def _forget(self, channel: Channel) -> None:
        del self._silent[channel]
        self._selector.unregister(channel.sock)

    def _read(self, channel: Channel) -> None:
        try:
            message = channel.arrived()
            if message is None:
                return
            self._forget(channel)
            self._serve(channel, message)
        except (OSError, EOFError, BadMessage):
            if channel in self._silent:
                self._forget(channel)
        if channel not in self._silent:
            channel.close()

    def _serve(self, channel: Channel, message: bytes) -> None:
        try:
            answer = self._take(decode_request(message), lambda: channel.post(encode_answer(Begun())))
        except BadMessage:
            answer = Rejected(Exit.USAGE, "The kiosk can't read this request.", "Close the kiosk, and open it again.")
        except KioskError as error:
            answer = Rejected.by(error)
        if answer is not None:
            channel.post(encode_answer(answer))


def open_intake(path: Path, take: Take) -> Intake | None:
    """Listen for the commands that write to the log at `path`; None where the system allows no socket."""
    try:
        return Intake(listen(path), take)
    except (OSError, KioskError):
        return None
