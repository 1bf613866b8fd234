"""The inclusion proof of many entries at once: the blocks of a log's tree (RFC 6962) around them.

A block is a complete subtree: the number of its first entry, its entry count (a power of two that divides that
number), its hash. The blocks of a copy cover the log from entry 0 to its end, in order, without a gap. Each entry of
the copy is a block of its own; the other entries are in as few blocks as possible. Joining neighbors of equal size
again and again gives the root. A verifier needs only the entries, the blocks and the signed root.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kiosk.record.transparency.merkle import node_hash, root_over

_NONE: Final = -1


@dataclass(slots=True)
class _Node:
    first: int
    count: int
    hash: bytes
    output: bool


@dataclass(frozen=True, slots=True)
class Subtree:
    """One complete subtree."""

    first: int
    count: int
    hash: bytes

    @property
    def line(self) -> str:
        """The block as a line of a file, without a line end: `first count hash`, the hash in hexadecimal digits."""
        return f"{self.first} {self.count} {self.hash.hex()}"


class Multiproof:
    """The blocks around the entries `alone`; its memory does not grow with the log.

    alone: the numbers of the copy's entries, in order. breaks: sizes that no block may cross, in order, so that the
    root at each can be computed too. There is such a break after each entry of `alone`.
    """

    def __init__(self, alone: Sequence[int], breaks: Sequence[int] = ()) -> None:
        self._alone, self._breaks = alone, breaks
        self._peaks: list[_Node] = []

    @property
    def root(self) -> bytes:
        """The root over the leaves that `blocks` has read."""
        return root_over([peak.hash for peak in self._peaks])

    def blocks(self, leaves: Iterable[bytes]) -> Iterator[Subtree]:
        """Return the blocks in order, in one pass over all leaves of the log from entry 0."""
        alone, breaks = iter(self._alone), iter(self._breaks)
        entry, size = next(alone, _NONE), next(breaks, _NONE)
        for number, leaf in enumerate(leaves):
            while size != _NONE and size <= number:
                # No larger subtree may cross this size, so those to its left are complete.
                yield from self._rest()
                size = next(breaks, _NONE)
            separate = entry == number
            if separate:
                yield from self._rest()
                yield Subtree(number, 1, leaf)
                entry = next(alone, _NONE)
            self._peaks.append(_Node(number, 1, leaf, separate))
            yield from self._joined()
        yield from self._rest()

    def _joined(self) -> Iterator[Subtree]:
        """Join equal neighbors at the end. If only the left one was output, output the right one first."""
        peaks = self._peaks
        while len(peaks) > 1 and peaks[-1].count == peaks[-2].count:
            right, left = peaks.pop(), peaks[-1]
            if left.output and not right.output:
                yield Subtree(right.first, right.count, right.hash)
            peaks[-1] = _Node(left.first, 2 * left.count, node_hash(left.hash, right.hash), left.output or right.output)

    def _rest(self) -> Iterator[Subtree]:
        for peak in self._peaks:
            if not peak.output:
                peak.output = True
                yield Subtree(peak.first, peak.count, peak.hash)
