"""Frames to the terminal: written whole, whatever was left of the terminal's settings, and never an error."""

from __future__ import annotations

import os
import select
from collections.abc import Callable
from typing import Final

_PATIENCE_S: Final = 1.0


class ScreenOutput:
    """What textual's writing thread takes for a file.

    An error there would end that thread and fill its queue, and the whole screen would wait for ever. So none leaves:
    a terminal that is gone is told to `gone`, anything else to `broke`, and what comes after it is dropped.

    whole: whether all that was written has come through.
    """

    def __init__(self, descriptor: int, gone: Callable[[], None], broke: Callable[[BaseException], None]) -> None:
        self._descriptor, self._gone, self._broke = descriptor, gone, broke
        self.whole = True

    def write(self, text: str) -> int:
        """Write it all, waiting as long as the terminal does not read."""
        try:
            self._write(text.encode("utf-8", "replace"))  # half a surrogate pair is no reason to stop
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
                data = data[os.write(self._descriptor, data) :]
            except BlockingIOError:  # somebody else who has this terminal made it so
                select.select([], [self._descriptor], [], _PATIENCE_S)

    def flush(self) -> None:
        """Nothing is kept back."""

    def fileno(self) -> int:
        """The terminal's descriptor."""
        return self._descriptor
