"""A progress bar on stderr with the remaining time, only in a terminal, and only for work that takes a while."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Final, Self

WIDTH: Final = 30
_AFTER_S: Final = 1.5
_EVERY_S: Final = 0.5


class Bar:
    """A bar that is redrawn on one line, and removed at the end of the block, whatever ended it.

    monotonic: a clock in seconds that only runs forward.
    """

    def __init__(self, what: str, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._what, self._monotonic = what, monotonic
        self._started = monotonic()
        self._next = self._started + _AFTER_S
        self._visible, self._drawn = sys.stderr.isatty(), False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._drawn:
            self._draw("")

    def show(self, done: int, total: int) -> None:
        """Show that `done` of `total` are done."""
        now = self._monotonic()
        if self._visible and total and now >= self._next:
            self._next, self._drawn = now + _EVERY_S, True
            self._draw(bar(self._what, done, total, now - self._started))

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
