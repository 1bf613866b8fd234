"""The differences between two versions of a protocol, in words, the most important first.

    changes = differences(Telling(old), Telling(new))

Layout and comments are no change, and an id that was renamed by `was:` is the same thing under another name. Whatever
else two protocols differ in is told: parts of the model that have no sentence of their own are compared all the same.
"""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.authoring.describe import Telling
from kiosk.authoring.diff.change import Both, Change
from kiosk.authoring.diff.guarantees import promised
from kiosk.authoring.diff.sections import parts
from kiosk.authoring.diff.steps import steps


def differences(old: Telling, new: Telling) -> tuple[Change, ...]:
    """Return every change from one version to the next; `guarantees` reports the effects on verdicts."""
    both = Both(old, new)
    return in_order((*promised(both), *parts(both), *steps(both)))


def in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The weightiest first; within one matter what is destructive, then in reading order."""
    return tuple(sorted(changes, key=lambda change: (change.matter, not change.destructive)))
