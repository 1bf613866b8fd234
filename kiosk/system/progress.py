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
