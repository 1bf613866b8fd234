"""A fast check of a guarantee on an over-approximation: a return may lead to any return target.

This allows more paths than there are, so a guarantee that holds here holds; `decide` checks the others exactly. There
is one state for each node and monitor state, and most guarantees of most protocols are decided by this alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kiosk.checks.guarantees.automaton import BACK, NONE, Compiled, Transition
from kiosk.checks.guarantees.budget import Budget
from kiosk.checks.guarantees.monitor import Monitor


@dataclass(slots=True)
class _Overapproximation:
    """One search, used only by `surely_holds`. frames: all return targets; returning: monitor states of returns."""

    graph: Compiled
    watch: Monitor
    budget: Budget
    seen: set[tuple[int, int]] = field(default_factory=set)
    todo: list[tuple[int, int]] = field(default_factory=list)
    frames: set[int] = field(default_factory=set)
    returning: set[int] = field(default_factory=set)

    def holds(self) -> bool:
        if not self._enter(self.graph.start, self.watch.first):
            return False
        while self.todo:
            node, watch = self.todo.pop()
            self.budget.spend(1 + len(self.graph.ways[node]) // 4)
            if not all(self._move(way, target, watch, flags) for way, target, flags in self._out(node)):
                return False
        return True

    def _out(self, node: int) -> Iterator[tuple[Transition | None, int, int]]:
        """Yield every move from a node: transition (None for a rule), target, flags of its event."""
        if node in self.graph.decisions:
            rules, otherwise = self.graph.decisions[node]
            yield from ((None, rule.target, 0) for rule in rules)
            yield None, otherwise, 0
        for way in self.graph.ways[node]:
            yield from ((way, way.target, flags) for flags, _ in self.watch.leaving(node, way))

    def _move(self, way: Transition | None, target: int, watch: int, flags: int) -> bool:
        """Make one move; return False if it could violate the guarantee."""
        then, wrong = self.watch.moved(watch, flags) if flags else (watch, False)
        if way is not None and then is not None and not wrong and watch >= 0 <= then:
            then, wrong = self.watch.counted(then)
        if wrong:
            return False
        if then is None:
            return True
        if way is not None and way.frame not in (NONE, BACK) and not self._add_frame(way.frame):
            return False
        return self._return(then) if target == BACK else target < 0 or self._enter(target, then)

    def _add_frame(self, frame: int) -> bool:
        if frame in self.frames:
            return True
        self.frames.add(frame)
        return all(self._enter(frame, watch) for watch in self.returning)

    def _return(self, watch: int) -> bool:
        if watch in self.returning:
            return True
        self.returning.add(watch)
        # A return with an empty stack starts again.
        return all(self._enter(frame, watch) for frame in (self.graph.start, *self.frames))

    def _enter(self, node: int, watch: int) -> bool:
        then, wrong = self.watch.arrived(node, watch)
        if wrong:
            return False
        if then is not None and (node, then) not in self.seen:
            self.seen.add((node, then))
            self.todo.append((node, then))
        return True


def surely_holds(graph: Compiled, watch: Monitor, budget: Budget) -> bool:
    """Return True if no path of the over-approximation violates the monitor; False means undecided.

    Raise TooMuchError if the budget is spent.
    """
    return graph.start < 0 or _Overapproximation(graph, watch, budget).holds()
