"""The progress of work that takes a while, as the work reports it. A terminal shows it (`commands/common/progress`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, Self


class Progress(Protocol):
    """The progress of one piece of work, until the end of the block."""

    def __enter__(self) -> Self:
        """Begin."""

    def __exit__(self, *_: object) -> None:
        """Remove the progress from the screen."""

    def show(self, done: int, total: int) -> None:
        """Show that `done` of `total` are done."""


NewProgress = Callable[[str], Progress]
"""Begins the progress of the work with this name."""


class Told:
    """The progress of each piece of work, told to one function: it is called with the number done, and that of all."""

    def __init__(self, tell: Callable[[int, int], None]) -> None:
        self._tell = tell

    def __call__(self, _: str) -> Self:
        """Begin."""
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def show(self, done: int, total: int) -> None:
        """Show that `done` of `total` are done."""
        self._tell(done, total)


class Unseen:
    """A progress that nobody sees."""

    def __init__(self, what: str) -> None:
        """Begin."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def show(self, done: int, total: int) -> None:
        """Show nothing."""
