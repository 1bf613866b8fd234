"""The Merkle tree over a log's leaves (RFC 6962, section 2; the checks are those of RFC 9162, section 2.1).

A leaf is SHA-256(0x00 ‖ bytes), a node SHA-256(0x01 ‖ left ‖ right), the root of no leaves SHA-256 of nothing. Whoever
holds one root can be shown, with a handful of hashes, that an entry was in the log, or that a longer log continues it.
All hashes are 32 bytes; entries are counted from 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

HASH_BYTES: Final = 32
EMPTY_ROOT: Final = sha256(b"").digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node from those of its two children."""
    return sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree of `size` leaves, kept as the roots of its whole subtrees, largest first: enough to grow and to sign."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def grown(self, leaves: Iterable[bytes]) -> Tree:
        """This tree with more leaves at its end."""
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
        """The one hash that stands for all leaves and their order."""
        if not self.peaks:
            return EMPTY_ROOT
        node = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            node = node_hash(peak, node)
        return node

    def packed(self) -> bytes:
        """The peaks as one row of bytes, for a store."""
        return b"".join(self.peaks)


def unpacked(size: int, peaks: bytes) -> Tree:
    """The tree that `packed` gave. Raises ValueError when these peaks can't belong to a tree of that size."""
    if size < 0 or len(peaks) != size.bit_count() * HASH_BYTES:
        raise ValueError(f"a tree of {size} leaves has {size.bit_count()} peaks of {HASH_BYTES} bytes")
    return Tree(size, tuple(peaks[at : at + HASH_BYTES] for at in range(0, len(peaks), HASH_BYTES)))


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over these leaves (MTH of the RFC)."""
    return Tree().grown(leaves).root


def inclusion_proof(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """The hashes that lead from leaf `index` to the root over `leaves` (PATH of the RFC)."""
    if len(leaves) <= 1:
        return ()
    half = _split(len(leaves))
    if index < half:
        return (*inclusion_proof(leaves[:half], index), root_of(leaves[half:]))
    return (*inclusion_proof(leaves[half:], index - half), root_of(leaves[:half]))


def consistency_proof(leaves: Sequence[bytes], size: int) -> tuple[bytes, ...]:
    """The hashes that show that the tree over `leaves` continues the one over its first `size` (PROOF of the RFC)."""
    return _subproof(leaves, size, known=True)


def _subproof(leaves: Sequence[bytes], size: int, *, known: bool) -> tuple[bytes, ...]:
    if size == len(leaves):
        return () if known else (root_of(leaves),)
    half = _split(len(leaves))
    if size <= half:
        return (*_subproof(leaves[:half], size, known=known), root_of(leaves[half:]))
    return (*_subproof(leaves[half:], size - half, known=False), root_of(leaves[:half]))


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def includes(root: bytes, size: int, index: int, leaf: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof leads from this leaf, as number `index` of `size`, to the root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    at, last, node = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            node = node_hash(sibling, node)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and node == root


def continues(old_size: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that the larger tree begins with the smaller one (RFC 9162, 2.1.4.2)."""
    if old_size == size:
        return old_root == root and not proof
    if old_size == 0:
        return old_root == EMPTY_ROOT and not proof
    hashes = [old_root, *proof] if old_size & (old_size - 1) == 0 else list(proof)
    if not 0 < old_size < size or not proof:
        return False
    at, last = old_size - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and (old, new) == (old_root, root)
