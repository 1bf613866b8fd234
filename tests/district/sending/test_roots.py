"""Roots of a log at any size, in any order, from a log that grows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.district.sending import roots as roots_file
from kiosk.district.sending.roots import Roots
from kiosk.record.transparency.merkle import EMPTY_ROOT, Tree

LEAVES = [n.to_bytes(32, "big") for n in range(64)]


class Leaves:
    """The leaves, and how many were read."""

    def __init__(self) -> None:
        self.read = 0

    def __call__(self, first: int) -> Iterator[bytes]:
        """Yield those from a number on."""
        for leaf in LEAVES[first:]:
            self.read += 1
            yield leaf


@given(st.lists(st.integers(0, 64), max_size=30))
def test_each_root_is_that_of_the_whole_tree(sizes: list[int]) -> None:
    """Whatever was asked before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(roots_file, "_APART", 8)
        roots = Roots()
        for size in sizes:
            assert roots.root_at(size, Leaves()) == Tree().grown(LEAVES[:size]).root


def test_a_size_near_a_known_one_reads_few_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    """A log that grows is not read again, and a size in the middle costs one part of it."""
    monkeypatch.setattr(roots_file, "_APART", 8)
    roots, leaves = Roots(), Leaves()
    roots.root_at(60, leaves)
    assert leaves.read == 60
    roots.root_at(64, leaves)
    assert leaves.read == 64
    roots.root_at(21, leaves)
    assert leaves.read == 64 + 5


def test_a_size_asked_for_before_the_last_one_reads_no_leaf() -> None:
    """The district answers about a batch when the next one is made already."""
    roots, leaves = Roots(), Leaves()
    for size in (20, 40, 20, 60, 40):
        roots.root_at(size, leaves)
    assert leaves.read == 60


def test_no_leaves_have_the_root_of_nothing() -> None:
    """A log without entries."""
    assert Roots().root_at(0, Leaves()) == EMPTY_ROOT
