"""Write frames to the terminal, completely and without raising."""

from __future__ import annotations

import os
import select
from collections.abc import Callable
from typing import Final

_PATIENCE_S: Final = 1.0
_PIECE: Final = 4096
"""Maximum bytes written at once, and so after `stop`."""


class ScreenOutput:
    """The file that textual's output thread writes to.

    An error would end that thread; its queue would fill up and block the screen permanently. So no method raises: a
    closed terminal calls `hung_up`, any other error calls `broke`, and further output is dropped.

    complete: whether everything was written so far.
    """

    def __init__(self, descriptor: int, hung_up: Callable[[], None], broke: Callable[[BaseException], None]) -> None:
        self._descriptor, self._hung_up, self._broke = descriptor, hung_up, broke
        self.complete = True

    def write(self, text: str) -> int:
        """Write all of `text`; blocks while the terminal does not read."""
        try:
            self._write(text.encode("utf-8", "replace"))  # a lone surrogate must not stop the screen
        except OSError:
            self.complete = False
            self._hung_up()
        except Exception as error:
            self.complete = False
            self._broke(error)
        return len(text)

    def _write(self, data: bytes) -> None:
        while data and self.complete:
            try:
                data = data[os.write(self._descriptor, data[:_PIECE]) :]
            except BlockingIOError:  # another program made the terminal non-blocking
                select.select([], [self._descriptor], [], _PATIENCE_S)

    def stop(self) -> None:
        """Drop further output, because the terminal is being restored in another way. From any thread."""
        self.complete = False

    def flush(self) -> None:
        """Do nothing: nothing is buffered."""

    def fileno(self) -> int:
        """Return the terminal's descriptor."""
        return self._descriptor
