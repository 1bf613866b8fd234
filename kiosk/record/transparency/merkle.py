"""The Merkle tree over a log's leaves (RFC 6962, section 2).

A leaf is SHA-256(0x00 ‖ bytes), a node SHA-256(0x01 ‖ left ‖ right), the root of no leaves SHA-256 of nothing. All
hashes are 32 bytes. `multiproof` shows that entries are under a root.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

HASH_BYTES: Final = 32
EMPTY_ROOT: Final = sha256(b"").digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node from those of its two children."""
    return sha256(b"\x01" + left + right).digest()


def root_over(peaks: Sequence[bytes]) -> bytes:
    """Return the root over complete subtrees, given by their roots, largest first."""
    if not peaks:
        return EMPTY_ROOT
    node = peaks[-1]
    for peak in reversed(peaks[:-1]):
        node = node_hash(peak, node)
    return node


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree of `size` leaves, kept as the roots of its complete subtrees, largest first."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def grown(self, leaves: Iterable[bytes]) -> Tree:
        """Return this tree with more leaves at its end."""
        size, peaks = self.size, list(self.peaks)
        for leaf in leaves:
            node, full = leaf, size
            while full & 1:
                node, full = sha256(b"\x01" + peaks.pop() + node).digest(), full >> 1
            peaks.append(node)
            size += 1
        return Tree(size, tuple(peaks))

    @property
    def root(self) -> bytes:
        """The root hash of all leaves in their order."""
        return root_over(self.peaks)

    def packed(self) -> bytes:
        """Return the peaks as one byte string, for a store."""
        return b"".join(self.peaks)


def unpacked(size: int, peaks: bytes) -> Tree:
    """Return the tree of `packed`. Raises ValueError if a tree of this size can't have these peaks."""
    if size < 0 or len(peaks) != size.bit_count() * HASH_BYTES:
        raise ValueError(f"a tree of {size} leaves has {size.bit_count()} peaks of {HASH_BYTES} bytes")
    return Tree(size, tuple(peaks[at : at + HASH_BYTES] for at in range(0, len(peaks), HASH_BYTES)))
