"""The ways to answer the current step, as a person at the desk could: one for each choice."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.engine.encounter import Encounter, answer
from kiosk.protocol.kinds.kind import Offer
from kiosk.protocol.kinds.registry import kind_of


def offered(walk: Encounter) -> Iterator[Offer]:
    """Return every way to answer the current step, in the file's order; none at an outcome."""
    step = walk.step
    answering = None if step is None else kind_of(step).answering
    return iter(()) if answering is None else answering.offers(walk, step)


def taken(walk: Encounter, offer: Offer) -> Encounter:
    """Return the walk after this answer. Raise as the engine does."""
    place = walk.at
    for reply in offer.replies:
        walk = answer(walk, place, reply)
    return walk
