"""The differences between two versions of a protocol, in words, the most important first.

    changes = differences(Description(old), Description(new))

Layout and comments are no change, and an id renamed with `was:` stays the same entry. Every other difference is
reported, including parts of the model without a sentence of their own.
"""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.authoring.describe import Description
from kiosk.authoring.diff.change import Both, Change
from kiosk.authoring.diff.guarantees import changed_guarantees
from kiosk.authoring.diff.sections import parts
from kiosk.authoring.diff.steps import steps


def differences(old: Description, new: Description) -> tuple[Change, ...]:
    """Return every change from one version to the next; `guarantees` reports the effects on verdicts."""
    both = Both(old, new)
    return in_order((*changed_guarantees(both), *parts(both), *steps(both)))


def in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return the changes in order of importance; within one kind, destructive ones first, then in reading order."""
    return tuple(sorted(changes, key=lambda change: (change.matter, not change.destructive)))
