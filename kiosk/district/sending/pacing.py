"""How long the sender waits: after failures longer and longer, with chance in it, and never busily."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import SystemRandom
from typing import Final

LOOK_S: Final = 1.0
"""Seconds between two looks for new entries."""
IDLE_S: Final = 30.0
"""Seconds without a new entry until the connection is closed: a district's server has few for its desks."""
HEARTBEAT_S: Final = 300.0
"""Seconds between two calls when nothing is new, so that both sides know that the other is there."""

FETCH_S: Final = 240.0
"""Seconds between two looks for a bundle of the district."""

_FIRST_S: Final = 1.0
_LONGEST_S: Final = 300.0


@dataclass(slots=True)
class BackOff:
    """The waits after failures: 1 s, then twice as long each time, up to 5 minutes.

    Each is up to half shorter, by chance: after a district's server was down, its desks must not all come at once.
    """

    chance: Callable[[], float] = SystemRandom().random
    failures: int = 0

    def failed(self) -> float:
        """Count a failure; return the seconds to wait."""
        whole = min(_LONGEST_S, _FIRST_S * (1 << min(self.failures, 16)))
        self.failures += 1
        return whole * (1 - self.chance() / 2)

    def succeeded(self) -> None:
        """Begin with short waits again."""
        self.failures = 0
