"""Checkpoints: three lines that a log's own key signs, and what a log is checked against before it goes on."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest

from kiosk.record.entries import Altered, EncodedEntry, leaf_hash
from kiosk.record.transparency.checkpoint import (
    Checkpoint,
    SignedCheckpoint,
    read_checkpoint,
    sign_checkpoint,
    tree_under,
)
from kiosk.record.transparency.merkle import Tree
from kiosk.record.transparency.signed_note import BadNote, Signer

ORIGIN: Final = "front-office-kiosk/00000000-0000-4000-8000-000000000001"
SIGNER: Final = Signer(ORIGIN, bytes(range(32)))
OTHER: Final = Signer(ORIGIN, bytes(32))
TREE: Final = Tree().grown(leaf_hash(str(n)) for n in range(5))
SIGNED: Final = sign_checkpoint(ORIGIN, TREE, SIGNER)


def test_a_checkpoint_reads_back_as_what_was_signed() -> None:
    """Origin, size and root, each on its line."""
    assert read_checkpoint(SIGNED.note.encode(), SIGNER.public) == Checkpoint(ORIGIN, 5, TREE.root)
    assert SIGNED.note.splitlines()[:2] == [ORIGIN, "5"]


def test_the_tree_goes_on_from_a_sound_checkpoint() -> None:
    """What comes back is the very tree, ready to grow."""
    assert tree_under(SIGNED, SIGNER.public) == TREE
    assert tree_under(sign_checkpoint(ORIGIN, Tree(), SIGNER), SIGNER.public) == Tree()


@pytest.mark.parametrize(
    "checkpoint",
    [
        replace(SIGNED, size=4),
        replace(SIGNED, root=bytes(32)),
        replace(SIGNED, peaks=bytes(64)),
        replace(SIGNED, peaks=SIGNED.peaks[:-1]),
        replace(SIGNED, note=SIGNED.note.replace("\n5\n", "\n6\n")),
        replace(SIGNED, note=""),
        replace(SIGNED, note="\ud800"),
        sign_checkpoint(ORIGIN, TREE, OTHER),
        replace(sign_checkpoint(ORIGIN, Tree(), SIGNER), size=5, root=TREE.root, peaks=SIGNED.peaks),
    ],
    ids=["size", "root", "peaks", "short peaks", "text", "nothing", "no text", "another key", "an older note"],
)
def test_a_checkpoint_that_was_touched_is_refused(checkpoint: SignedCheckpoint) -> None:
    """Whatever part of it was changed, the log does not go on as if nothing had happened."""
    with pytest.raises(Altered, match="newest checkpoint was changed"):
        tree_under(checkpoint, SIGNER.public)


def test_an_entry_that_nobody_signed_for_is_refused() -> None:
    """Entries and their checkpoint are written together, so one beyond it was put there by other hands."""
    stray = EncodedEntry(5, "{}", leaf_hash("{}"), ())
    with pytest.raises(Altered, match="no checkpoint covers entry 5") as refused:
        tree_under(SIGNED, SIGNER.public, [stray])
    assert refused.value.repair


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
    with pytest.raises(BadNote, match="not a checkpoint") as refused:
        read_checkpoint(SIGNER.sign(text), SIGNER.public)
    assert refused.value.repair
