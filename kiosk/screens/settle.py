"""People press twice: for a short while after a press that moved the screen, the same key is the same press."""

from __future__ import annotations

import time
from collections.abc import Callable


class Settle:
    """Tells a second press from an echo of the first.

    settle_s: how long an echo may follow, in seconds; 0 turns it off. A held key keeps echoing until it is let go.
    monotonic: a clock in seconds that only runs forward.
    """

    def __init__(self, settle_s: float, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._settle_s, self._monotonic = settle_s, monotonic
        self._key, self._until = "", 0.0

    def moved(self, key: str) -> None:
        """This key's press has just moved the screen."""
        self._key, self._until = key, self._monotonic() + self._settle_s

    def is_echo(self, key: str) -> bool:
        """Whether this press belongs to the one that moved the screen; if so the wait begins again.

        Another key ends the wait: that hand has moved on.
        """
        if key != self._key or self._monotonic() >= self._until:
            self._key = ""
            return False
        self.moved(key)
        return True
