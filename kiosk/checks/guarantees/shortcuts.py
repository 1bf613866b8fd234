"""A first, quick look at a guarantee: whether it holds even if every way back led to every place that one can lead to.

That allows more walks than there are, so what holds here holds; what does not is decided exactly elsewhere. A protocol
has as many states here as it has nodes, and most guarantees of most protocols are decided by this alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kiosk.checks.guarantees.automaton import BACK, NONE, Compiled, Way
from kiosk.checks.guarantees.budget import Budget
from kiosk.checks.guarantees.monitor import Monitor


@dataclass(slots=True)
class _Looser:
    """One look. Lives only inside `surely_holds`; `frames` are all the places that something returns to."""

    graph: Compiled
    watch: Monitor
    budget: Budget
    seen: set[tuple[int, int]] = field(default_factory=set)
    todo: list[tuple[int, int]] = field(default_factory=list)
    frames: set[int] = field(default_factory=set)
    returning: set[int] = field(default_factory=set)

    def holds(self) -> bool:
        if not self._come(self.graph.start, self.watch.first):
            return False
        while self.todo:
            node, watch = self.todo.pop()
            self.budget.spend(1 + len(self.graph.ways[node]) // 4)
            if not all(self._goes(way, target, watch, flags) for way, target, flags in self._out(node)):
                return False
        return True

    def _out(self, node: int) -> Iterator[tuple[Way | None, int, int]]:
        """Every way on from a node, with the flags of what happens then."""
        if node in self.graph.decisions:
            rules, otherwise = self.graph.decisions[node]
            yield from ((None, rule.target, 0) for rule in rules)
            yield None, otherwise, 0
        for way in self.graph.ways[node]:
            yield from ((way, way.target, flags) for flags, _ in self.watch.leaving(node, way))

    def _goes(self, way: Way | None, target: int, watch: int, flags: int) -> bool:
        """Go one way; False when that could break the guarantee."""
        then, wrong = self.watch.moved(watch, flags) if flags else (watch, False)
        if way is not None and then is not None and not wrong and watch >= 0 <= then:
            then, wrong = self.watch.counted(then)
        if wrong:
            return False
        if then is None:
            return True
        if way is not None and way.frame not in (NONE, BACK) and not self._framed(way.frame):
            return False
        return self._returns(then) if target == BACK else target < 0 or self._come(target, then)

    def _framed(self, frame: int) -> bool:
        if frame in self.frames:
            return True
        self.frames.add(frame)
        return all(self._come(frame, watch) for watch in self.returning)

    def _returns(self, watch: int) -> bool:
        if watch in self.returning:
            return True
        self.returning.add(watch)
        # With nowhere to return to, a walk starts over.
        return all(self._come(frame, watch) for frame in (self.graph.start, *self.frames))

    def _come(self, node: int, watch: int) -> bool:
        then, wrong = self.watch.arrived(node, watch)
        if wrong:
            return False
        if then is not None and (node, then) not in self.seen:
            self.seen.add((node, then))
            self.todo.append((node, then))
        return True


def surely_holds(graph: Compiled, watch: Monitor, budget: Budget) -> bool:
    """Whether nothing a walk could do breaks what is watched. False says nothing yet.

    Raises TooMuchError as the budget says.
    """
    return graph.start < 0 or _Looser(graph, watch, budget).holds()
