"""Liveness: check that a goal is reachable from every reachable step, for every choice of the settings.

The rest of the stack matters here: a step may reach the goal only after a return. So the search runs over states with a
`tail`: the exits after which the goal is still reachable, each with its number of answers. There are few tails.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import product

from kiosk.checks.guarantees.automaton import BACK, Compiled
from kiosk.checks.guarantees.budget import Budget, TooMuchError
from kiosk.checks.guarantees.decide import MAX_TRACKED, Counterexample
from kiosk.checks.guarantees.distances import Distances
from kiosk.checks.guarantees.feasible import Replay
from kiosk.checks.guarantees.knowledge import Know, Knowledge, Predicate, Subject, Ticked, knowledge, predicates_of
from kiosk.checks.guarantees.monitor import OK, Monitor
from kiosk.checks.guarantees.reachability import Edge, Exit, Explored, Push, State, Taken
from kiosk.checks.guarantees.shortest_path import Paths, Returns
from kiosk.protocol.guarantee import Events, Guarantee
from kiosk.protocol.kinds.kind import ExitKind

Tail = frozenset[tuple[Exit, int]]
"""Exits with the number of answers from there to the goal; from any other exit the goal is unreachable."""

Spot = tuple[int, Tail]


def find_liveness_violation(
    graph: Compiled, guarantee: Guarantee, budget: Budget, *, keys: bool = True
) -> Counterexample | None:
    """Return the shortest path to a step that violates a `from-every-step` guarantee; None if there is none.

    keys: whether interrupts may be pressed on the way to the goal. Raise TooMuchError if the budget is spent.
    """
    tracked: list[Subject] = []
    while True:
        known = knowledge(graph.domains, predicates_of(graph), tracked)
        explored = _explored(graph, known, budget)
        search = _Search(explored, guarantee.what, guarantee.most, keys).ready()
        found = search.failing()
        if found is None:
            return None
        path, at = found
        replay = Replay(graph).run(path, _known(known, explored.states[at].know))
        more = [replay.wrong] if replay.wrong else search.unknown(at, known)
        if not more:
            return Counterexample(tuple(path), explored.states[at].node, replay)
        tracked += more
        if len(tracked) > MAX_TRACKED:
            raise TooMuchError


def _explored(graph: Compiled, known: Knowledge, budget: Budget) -> Explored:
    """Return all reachable states. Without tracked subjects they are equal for all guarantees, so they are cached."""
    if not known.tracked and graph.explored:
        explored: Explored = graph.explored[0]
        explored.budget = budget
        return explored
    unwatched = Monitor(graph, (), (), (), frozenset(), None, 0, ())
    explored = Explored(graph, unwatched, known, budget, eager=True).run(_chosen(known, graph))
    if not known.tracked:
        graph.explored.append(explored)
    return explored


def _known(known: Knowledge, know: Know) -> Iterator[Predicate]:
    """Yield the settings and checked items of a state as predicates: its future depends on them."""
    for (kind, subject), fact in zip(known.tracked, know, strict=True):
        if isinstance(fact, Ticked):
            yield from (Predicate(kind, subject, values, held) for values, held in fact.shown)
        elif kind == "setting" and isinstance(fact, frozenset):
            yield Predicate(kind, subject, fact, True)


def _chosen(known: Knowledge, graph: Compiled) -> Iterator[Know]:
    """Yield every combination of the tracked settings; choices that no branch distinguishes are one value."""
    sets = [(kind, subject, values) for kind, subject, values in predicates_of(graph) if kind == "setting"]
    found: list[list[frozenset[str] | None]] = []
    for kind, subject in known.tracked:
        alike: dict[tuple[bool, ...], list[str]] = {}
        for choice in known.domains[kind, subject] if kind == "setting" else ():
            alike.setdefault(tuple(choice in v for _, s, v in sets if s == subject), []).append(choice)
        found.append([frozenset(c) for c in alike.values()] if kind == "setting" else [None])
    yield from product(*found)


@dataclass(slots=True)
class _Search:
    """One search with the subjects tracked so far."""

    explored: Explored
    goal: Events
    most: int | None
    keys: bool
    distances: Distances = field(init=False)
    monitor: Monitor = field(init=False)

    def ready(self) -> _Search:
        """Compute the distances to the goal and return self."""
        graph = self.explored.graph
        self.monitor = Monitor(graph, (), self.goal, (), frozenset(), None, 0, ())
        self.explored.budget.spend(self.monitor.weight * len(self.explored.states) // 10)
        unit = 0 if self.most is None else 1
        self.distances = Distances(self.explored, unit, self._counts).found(self._reached)
        return self

    def _counts(self, taken: Taken) -> bool:
        return self.keys or taken.way is None or taken.way.kind != ExitKind.PRESSED

    def _reached(self, at: int) -> bool:
        """Check whether the goal happens at this state, or with one of its answers."""
        state, graph = self.explored.states[at], self.explored.graph
        if self.monitor.arrived(state.node, 0)[0] is None:
            return True
        ways = (w for w in graph.ways[state.node] if self._counts(Taken(state.node, w)))
        offered = (w for w in ways if state.framed or w.target != BACK or not graph.hides_return(state.node))
        return any(flags & OK for way in offered for flags, _ in self.monitor.leaving(state.node, way))

    @property
    def _limit(self) -> int:
        return self.most or 0

    def _far(self, at: int, tail: Tail) -> int:
        """Return the number of answers from a state to the goal; limit + 1 means more, or unreachable."""
        costs = self.distances.costs
        ways = [costs.get((at, None), self._limit + 1)]
        ways += [costs[at, left] + rest for left, rest in tail if (at, left) in costs]
        return min(*ways, self._limit + 1)

    def failing(self) -> tuple[list[Taken], int] | None:
        """Return the shortest path to a step from which the goal is too far, and its state; None if there is none."""
        costs = self.distances.costs
        if all(costs.get((at, None), self._limit + 1) <= self._limit for at in self._steps()):
            return None
        returns = Returns(self.explored).found()
        paths = Paths(self.explored, returns)
        moves: dict[Spot, tuple[Spot, Edge | Push] | None] = {}
        todo: list[tuple[int, int, Spot, tuple[Spot, Edge | Push] | None]] = [
            (0, n, (at, frozenset()), None) for n, at in enumerate(self.explored.starts)
        ]
        count = len(todo)
        while todo:
            cost, _, spot, move = heappop(todo)
            if spot in moves:
                continue
            moves[spot] = move
            if self._is_step(spot[0]) and self._far(*spot) > self._limit:
                return _path_to(spot, moves, paths), spot[0]
            for more, then, taken in self._onward(spot, returns):
                if then not in moves:
                    self.explored.budget.spend()
                    count += 1
                    heappush(todo, (cost + more, count, then, (spot, taken)))
        return None

    def _steps(self) -> Iterator[int]:
        return (at for at in range(len(self.explored.states)) if self._is_step(at))

    def _is_step(self, at: int) -> bool:
        graph, node = self.explored.graph, self.explored.states[at].node
        return node not in graph.decisions and graph.step(node) is not None

    def _onward(self, spot: Spot, returns: Returns) -> Iterator[tuple[int, Spot, Edge | Push]]:
        at, tail = spot
        for edge in self.explored.inner[at]:
            yield edge.cost + returns.of(edge.via), (edge.to, tail), edge
        for push in self.explored.pushes[at]:
            yield 1, (push.entry, self._below(at, tail, push)), push

    def _below(self, at: int, tail: Tail, push: Push) -> Tail:
        """Return the tail inside a call: the exits after which the goal is reachable."""
        far = ((left, self._back(at, tail, push.frame, left)) for left in self.explored.exits[push.entry])
        return frozenset((left, rest) for left, rest in far if rest <= self._limit)

    def _back(self, at: int, tail: Tail, frame: int, left: Exit) -> int:
        framed = self.explored.states[at].framed
        if frame == BACK and framed:
            return dict(tail).get(left, self._limit + 1)
        node = self.explored.graph.start if frame == BACK else frame
        return self._far(self.explored.id_of(State(node, left[0], left[1], framed)), tail)

    def unknown(self, at: int, known: Knowledge) -> list[Subject]:
        """Return the untracked subjects that branches after this state may test."""
        seen, todo = set[int](), [at]
        while todo:
            here = todo.pop()
            if here not in seen:
                seen.add(here)
                todo += [e.to for e in self.explored.inner[here]] + [p.entry for p in self.explored.pushes[here]]
        # After a return, any branch may follow.
        nodes: Iterable[int] = self.explored.graph.decisions
        if not self.explored.exits[at]:
            nodes = {self.explored.states[n].node for n in seen} & self.explored.graph.decisions.keys()
        tested = ((r.kind, r.subject) for node in sorted(nodes) for r in self.explored.graph.decisions[node][0])
        return [s for s in dict.fromkeys(tested) if s in known.domains and s not in known.place]


def _path_to(spot: Spot, moves: dict[Spot, tuple[Spot, Edge | Push] | None], paths: Paths) -> list[Taken]:
    parts: list[list[Taken]] = []
    while (move := moves[spot]) is not None:
        spot, last = move
        parts.append(paths.through(last.taken, last.via if isinstance(last, Edge) else None))
    return [taken for part in reversed(parts) for taken in part]
