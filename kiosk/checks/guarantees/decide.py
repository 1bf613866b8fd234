"""Decide whether a guarantee holds on every path, and find the shortest path on which it fails.

At first every `when` may turn out either way. A guarantee that holds even then holds. Otherwise the shortest failing
path is replayed. If no settings and answers lead along it, the search remembers the fact that blocked it and starts
again. So the result is always the shortest real path, and the search remembers only the facts it needs.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.checks.guarantees.automaton import Compiled
from kiosk.checks.guarantees.budget import Budget, TooMuchError
from kiosk.checks.guarantees.feasible import Replay
from kiosk.checks.guarantees.knowledge import Subject, knowledge, looks_of
from kiosk.checks.guarantees.monitor import monitor
from kiosk.checks.guarantees.reachability import Explored, Taken
from kiosk.checks.guarantees.shortcuts import surely_holds
from kiosk.checks.guarantees.shortest_path import shortest
from kiosk.protocol.guarantee import Guarantee

MAX_TRACKED = 24
"""The most settings and answers that one guarantee may depend on."""


@dataclass(frozen=True, slots=True)
class Against:
    """A path on which a guarantee fails.

    path:   the moves; the last one breaks it.
    last:   the node reached then; negative if the last move itself breaks it.
    replay: the settings and ticks that the path needs.
    """

    path: tuple[Taken, ...]
    last: int
    replay: Replay


def counter_example(graph: Compiled, guarantee: Guarantee, budget: Budget) -> Against | None:
    """Return the shortest path that breaks a guarantee; None if it holds. Not for `from-every-step`.

    Raise TooMuchError if the budget does not suffice.
    """
    tracked: list[Subject] = []
    watch = monitor(graph, guarantee)
    if surely_holds(graph, watch, budget):
        return None
    looks = [*looks_of(graph), *watch.looks()]
    while True:
        known = knowledge(graph.domains, looks, tracked)
        explored = Explored(graph, watch, known, budget).run((known.nothing,))
        found = shortest(explored)
        if found is None:
            return None
        path, broken = found
        replay = Replay(graph).run(path, watch.lacking)
        if replay.wrong is None:
            return Against(tuple(path), broken.last, replay)
        # What is remembered exactly can't stand in the way again, so this comes to an end.
        tracked.append(replay.wrong)
        if len(tracked) > MAX_TRACKED:
            raise TooMuchError
