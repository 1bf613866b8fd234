"""Write frames to the terminal, completely and without raising."""

from __future__ import annotations

import os
import select
from collections.abc import Callable
from typing import Final

_PATIENCE_S: Final = 1.0
_PIECE: Final = 4096
"""Bytes written at once, and so the most that may still come after `stop`."""


class ScreenOutput:
    """The file that textual's output thread writes to.

    An error would end that thread; its queue would fill up and block the screen permanently. So no error leaves: when
    the terminal is gone `gone` is called, for any other error `broke`, and further output is dropped.

    whole: whether everything was written so far.
    """

    def __init__(self, descriptor: int, gone: Callable[[], None], broke: Callable[[BaseException], None]) -> None:
        self._descriptor, self._gone, self._broke = descriptor, gone, broke
        self.whole = True

    def write(self, text: str) -> int:
        """Write all of `text`; blocks while the terminal does not read."""
        try:
            self._write(text.encode("utf-8", "replace"))  # a lone surrogate must not stop the screen
        except OSError:
            self.whole = False
            self._gone()
        except Exception as error:
            self.whole = False
            self._broke(error)
        return len(text)

    def _write(self, data: bytes) -> None:
        while data and self.whole:
            try:
                data = data[os.write(self._descriptor, data[:_PIECE]) :]
            except BlockingIOError:  # another program made the terminal non-blocking
                select.select([], [self._descriptor], [], _PATIENCE_S)

    def stop(self) -> None:
        """Drop further output, because the terminal is being restored in another way. From any thread."""
        self.whole = False

    def flush(self) -> None:
        """Nothing is buffered."""

    def fileno(self) -> int:
        """The terminal's descriptor."""
        return self._descriptor
