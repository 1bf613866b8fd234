"""A log beside a state that was signed before: the same, an older copy, another branch, another log."""

from __future__ import annotations

import hashlib
import itertools

import pytest

from kiosk.record.transparency.checkpoint import Checkpoint
from kiosk.record.transparency.merkle import Tree
from kiosk.record.verification.comparison import Comparison, compare, describe


def leaves(count: int, *, other_from: int = 1000) -> list[bytes]:
    """So many leaves, of which those from a number on belong to another branch."""
    words = (f"{n}{' another' if n >= other_from else ''}" for n in range(count))
    return [hashlib.sha256(word.encode()).digest() for word in words]


def state(of: list[bytes], origin: str = "a") -> Checkpoint:
    """The signed state of a log with these leaves."""
    return Checkpoint(origin, len(of), Tree().grown(of).root)


def compared(now: list[bytes], known: Checkpoint) -> Comparison:
    """How the log with these leaves stands to what is known."""
    return compare(state(now), known, lambda size: Tree().grown(now[:size]).root)


def test_every_pair_of_sizes_of_one_log() -> None:
    """The same or longer continues it, shorter is rolled back."""
    pairs = list(itertools.product(range(9), repeat=2))
    found = {(now, known): compared(leaves(now), state(leaves(known))) for now, known in pairs}
    assert found == {(n, k): Comparison.CONTINUES if n >= k else Comparison.ROLLED_BACK for n, k in pairs}


@pytest.mark.parametrize("now", range(5, 9))
@pytest.mark.parametrize("apart", range(5))
def test_a_branch_is_found_wherever_it_began(now: int, apart: int) -> None:
    """At the same size or a larger one, by any entry that is another."""
    assert compared(leaves(now, other_from=apart), state(leaves(5))) is Comparison.FORKED


def test_what_came_after_the_known_state_may_be_anything() -> None:
    """A fork after the known checkpoint is found only with a later checkpoint."""
    assert compared(leaves(8, other_from=5), state(leaves(5))) is Comparison.CONTINUES


def test_a_root_that_can_not_be_told_counts_as_another() -> None:
    """Better asked once too often."""
    assert compare(state(leaves(8)), state(leaves(5)), lambda _: None) is Comparison.FORKED


def test_another_log_is_told_whatever_its_size() -> None:
    """Its name says so."""
    assert compared(leaves(5), state(leaves(5), origin="b")) is Comparison.FOREIGN


def test_each_has_its_own_words_and_all_but_one_a_reason_to_replace_the_log() -> None:
    """Somebody must be able to tell them apart by reading."""
    assert len({describe("live", how, state(leaves(3)), state(leaves(5))) for how in Comparison}) == len(Comparison)
    assert {how for how in Comparison if how.reason is None} == {Comparison.CONTINUES}
    assert len({how.reason for how in Comparison}) == len(Comparison)


def test_a_sentence_names_the_mode_and_both_sizes_where_they_matter() -> None:
    """A reader can see how much is missing, and where the other entries are."""
    now, known = state(leaves(3)), state(leaves(5))
    sentences = {how: describe("live", how, now, known) for how in Comparison}
    assert all("live" in words and words.endswith(".") for words in sentences.values())
    assert "3" in sentences[Comparison.ROLLED_BACK]
    assert {how for how, words in sentences.items() if "5" in words} == {Comparison.ROLLED_BACK, Comparison.FORKED}


def test_at_the_same_size_no_other_root_is_needed() -> None:
    """The newest checkpoint has it."""
    assert compare(state(leaves(5)), state(leaves(5)), lambda _: None) is Comparison.CONTINUES
