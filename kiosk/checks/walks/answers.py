"""The ways a walk can be answered where it stands, as a person at the desk could: one for each thing to choose."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.engine.encounter import Encounter, answer
from kiosk.protocol.kinds.kind import Offer
from kiosk.protocol.kinds.registry import kind_of


def offered(walk: Encounter) -> Iterator[Offer]:
    """Every way to answer the step the walk stands at, in the file's order; none at an outcome."""
    step = walk.step
    answering = None if step is None else kind_of(step).answering
    return iter(()) if answering is None else answering.offers(walk, step)


def taken(walk: Encounter, offer: Offer) -> Encounter:
    """The walk after answering in this way. Raises whatever the engine raises."""
    place = walk.at
    for reply in offer.replies:
        walk = answer(walk, place, reply)
    return walk
