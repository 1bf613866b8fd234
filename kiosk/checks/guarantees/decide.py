"""Decide whether a guarantee holds on every path, and find its shortest counterexample.

This is counterexample-guided abstraction refinement. At first every branch may decide either way. A guarantee that
holds in this abstraction holds. Otherwise the shortest failing path is replayed. If no settings and answers make it
feasible, the subject that contradicted it is tracked, and the search runs again. So a counterexample is always the
shortest real path, and only the necessary subjects are tracked.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.checks.guarantees.automaton import Compiled
from kiosk.checks.guarantees.budget import Budget, TooMuchError
from kiosk.checks.guarantees.feasible import Replay
from kiosk.checks.guarantees.knowledge import Subject, knowledge, predicates_of
from kiosk.checks.guarantees.monitor import monitor
from kiosk.checks.guarantees.reachability import Explored, Taken
from kiosk.checks.guarantees.shortcuts import surely_holds
from kiosk.checks.guarantees.shortest_path import shortest
from kiosk.protocol.guarantee import Guarantee

MAX_TRACKED = 24
"""Maximum number of settings and answers that one guarantee may depend on."""


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A path on which a guarantee fails.

    path:   the moves; the last one violates the guarantee.
    last:   the node that it reaches; negative if the move itself is the violation.
    replay: the settings and checked items that the path needs.
    """

    path: tuple[Taken, ...]
    last: int
    replay: Replay


def find_counterexample(graph: Compiled, guarantee: Guarantee, budget: Budget) -> Counterexample | None:
    """Return the shortest counterexample of a guarantee; None if it holds. Not for `from-every-step`.

    Raise TooMuchError if the budget is spent.
    """
    tracked: list[Subject] = []
    watch = monitor(graph, guarantee)
    if surely_holds(graph, watch, budget):
        return None
    predicates = [*predicates_of(graph), *watch.predicates()]
    while True:
        known = knowledge(graph.domains, predicates, tracked)
        explored = Explored(graph, watch, known, budget).run((known.nothing,))
        found = shortest(explored)
        if found is None:
            return None
        path, broken = found
        replay = Replay(graph).run(path, watch.assumptions)
        if replay.wrong is None:
            return Counterexample(tuple(path), broken.last, replay)
        # A tracked subject can't contradict a path again, so this loop ends.
        tracked.append(replay.wrong)
        if len(tracked) > MAX_TRACKED:
            raise TooMuchError
