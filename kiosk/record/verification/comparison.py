"""Compare a log with a checkpoint that was signed before, such as the one that the kiosk remembers."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from kiosk.errors import ReplaceReason
from kiosk.record.transparency.checkpoint import Checkpoint
from kiosk.worded import Worded


class Comparison(Worded):
    """The result of comparing a log with a checkpoint."""

    CONTINUES = "continues", "the log continues that checkpoint"
    FOREIGN = "foreign", "it is another log"
    ROLLED_BACK = "rolled-back", "it ends before that checkpoint"
    FORKED = "forked", "it has other entries before that checkpoint: two copies of one log were written to"

    @property
    def reason(self) -> ReplaceReason | None:
        """Why such a log must be replaced; None for one that can still be written."""
        match self:
            case Comparison.CONTINUES:
                return None
            case Comparison.FOREIGN:
                return ReplaceReason.FOREIGN
            case Comparison.ROLLED_BACK:
                return ReplaceReason.ROLLED_BACK
            case Comparison.FORKED:
                return ReplaceReason.FORKED
            case _:
                assert_never(self)


def compare(now: Checkpoint, known: Checkpoint, root_at: Callable[[int], bytes | None]) -> Comparison:
    """Compare the log whose newest checkpoint is `now` with a checkpoint that was signed before.

    root_at: returns the root over the log's first `size` entries; None when it is unknown, which counts as different.
    """
    if now.origin != known.origin:
        return Comparison.FOREIGN
    if now.size < known.size:
        return Comparison.ROLLED_BACK
    if known.size == 0:
        return Comparison.CONTINUES  # every log continues one without entries
    root = now.root if now.size == known.size else root_at(known.size)
    return Comparison.CONTINUES if root == known.root else Comparison.FORKED


def describe(mode: str, how: Comparison, now: Checkpoint, known: Checkpoint) -> str:
    """Say in a sentence how the mode's log differs from the checkpoint that this kiosk signed."""
    match how:
        case Comparison.CONTINUES:
            words = "is the one that this kiosk wrote last."
        case Comparison.FOREIGN:
            words = "is not the one that this kiosk wrote last."
        case Comparison.ROLLED_BACK:
            words = f"is an older copy: it ends after {now.size} entries, and this kiosk had signed {known.size}."
        case Comparison.FORKED:
            words = f"is not the one that this kiosk signed: other entries are among its first {known.size}."
        case _:
            assert_never(how)
    return f"The {mode} log {words}"
