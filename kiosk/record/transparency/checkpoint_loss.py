"""Loss of the checkpoint that the kiosk remembers outside its log, as an entry records it."""

from __future__ import annotations

from kiosk.record.entries import Actor, Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.worded import Worded


class CheckpointLoss(Worded):
    """How the remembered checkpoint was lost. The words follow "the kiosk's own copy of the newest checkpoint"."""

    MISSING = "missing", "is missing"
    ALTERED = "altered", "was changed, or no key of this kiosk signed it"

    @property
    def sentence(self) -> str:
        """What was lost, and what that can mean."""
        return f"The kiosk's own copy of the newest checkpoint {self.words}. Entries may have been deleted."


def checkpoint_lost(how: CheckpointLoss) -> Entry:
    """Return the entry about the loss: entries that were at the end of the log until then may be missing."""
    return Entry(EntryKind.CHECKPOINT_LOST, {"how": how}, actor=Actor.KIOSK)
