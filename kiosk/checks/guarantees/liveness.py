"""Check that something can be reached from every reachable step, for every choice of the settings.

What lies deeper in the stack matters here: a step may lead to the goal only by returning. So the search goes over
states with their `tail`: from which ways back the goal is still reached, in how many answers. There are few.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import product

from kiosk.checks.guarantees.automaton import BACK, Compiled
from kiosk.checks.guarantees.budget import Budget, TooMuchError
from kiosk.checks.guarantees.decide import MAX_TRACKED, Against
from kiosk.checks.guarantees.distances import Distances
from kiosk.checks.guarantees.feasible import Replay
from kiosk.checks.guarantees.knowledge import Know, Knowledge, Look, Subject, Ticked, knowledge, looks_of
from kiosk.checks.guarantees.monitor import OK, Monitor
from kiosk.checks.guarantees.reachability import Edge, Exit, Explored, Push, State, Taken
from kiosk.checks.guarantees.shortest_path import Paths, Returns
from kiosk.protocol.guarantee import Events, Guarantee
from kiosk.protocol.kinds.kind import ExitKind

Tail = frozenset[tuple[Exit, int]]
"""Ways back with the answers from there to the goal; a way back that is not there does not lead to it."""

Spot = tuple[int, Tail]


def never_reached(graph: Compiled, guarantee: Guarantee, budget: Budget, *, keys: bool = True) -> Against | None:
    """The shortest path to a step from where a `from-every-step` guarantee does not hold; None when there is none.

    `keys`: whether an interrupt may be pressed on the way to the goal. Raises TooMuchError as the budget says.
    """
    tracked: list[Subject] = []
    while True:
        known = knowledge(graph.domains, looks_of(graph), tracked)
        explored = _explored(graph, known, budget)
        search = _Search(explored, guarantee.what, guarantee.most, keys).ready()
        found = search.failing()
        if found is None:
            return None
        path, at = found
        replay = Replay(graph).run(path, _known(known, explored.states[at].know))
        more = [replay.wrong] if replay.wrong else search.unknown(at, known)
        if not more:
            return Against(tuple(path), explored.states[at].node, replay)
        tracked += more
        if len(tracked) > MAX_TRACKED:
            raise TooMuchError


def _explored(graph: Compiled, known: Knowledge, budget: Budget) -> Explored:
    """All a walk can come to, whatever is watched. With nothing remembered it is explored once for all guarantees."""
    if not known.tracked and graph.explored:
        explored: Explored = graph.explored[0]
        explored.budget = budget
        return explored
    unwatched = Monitor(graph, (), (), (), frozenset(), None, 0, ())
    explored = Explored(graph, unwatched, known, budget, eager=True).run(_chosen(known, graph))
    if not known.tracked:
        graph.explored.append(explored)
    return explored


def _known(known: Knowledge, know: Know) -> Iterator[Look]:
    """The settings and ticks under which a step was found, as looks: what can follow turns on them."""
    for (kind, subject), fact in zip(known.tracked, know, strict=True):
        if isinstance(fact, Ticked):
            yield from (Look(kind, subject, values, held) for values, held in fact.shown)
        elif kind == "setting" and isinstance(fact, frozenset):
            yield Look(kind, subject, fact, True)


def _chosen(known: Knowledge, graph: Compiled) -> Iterator[Know]:
    """Every way to choose the tracked settings, choices that no `when` tells apart taken together."""
    sets = [(kind, subject, values) for kind, subject, values in looks_of(graph) if kind == "setting"]
    found: list[list[frozenset[str] | None]] = []
    for kind, subject in known.tracked:
        alike: dict[tuple[bool, ...], list[str]] = {}
        for choice in known.domains[kind, subject] if kind == "setting" else ():
            alike.setdefault(tuple(choice in v for _, s, v in sets if s == subject), []).append(choice)
        found.append([frozenset(c) for c in alike.values()] if kind == "setting" else [None])
    yield from product(*found)


@dataclass(slots=True)
class _Search:
    """One search with what is remembered so far."""

    explored: Explored
    goal: Events
    most: int | None
    keys: bool
    distances: Distances = field(init=False)
    monitor: Monitor = field(init=False)

    def ready(self) -> _Search:
        """Measure from where the goal is reached; gives itself back."""
        graph = self.explored.graph
        self.monitor = Monitor(graph, (), self.goal, (), frozenset(), None, 0, ())
        self.explored.budget.spend(self.monitor.weight * len(self.explored.states) // 10)
        unit = 0 if self.most is None else 1
        self.distances = Distances(self.explored, unit, self._counts).found(self._reached)
        return self

    def _counts(self, taken: Taken) -> bool:
        return self.keys or taken.way is None or taken.way.kind != ExitKind.PRESSED

    def _reached(self, at: int) -> bool:
        """Whether the goal has come with this state, or comes with one of the answers it offers."""
        state, graph = self.explored.states[at], self.explored.graph
        if self.monitor.arrived(state.node, 0)[0] is None:
            return True
        ways = (w for w in graph.ways[state.node] if self._counts(Taken(state.node, w)))
        offered = (w for w in ways if state.framed or w.target != BACK or not graph.offers_return(state.node))
        return any(flags & OK for way in offered for flags, _ in self.monitor.leaving(state.node, way))

    @property
    def _limit(self) -> int:
        return self.most or 0

    def _far(self, at: int, tail: Tail) -> int:
        """Answers from a state to the goal; one more than allowed stands for any more, or never."""
        costs = self.distances.costs
        ways = [costs.get((at, None), self._limit + 1)]
        ways += [costs[at, left] + rest for left, rest in tail if (at, left) in costs]
        return min(*ways, self._limit + 1)

    def failing(self) -> tuple[list[Taken], int] | None:
        """The shortest path to a step from where the goal is too far, and its state."""
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
                return _told(spot, moves, paths), spot[0]
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
        """The tail of what a call enters: from which of its exits the goal is reached."""
        far = ((left, self._back(at, tail, push.frame, left)) for left in self.explored.exits[push.entry])
        return frozenset((left, rest) for left, rest in far if rest <= self._limit)

    def _back(self, at: int, tail: Tail, frame: int, left: Exit) -> int:
        framed = self.explored.states[at].framed
        if frame == BACK and framed:
            return dict(tail).get(left, self._limit + 1)
        node = self.explored.graph.start if frame == BACK else frame
        return self._far(self.explored.id_of(State(node, left[0], left[1], framed)), tail)

    def unknown(self, at: int, known: Knowledge) -> list[Subject]:
        """The subjects not remembered that a walk from this state can still look at."""
        seen, todo = set[int](), [at]
        while todo:
            here = todo.pop()
            if here not in seen:
                seen.add(here)
                todo += [e.to for e in self.explored.inner[here]] + [p.entry for p in self.explored.pushes[here]]
        # Where a walk can return, anything can follow.
        nodes: Iterable[int] = self.explored.graph.decisions
        if not self.explored.exits[at]:
            nodes = {self.explored.states[n].node for n in seen} & self.explored.graph.decisions.keys()
        looked = ((r.kind, r.subject) for node in sorted(nodes) for r in self.explored.graph.decisions[node][0])
        return [s for s in dict.fromkeys(looked) if s in known.domains and s not in known.place]


def _told(spot: Spot, moves: dict[Spot, tuple[Spot, Edge | Push] | None], paths: Paths) -> list[Taken]:
    parts: list[list[Taken]] = []
    while (move := moves[spot]) is not None:
        spot, last = move
        parts.append(paths.through(last.taken, last.via if isinstance(last, Edge) else None))
    return [taken for part in reversed(parts) for taken in part]
