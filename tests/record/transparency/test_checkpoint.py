"""Checkpoints: three lines that a log's own key signs, and what a log is checked against before it goes on."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest

from kiosk.record.entries import Altered, SealedEntry, leaf_hash
from kiosk.record.transparency.checkpoint import Checkpoint, Head, head_of, read_checkpoint, tree_under
from kiosk.record.transparency.merkle import Tree
from kiosk.record.transparency.signed_note import BadNote, Signer

ORIGIN: Final = "front-office-kiosk/00000000-0000-4000-8000-000000000001"
SIGNER: Final = Signer(ORIGIN, bytes(range(32)))
OTHER: Final = Signer(ORIGIN, bytes(32))
TREE: Final = Tree().grown(leaf_hash(str(n)) for n in range(5))
HEAD: Final = head_of(ORIGIN, TREE, SIGNER)


def test_a_checkpoint_reads_back_as_what_was_signed() -> None:
    """Origin, size and root, each on its line."""
    assert read_checkpoint(HEAD.note.encode(), SIGNER.public) == Checkpoint(ORIGIN, 5, TREE.root)
    assert HEAD.note.splitlines()[:2] == [ORIGIN, "5"]


def test_the_tree_goes_on_from_a_sound_head() -> None:
    """What comes back is the very tree, ready to grow."""
    assert tree_under(HEAD, SIGNER.public) == TREE
    assert tree_under(head_of(ORIGIN, Tree(), SIGNER), SIGNER.public) == Tree()


@pytest.mark.parametrize(
    "head",
    [
        replace(HEAD, size=4),
        replace(HEAD, root=bytes(32)),
        replace(HEAD, peaks=bytes(64)),
        replace(HEAD, peaks=HEAD.peaks[:-1]),
        replace(HEAD, note=HEAD.note.replace("\n5\n", "\n6\n")),
        replace(HEAD, note=""),
        replace(HEAD, note="\ud800"),
        head_of(ORIGIN, TREE, OTHER),
        replace(head_of(ORIGIN, Tree(), SIGNER), size=5, root=TREE.root, peaks=HEAD.peaks),
    ],
    ids=["size", "root", "peaks", "short peaks", "text", "nothing", "no text", "another key", "an older note"],
)
def test_a_head_that_was_touched_is_refused(head: Head) -> None:
    """Whatever part of it was changed, the log does not go on as if nothing had happened."""
    with pytest.raises(Altered, match="newest checkpoint was changed"):
        tree_under(head, SIGNER.public)


def test_an_entry_that_nobody_signed_for_is_refused() -> None:
    """Entries and their head are written together, so one beyond it was put there by other hands."""
    stray = SealedEntry(5, "{}", leaf_hash("{}"), ())
    with pytest.raises(Altered, match="entry 5 was never signed for"):
        tree_under(HEAD, SIGNER.public, [stray])


@pytest.mark.parametrize(
    "text",
    [
        "another-log\n5\nAAAA\n",
        f"{ORIGIN}\n5\n",
        f"{ORIGIN}\n5\nAAAA\n",
        f"{ORIGIN}\n05\n{Checkpoint(ORIGIN, 5, TREE.root).text.splitlines()[2]}\n",
        f"{ORIGIN}\n-5\n{Checkpoint(ORIGIN, 5, TREE.root).text.splitlines()[2]}\n",
        f"{ORIGIN}\n5\n(no base64)\n",
        f"{ORIGIN}\n{'9' * 5000}\n{Checkpoint(ORIGIN, 5, TREE.root).text.splitlines()[2]}\n",
    ],
)
def test_a_signed_text_that_is_no_checkpoint_of_this_log_is_refused(text: str) -> None:
    """The key may sign other notes; none of them passes for a state of the log."""
    with pytest.raises(BadNote, match="no checkpoint"):
        read_checkpoint(SIGNER.sign(text), SIGNER.public)
