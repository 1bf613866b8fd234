"""How long a piece of work takes the processor, where the requirement itself is a bound in seconds.

Such a bound holds for a machine as fast as the one it was set on, so what is measured is divided by `slowness`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, TypeVar

_T = TypeVar("_T")

TRIES: Final = 3
_FLOOR_S: Final = 0.055
"""What the work of `slowness` took on the machine that the bounds were set on."""


def slowness() -> float:
    """How many times longer than there plain work takes here and now, at least 1: a shared machine varies."""
    return max(1.0, _seconds(lambda: sum(n * n % 7 for n in range(1_000_000)))[1] / _FLOOR_S)


def least_seconds(work: Callable[[], _T], enough: float) -> tuple[_T, float]:
    """What `work` gives, and the least processor time that it took, in seconds of the machine the bounds were set on.

    It is done again, at most three times in all, while it takes `enough` or more: the work is always the same, and a
    busy machine can only add to it.
    """
    least = float("inf")
    for _ in range(TRIES):
        given, took = _seconds(work)
        least = min(least, took / slowness())
        if least < enough:
            break
    return given, least


def _seconds(work: Callable[[], _T]) -> tuple[_T, float]:
    began = time.process_time()
    given = work()
    return given, time.process_time() - began
