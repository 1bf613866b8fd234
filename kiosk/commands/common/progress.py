"""A progress bar on stderr with the remaining time, only in a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Final

WIDTH: Final = 30
_EVERY_S: Final = 0.1


class Bar:
    """A bar that is redrawn on one line. monotonic: a clock in seconds that only runs forward."""

    def __init__(self, what: str, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._what, self._monotonic = what, monotonic
        self._started = self._drawn = monotonic()
        self._visible = sys.stderr.isatty()

    def show(self, done: int, total: int) -> None:
        """Show that `done` of `total` are done."""
        now = self._monotonic()
        if self._visible and total and now - self._drawn >= _EVERY_S:
            self._drawn = now
            self._draw(bar(self._what, done, total, now - self._started))

    def end(self) -> None:
        """Remove the bar from the screen."""
        if self._visible:
            self._draw("")

    def _draw(self, words: str) -> None:
        print(f"\r\x1b[K{words}", end="", file=sys.stderr, flush=True)  # noqa: T201 - progress


def bar(what: str, done: int, total: int, seconds: float) -> str:
    """Return the bar as text: the part done and the remaining time."""
    full = WIDTH * done // total
    drawn = "#" * full + "." * (WIDTH - full)
    left = seconds * (total - done) / done if done else 0
    return f"{what} [{drawn}] {100 * done // total:3} %  {_time(left)} left" if done else f"{what} [{drawn}]   0 %"


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"
