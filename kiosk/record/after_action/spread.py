"""The spread of many times in constant memory: their number, median and largest."""

from __future__ import annotations

from collections import Counter
from typing import Final

_FINE_S: Final = 3_600
_COARSE_S: Final = 60
_MOST_S: Final = 7 * 86_400


class Spread:
    """A growing set of times, in seconds.

    A time below an hour counts to the second, a longer one to the minute, and none as more than a week. So there are at
    most 14,000 different ones, however many are added.
    """

    def __init__(self) -> None:
        self._found: Counter[int] = Counter()

    def add(self, seconds: float) -> None:
        """Add one time, not negative."""
        whole = min(int(seconds), _MOST_S)
        self._found[whole if whole < _FINE_S else whole - whole % _COARSE_S] += 1

    @property
    def count(self) -> int:
        """The number of times."""
        return self._found.total()

    @property
    def worst(self) -> int | None:
        """The largest time; None without any."""
        return max(self._found, default=None)

    @property
    def median(self) -> float | None:
        """The time in the middle, or the mean of the two there; None without any."""
        total = self.count
        if not total:
            return None
        return (self._at((total - 1) // 2) + self._at(total // 2)) / 2

    def _at(self, place: int) -> int:
        for seconds in sorted(self._found):
            place -= self._found[seconds]
            if place < 0:
                return seconds
        raise IndexError(place)
