"""The states from which a goal is reachable, and the fewest answers to it, in the worst case of untracked branches.

A person chooses the answers; a branch on an untracked subject may take its worst rule. So a state found here does reach
the goal. A state that is not found may only lack tracked subjects; the result is exact once every subject that the rest
of the walk tests is tracked. Costs are found in increasing order, by Knuth's generalization of Dijkstra's algorithm.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush

from kiosk.checks.guarantees.reachability import Edge, Exit, Explored, Leave, Taken, Via

Goal = Exit | None
"""A target of the search: an exit of the state's stack level, or None for the goal."""

Key = tuple[int, Goal]


@dataclass(slots=True)
class Distances:
    """The number of answers from each state to a goal. unit: cost of an answer; counts: which moves are allowed."""

    explored: Explored
    unit: int
    counts: Callable[[Taken], bool]
    costs: dict[Key, int] = field(default_factory=dict)
    _into: dict[int, list[tuple[int, Edge]]] = field(default_factory=lambda: defaultdict(list))
    _entered: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    _using: dict[Via, list[tuple[int, Edge | Leave]]] = field(default_factory=lambda: defaultdict(list))
    _lines: dict[int, int] = field(default_factory=dict)
    _open: dict[Key, int] = field(default_factory=dict)

    def found(self, reached: Callable[[int], bool]) -> Distances:
        """Compute all distances and return self. reached: whether the goal happens at a state."""
        self._index()
        count = len(self.explored.states)
        todo: list[tuple[int, int, Key]] = [(0, at, (at, None)) for at in range(count) if reached(at)]
        for cost, key in self._leaving():
            count += 1
            heappush(todo, (cost, count, key))
        while todo:
            cost, _, key = heappop(todo)
            if key in self.costs:
                continue
            self.costs[key] = cost
            for more, earlier in self._next(key, cost):
                if earlier not in self.costs:
                    self.explored.budget.spend()
                    count += 1
                    heappush(todo, (more, count, earlier))
        return self

    def _is_branch(self, at: int) -> bool:
        return self.explored.states[at].node in self.explored.graph.decisions

    def _index(self) -> None:
        for at, edges in enumerate(self.explored.inner):
            if self._is_branch(at):
                self._lines[at] = len(edges) + len(self.explored.leaves[at])
            for edge in edges:
                if self.counts(edge.taken):
                    self._into[edge.to].append((at, edge))
                    if edge.via:
                        self._using[edge.via].append((at, edge))
            for leave in self.explored.leaves[at]:
                if leave.via and self.counts(leave.taken):
                    self._using[leave.via].append((at, leave))
            for push in self.explored.pushes[at]:
                if self.counts(push.taken):
                    self._entered[push.entry].append(at)

    def _leaving(self) -> Iterator[tuple[int, Key]]:
        for at, leaves in enumerate(self.explored.leaves):
            for leave in leaves:
                if leave.via is None and self.counts(leave.taken):
                    yield from self._line(at, (at, leave.exit), leave.cost * self.unit)

    def _line(self, at: int, key: Key, cost: int) -> Iterator[tuple[int, Key]]:
        """Yield a move from a state. At a branch all rules must reach the goal, so only the last one found counts."""
        if self._is_branch(at):
            self._open[key] = self._open.get(key, self._lines[at]) - 1
            if self._open[key]:
                return
        yield cost, key

    def _next(self, key: Key, cost: int) -> Iterator[tuple[int, Key]]:
        at, goal = key
        for earlier, edge in self._into.get(at, ()):
            if edge.via is None:
                yield from self._line(earlier, (earlier, goal), cost + edge.cost * self.unit)
            elif edge.via in self.costs:
                yield cost + edge.cost * self.unit + self.costs[edge.via], (earlier, goal)
        if goal is None:
            for earlier in self._entered.get(at, ()):
                yield cost + self.unit, (earlier, None)
            return
        for earlier, move in self._using.get((at, goal), ()):
            more = cost + move.cost * self.unit
            if isinstance(move, Leave):
                yield more, (earlier, move.exit)
                continue
            for other in (*self.explored.exits[move.to], None):
                rest = self.costs.get((move.to, other))
                if rest is not None:
                    yield more + rest, (earlier, other)
