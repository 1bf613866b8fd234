"""Why the district took no more of a log, or how a new log follows the previous one. Closed sets with their words."""

from __future__ import annotations

from kiosk.worded import Worded


class Conflict(Worded):
    """What a desk sent that does not follow from what the district has. words: a whole sentence."""

    FORKED = "forked", "The desk sent other entries under the same numbers: two copies of its log were written."
    ROOT_MISMATCH = "root-mismatch", "The entries that the desk has are not those that are here: one side was altered."
    MALFORMED = "malformed", "The desk sent an entry that can't be read."
    NOT_COMMITTED = "not-committed", "The desk sent a value that does not match the hash in its entry."
    TRUNCATED = "truncated", "The desk said that it has fewer entries than before: its log may have lost its end."
    TOO_WIDE = "too-wide", "The desk sent a value of a wider level than the district chose."
    SHORTENED = (
        "shortened",
        "A new log of the desk began from an older copy of this one, without its last entries.",
    )


class Succession(Worded):
    """How a new log follows the one that it cites. words: a whole sentence."""

    CONTINUES = "continues", "The log continues the previous one."
    SHORTENED = "shortened", "The log began from an older copy of the previous one: its last entries are only here."
    UNSENT = "unsent", "The previous log of the desk had entries that never came here."
    FORKED = "forked", "The log cites another past than the previous log has here."
    UNEXPLAINED = "unexplained", "The log does not say what became of the desk's previous log."
