"""The reading order of a protocol: a step comes after all steps that lead to it, except in cycles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kiosk.protocol.kinds.registry import moves
from kiosk.protocol.model import Protocol
from kiosk.protocol.validation.graph import postorder


@dataclass(frozen=True, slots=True)
class WalkOrder:
    """Every step once.

    main:       the steps that are reachable from the start, in order.
    interrupts: the steps that are reachable only from an interrupt.
    never:      the steps that are not reachable.
    """

    main: tuple[str, ...]
    interrupts: tuple[str, ...]
    never: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """All steps, in order."""
        return (*self.main, *self.interrupts, *self.never)


def walk_order(protocol: Protocol) -> WalkOrder:
    """Return the steps in reading order; answers are followed in the file's order."""
    ways = {i: [m.target for m in moves(step) if m.target in protocol.steps] for i, step in protocol.steps.items()}
    seen: set[str] = set()
    main = _downwards([protocol.start], ways, seen)
    interrupts = _downwards([jump.next for jump in protocol.interrupts], ways, seen)
    return WalkOrder(main, interrupts, tuple(i for i in protocol.steps if i not in seen))


def numbers(protocol: Protocol) -> dict[str, str]:
    """Return step or outcome → its number on paper: 1, 2, 3 for steps in reading order, E1, E2 for outcomes."""
    steps = {step_id: str(n) for n, step_id in enumerate(walk_order(protocol).all, 1)}
    return steps | {outcome_id: f"E{n}" for n, outcome_id in enumerate(protocol.outcomes, 1)}


def leads_here(protocol: Protocol) -> dict[str, tuple[str, ...]]:
    """Return step or outcome → the steps with an answer that leads to it, in reading order, each once."""
    found: dict[str, dict[str, None]] = {}
    for step_id in walk_order(protocol).all:
        for move in moves(protocol.steps[step_id]):
            found.setdefault(move.target, {})[step_id] = None
    return {target: tuple(steps) for target, steps in found.items()}


def _downwards(roots: Iterable[str], ways: Mapping[str, list[str]], seen: set[str]) -> tuple[str, ...]:
    """Return the steps in reverse postorder. Searching the last ways first puts the first ones first."""
    last_first = {step_id: targets[::-1] for step_id, targets in ways.items()}
    found = [i for root in reversed([*roots]) if root in ways for i in postorder(root, last_first, seen)]
    return tuple(reversed(found))
