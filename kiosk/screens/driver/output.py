"""Frames to the terminal: written whole, whatever was left of the terminal's settings, and never an error."""

from __future__ import annotations

import os
import select
from collections.abc import Callable


class ScreenOutput:
    """What textual's writing thread takes for a file.

    An error there would end that thread and fill its queue, and the whole screen would wait for ever. So a terminal
    that is gone is told to `gone`, once, and what comes after it is dropped.
    """

    def __init__(self, descriptor: int, gone: Callable[[], None]) -> None:
        self._descriptor, self._gone = descriptor, gone
        self._silent = False

    def write(self, text: str) -> int:
        """Write it all, waiting as long as the terminal does not read."""
        data = memoryview(text.encode("utf-8", "replace"))  # half a surrogate pair is no reason to stop
        while data and not self._silent:
            try:
                data = data[os.write(self._descriptor, data) :]
            except BlockingIOError:  # somebody else who has this terminal made it so
                select.select([], [self._descriptor], [], 1)
            except OSError:
                self._silent = True
                self._gone()
        return len(text)

    def flush(self) -> None:
        """Nothing is kept back."""

    def fileno(self) -> int:
        """The terminal's descriptor."""
        return self._descriptor

    def silence(self) -> None:
        """Drop everything from now on: the terminal is given back in another way."""
        self._silent = True
