"""The shortest path to a violation, by Dijkstra's algorithm over the explored states.

The costs of returning from calls are found first, by Knuth's generalization of that algorithm. Every cost is a sum of
non-negative costs, so the first one found for a state and exit is the least.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush

from kiosk.checks.guarantees.reachability import Broken, Edge, Exit, Explored, Leave, Push, Taken, Via

Ending = tuple[int, Exit]


@dataclass(slots=True)
class Returns:
    """The least cost from each state to each of its exits, and the first move."""

    explored: Explored
    costs: dict[Ending, int] = field(default_factory=dict)
    moves: dict[Ending, Edge | Leave] = field(default_factory=dict)

    def found(self) -> Returns:
        """Compute all of them and return self."""
        into, using = self._reversed()
        heap: list[tuple[int, int, Ending, Edge | Leave]] = []
        count = 0
        for at, leaves in enumerate(self.explored.leaves):
            for leave in leaves:
                if leave.via is None:
                    count += 1
                    heappush(heap, (leave.cost, count, (at, leave.exit), leave))
        while heap:
            cost, _, ending, move = heappop(heap)
            if ending in self.costs:
                continue
            self.costs[ending], self.moves[ending] = cost, move
            for more, earlier, first in self._next(ending, into, using):
                if earlier not in self.costs:
                    self.explored.budget.spend()
                    count += 1
                    heappush(heap, (more, count, earlier, first))
        return self

    def of(self, via: Via | None) -> int:
        """Return the cost of a call that returned; 0 for no call."""
        return self.costs[via] if via else 0

    def _reversed(self) -> tuple[dict[int, list[tuple[int, Edge]]], dict[Via, list[tuple[int, Edge | Leave]]]]:
        into: dict[int, list[tuple[int, Edge]]] = defaultdict(list)
        using: dict[Via, list[tuple[int, Edge | Leave]]] = defaultdict(list)
        for at, edges in enumerate(self.explored.inner):
            if self.explored.states[at].framed:
                for edge in edges:
                    into[edge.to].append((at, edge))
                    if edge.via:
                        using[edge.via].append((at, edge))
                for leave in self.explored.leaves[at]:
                    if leave.via:
                        using[leave.via].append((at, leave))
        return into, using

    def _next(
        self,
        ending: Ending,
        into: dict[int, list[tuple[int, Edge]]],
        using: dict[Via, list[tuple[int, Edge | Leave]]],
    ) -> Iterator[tuple[int, Ending, Edge | Leave]]:
        at, left = ending
        cost = self.costs[ending]
        for earlier, edge in into.get(at, ()):
            if edge.via is None or edge.via in self.costs:
                yield cost + edge.cost + self.of(edge.via), (earlier, left), edge
        for earlier, move in using.get(ending, ()):
            if isinstance(move, Leave):
                yield cost + move.cost, (earlier, move.exit), move
            else:
                for other in self.explored.exits[move.to]:
                    rest = self.costs.get((move.to, other))
                    if rest is not None:
                        yield cost + move.cost + rest, (earlier, other), move


@dataclass(slots=True)
class Paths:
    """The least cost to each state, and the last move."""

    explored: Explored
    returns: Returns
    costs: dict[int, int] = field(default_factory=dict)
    moves: dict[int, tuple[int, Edge | Push] | None] = field(default_factory=dict)

    def found(self, broken: list[Broken]) -> Broken | None:
        """Search as far as necessary. Return the violation with the least cost; None if none is reachable."""
        ends: dict[int, list[Broken]] = defaultdict(list)
        for one in broken:
            ends[one.state].append(one)
        best: tuple[int, Broken] | None = None
        order: list[tuple[int, int, int, tuple[int, Edge | Push] | None]]
        order = [(0, count, at, None) for count, at in enumerate(self.explored.starts)]
        count = len(order)
        while order:
            cost, _, at, move = heappop(order)
            if at in self.costs:
                continue
            if best and cost >= best[0]:
                break
            self.explored.budget.spend()
            self.costs[at], self.moves[at] = cost, move
            for one in ends.get(at, ()):
                total = cost + one.cost + self.returns.of(one.via)
                best = best if best and best[0] <= total else (total, one)
            for edge in self.explored.inner[at]:
                if edge.to not in self.costs:
                    count += 1
                    heappush(order, (cost + edge.cost + self.returns.of(edge.via), count, edge.to, (at, edge)))
            for push in self.explored.pushes[at]:
                if push.entry not in self.costs:
                    count += 1
                    heappush(order, (cost + 1, count, push.entry, (at, push)))
        return best[1] if best else None

    def to(self, at: int) -> list[Taken]:
        """Return the moves of the shortest path to a state."""
        parts: list[list[Taken]] = []
        while (move := self.moves[at]) is not None:
            at, last = move
            parts.append(self.through(last.taken, last.via if isinstance(last, Edge) else None))
        return [taken for part in reversed(parts) for taken in part]

    def through(self, taken: Taken, via: Via | None) -> list[Taken]:
        """Return a move, and the moves of the shortest path through its call."""
        found = [taken]
        todo: list[Ending] = [via] if via else []
        while todo:
            move = self.returns.moves[ending := todo.pop()]
            found.append(move.taken)
            if isinstance(move, Edge):
                todo.append((move.to, ending[1]))
            if move.via:
                todo.append(move.via)
        return found


def shortest(explored: Explored) -> tuple[list[Taken], Broken] | None:
    """Return the shortest path that violates the guarantee, with its last move; None if there is none."""
    if not explored.broken:
        return None
    paths = Paths(explored, Returns(explored).found())
    best = paths.found(explored.broken)
    return ([*paths.to(best.state), *paths.through(best.taken, best.via)], best) if best else None
