"""The inclusion proof of many entries at once: the blocks that a log's tree (RFC 6962) falls into around them.

A block is a whole subtree: its first entry's number, how many entries it has (a power of two, by which the first number
divides), the hash over them. The blocks of a copy cover the log from entry 0 to its end, in order, without a gap. Each
entry of the copy is a block of its own; what is left out stands in as few blocks as can be. Joining neighbours of equal
size, two by two, gives the root; whoever has an entry and the signed root needs nothing else.
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
    told: bool


@dataclass(frozen=True, slots=True)
class Subtree:
    """One whole subtree."""

    first: int
    count: int
    hash: bytes

    @property
    def line(self) -> str:
        """The block as a line of a file, without its line end: `first count hash`, the hash in hexadecimal digits."""
        return f"{self.first} {self.count} {self.hash.hex()}"


class Multiproof:
    """The blocks around the entries `alone`; its memory does not grow with the log.

    alone: the numbers of the copy's entries, in order. breaks: sizes that no block may reach across, in order, so that
    the root at that size can be found as well; behind each of `alone` there is such a break in any case.
    """

    def __init__(self, alone: Sequence[int], breaks: Sequence[int] = ()) -> None:
        self._alone, self._breaks = alone, breaks
        self._peaks: list[_Node] = []

    @property
    def root(self) -> bytes:
        """The root over the leaves that `blocks` has gone through."""
        return root_over([peak.hash for peak in self._peaks])

    def blocks(self, leaves: Iterable[bytes]) -> Iterator[Subtree]:
        """The blocks in order, found in one pass over all leaves of the log from entry 0 on."""
        alone, breaks = iter(self._alone), iter(self._breaks)
        entry, size = next(alone, _NONE), next(breaks, _NONE)
        for number, leaf in enumerate(leaves):
            while size != _NONE and size <= number:
                # A subtree that reaches further would hold this place, so those to its left are as large as they get.
                yield from self._rest()
                size = next(breaks, _NONE)
            apart = entry == number
            if apart:
                yield from self._rest()
                yield Subtree(number, 1, leaf)
                entry = next(alone, _NONE)
            self._peaks.append(_Node(number, 1, leaf, apart))
            yield from self._joined()
        yield from self._rest()

    def _joined(self) -> Iterator[Subtree]:
        """Join equal neighbours at the end; one that is left out beside one that was told is told first."""
        peaks = self._peaks
        while len(peaks) > 1 and peaks[-1].count == peaks[-2].count:
            right, left = peaks.pop(), peaks[-1]
            if left.told and not right.told:
                yield Subtree(right.first, right.count, right.hash)
            peaks[-1] = _Node(left.first, 2 * left.count, node_hash(left.hash, right.hash), left.told or right.told)

    def _rest(self) -> Iterator[Subtree]:
        for peak in self._peaks:
            if not peak.told:
                peak.told = True
                yield Subtree(peak.first, peak.count, peak.hash)
