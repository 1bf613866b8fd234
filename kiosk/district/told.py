"""What the sender found out about one log and tells people. A closed set with its words."""

from __future__ import annotations

from enum import Enum, auto
from typing import assert_never

from kiosk.worded import Worded


class Weight(Enum):
    """How much a finding weighs: it healed by itself, or the sender stopped for this log and a person must act."""

    HEALED = auto()
    STOPPED = auto()


class Told(Worded):
    """A finding about one log. words: a whole sentence."""

    WENT_BACK = "went-back", "The district's copy was older than what it had acknowledged. The entries were sent again."
    OLDER_COPY = "older-copy", "The district has more entries than this log. An older copy of the log is in its place."
    FORKED = "forked", "The district has other entries than this log: two copies of it got different entries."
    QUARANTINED = "quarantined", "The district takes no more entries of this log until its office has checked it."
    MALFORMED = "malformed", "The district could not read an entry of this log, and takes no more of them."
    NOT_COMMITTED = "not-committed", "A value of this log does not match its entry. The district takes no more of them."
    TOO_WIDE = "too-wide", "A value has a wider disclosure level than the district chose. It takes no more of them."
    REPLACED = "replaced", "Another log replaced this log, but it has entries that the district does not have."
    ALTERED = "altered", "This log is damaged or does not match its own hashes. Nothing more of it is sent."

    @property
    def weight(self) -> Weight:
        """How much it weighs."""
        match self:
            case Told.WENT_BACK:
                return Weight.HEALED
            case (
                Told.OLDER_COPY
                | Told.FORKED
                | Told.QUARANTINED
                | Told.MALFORMED
                | Told.NOT_COMMITTED
                | Told.TOO_WIDE
                | Told.REPLACED
                | Told.ALTERED
            ):
                return Weight.STOPPED
            case _:
                assert_never(self)
