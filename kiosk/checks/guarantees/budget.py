"""A limit on the work of a proof, so that a hostile file can't block the check."""

from __future__ import annotations

from dataclasses import dataclass


class TooMuchError(Exception):
    """The budget is spent; the guarantee is undecided."""


@dataclass(slots=True)
class Budget:
    """The remaining units of work. Work is counted, not timed, so that a verdict is the same on every machine."""

    left: int

    def spend(self, amount: int = 1) -> None:
        """Spend some units. Raise TooMuchError when none are left."""
        self.left -= amount
        if self.left < 0:
            raise TooMuchError
