"""What changed between two editions of a protocol, in words, the weightiest first.

    changes = differences(Telling(old), Telling(new))

Layout and comments are no change, and an id that was renamed by `was:` is the same thing under another name. Whatever
else two protocols differ in is told: parts of the model that have no sentence of their own are compared all the same.
"""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.engine.change import Both, Change
from kiosk.engine.difference_guarantees import promised
from kiosk.engine.difference_parts import parts
from kiosk.engine.difference_steps import steps
from kiosk.engine.telling import Telling


def differences(old: Telling, new: Telling) -> tuple[Change, ...]:
    """Every change from one edition to the next; what that does to verdicts is for `difference_guarantees`."""
    both = Both(old, new)
    return in_order((*promised(both), *parts(both), *steps(both)))


def in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The weightiest first; within one matter what is destructive, then in reading order."""
    return tuple(sorted(changes, key=lambda change: (change.matter, not change.destructive)))
