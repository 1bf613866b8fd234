"""How much work may be spent on proving, so that a hostile file can't keep anybody waiting."""

from __future__ import annotations

from dataclasses import dataclass


class TooMuchError(Exception):
    """The budget is spent; nothing was proved."""


@dataclass(slots=True)
class Budget:
    """How many more units of work may be done; counted and not timed, so that a verdict is the same everywhere."""

    left: int

    def spend(self, amount: int = 1) -> None:
        """Take some; raises TooMuchError when nothing is left."""
        self.left -= amount
        if self.left < 0:
            raise TooMuchError
