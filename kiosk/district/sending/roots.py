"""The root hashes of one log at any size, computed from its leaves.

The tree is remembered every few thousand leaves, so that a size which the district names costs few leaves to read; and
at the sizes asked for last, since the next batch is made before the district answers the one before it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

from kiosk.record.transparency.merkle import Tree

_APART: Final = 4096
"""Leaves between two remembered trees."""
_LAST: Final = 4
"""Sizes asked for last that are remembered."""


class Roots:
    """The roots of a log that only grows. It may be kept while the log is closed and opened again."""

    def __init__(self) -> None:
        self._known: list[Tree] = [Tree()]  # of 0, 4096, 8192 … leaves
        self._last = deque[Tree](maxlen=_LAST)

    def root_at(self, size: int, leaves: Callable[[int], Iterator[bytes]]) -> bytes:
        """Return the root of the first `size` leaves. leaves: yields those from a number on; there are enough."""
        tree = self._nearest(size)
        rest = leaves(tree.size) if tree.size < size else iter(())
        while tree.size < size:
            step = min(size, (tree.size // _APART + 1) * _APART) - tree.size
            tree = tree.grown(islice(rest, step))
            if tree.size == len(self._known) * _APART:
                self._known.append(tree)
        self._last.append(tree)
        return tree.root

    def _nearest(self, size: int) -> Tree:
        """Return the largest known tree of at most `size` leaves."""
        known = self._known[min(size // _APART, len(self._known) - 1)]
        return max((tree for tree in (known, *self._last) if tree.size <= size), key=lambda tree: tree.size)
