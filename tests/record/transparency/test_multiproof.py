"""Blocks around some entries: they cover the log, they lead to its root, and they are as few as can be."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.record.transparency.merkle import Tree
from kiosk.record.transparency.multiproof import Multiproof, Subtree

LEAVES = tuple(sha256(bytes([n])).digest() for n in range(70))


def covered(size: int, alone: Sequence[int], breaks: Sequence[int] = ()) -> list[Subtree]:
    """The blocks of a log of that size; that they lead to its root is checked here."""
    covering = Multiproof(alone, breaks)
    blocks = list(covering.blocks(LEAVES[:size]))
    assert covering.root == Tree().grown(LEAVES[:size]).root
    return blocks


@st.composite
def choices(draw: st.DrawFn) -> tuple[int, list[int], list[int]]:
    """(size, entries, breaks) of a log with up to 70 entries."""
    size = draw(st.integers(1, len(LEAVES)))
    alone, cut = draw(st.integers(0, (1 << size) - 1)), draw(st.integers(0, size))
    return size, [n for n in range(size) if alone >> n & 1], [cut]


@given(choices())
def test_the_blocks_cover_the_log_and_each_chosen_entry_stands_alone(chosen: tuple[int, list[int], list[int]]) -> None:
    """In order, without a gap, each a whole subtree with its own hash; no block reaches across a break."""
    size, alone, breaks = chosen
    blocks = covered(size, alone, breaks)
    at = 0
    for block in blocks:
        assert block.first == at
        assert at % block.count == 0
        at += block.count
        assert block.hash == Tree().grown(LEAVES[block.first : at]).root
    assert at == size
    firsts = {block.first: block.count for block in blocks}
    assert all(firsts[number] == 1 for number in alone)
    assert all(cut in firsts for cut in breaks if cut < size)


@given(choices())
def test_no_two_neighbours_that_are_left_out_could_be_one(chosen: tuple[int, list[int], list[int]]) -> None:
    """So a proof is as short as it can be."""
    size, alone, _ = chosen
    out = [block for block in covered(size, alone) if block.first not in alone]
    for left, right in pairwise(out):
        halves = left.first + left.count == right.first and left.count == right.count
        assert not (halves and left.first % (2 * left.count) == 0)


def test_one_entry_of_a_million_needs_no_more_blocks_than_the_tree_is_high() -> None:
    """A block on each level at most, beside the entry itself."""
    size = 1 << 12
    covering = Multiproof([777])
    assert len(list(covering.blocks(sha256(n.to_bytes(2)).digest() for n in range(size)))) == 1 + 12


@pytest.mark.parametrize("size", [0, 1, 2, 3])
def test_a_small_log_is_covered_too(size: int) -> None:
    """With every entry alone, and with none."""
    assert len(covered(size, range(size))) == size
    assert sum(block.count for block in covered(size, [])) == size


def test_a_block_is_a_line_that_people_can_read() -> None:
    """Its first entry, how many, the hash."""
    assert Subtree(4, 2, bytes(32)).line == f"4 2 {'00' * 32}"
