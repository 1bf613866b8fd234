"""The Merkle tree: the RFC's own vectors, and another hand's tree beside ours."""

from __future__ import annotations

import hashlib
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from kiosk.record.transparency.merkle import EMPTY_ROOT, Tree, unpacked

INPUTS: Final = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
"""The leaves of the test vectors that Certificate Transparency's implementations share."""

ROOTS: Final = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


def leaf(data: bytes) -> bytes:
    """A leaf's hash."""
    return hashlib.sha256(b"\x00" + data).digest()


@pytest.mark.parametrize("size", range(1, len(ROOTS) + 1))
def test_the_shared_vectors_give_their_roots(size: int) -> None:
    """Grown leaf by leaf or all at once, the tree has the root that every other implementation finds."""
    leaves = [leaf(bytes.fromhex(data)) for data in INPUTS[:size]]
    tree = Tree()
    for one in leaves:
        tree = tree.grown([one])
    assert tree.root.hex() == ROOTS[size - 1]
    assert Tree().grown(leaves) == tree
    assert unpacked(size, tree.packed()) == tree


def test_no_leaves_have_the_root_of_nothing() -> None:
    """RFC 6962, 2.1: the hash of an empty list is the hash of an empty string."""
    assert Tree().root == EMPTY_ROOT == hashlib.sha256(b"").digest()


def test_another_hand_finds_the_same_roots() -> None:
    """A second library, used in tests only, agrees on 300 roots."""
    theirs = InmemoryTree(algorithm="sha256")
    ours = Tree()
    for n in range(300):
        data = n.to_bytes(4, "big")
        theirs.append_entry(data)
        ours = ours.grown([leaf(data)])
        assert ours.root == theirs.get_root()


@given(st.lists(st.integers(0, 40), min_size=1, max_size=6))
def test_it_makes_no_difference_how_the_leaves_come(steps: list[int]) -> None:
    """In any portions, the same leaves make the same tree."""
    leaves = [leaf(n.to_bytes(2, "big")) for n in range(sum(steps))]
    trees = [Tree()]
    for step in steps:
        trees.append(trees[-1].grown(leaves[trees[-1].size : trees[-1].size + step]))
    assert trees[-1] == Tree().grown(leaves)


@pytest.mark.parametrize(("size", "peaks"), [(-1, b""), (1, b""), (2, bytes(64)), (3, bytes(63))])
def test_peaks_of_another_size_are_refused(size: int, peaks: bytes) -> None:
    """What a store hands back must fit the size it claims."""
    with pytest.raises(ValueError, match="peaks"):
        unpacked(size, peaks)
