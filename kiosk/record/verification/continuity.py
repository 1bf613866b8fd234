"""Whether a log is the one that was signed before, only longer; or an older copy, another branch, or another log.

What is compared with is one signed state that was kept elsewhere: beside the key, on a receipt, with a witness.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from kiosk.record.transparency.checkpoint import Checkpoint

Standing = Literal["sound", "copied", "rolled-back", "forked"]
"""sound: it continues the state. copied: it is another log. rolled-back: it ends before the state. forked: it has as
many entries or more, but others: two copies of one log were written to."""


def standing(now: Checkpoint, known: Checkpoint, root_at: Callable[[int], bytes | None]) -> Standing:
    """How the log whose signed state is `now` stands to a state that was signed before.

    root_at: the root over the log's first entries, so many; None when it can't be told, which is taken as another.
    """
    if now.origin != known.origin:
        return "copied"
    if now.size < known.size:
        return "rolled-back"
    root = now.root if now.size == known.size else root_at(known.size)
    return "sound" if root == known.root else "forked"


def told_apart(mode: str, how: Standing, now: Checkpoint, known: Checkpoint) -> str:
    """In a sentence, how a log that is not the one it should be differs from what was signed."""
    match how:
        case "rolled-back":
            words = f"is an older copy: it ends after {now.size} entries, and this kiosk had signed {known.size}."
        case "forked":
            words = f"has another past than this kiosk signed: among its first {known.size} entries are others."
        case "copied":
            words = "is another one than this kiosk wrote last."
        case _:
            words = "is the one that this kiosk wrote last."
    return f"The {mode} log {words}"
