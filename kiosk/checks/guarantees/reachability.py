"""Reachability in the product of protocol and monitor, a pushdown system, by summaries of calls.

A state is a node, the abstract values of tracked subjects, the state of the monitor, and whether the stack is empty.
The frames are not part of it: a push enters a state that does not depend on the frame, and the `exits` of that state
are the values with which it can pop the frame. So there are finitely many states, and the result is exact although
calls and interrupts may nest without limit.

A changed answer needs no transition: the position is derived by replaying the current replies, so it equals that of a
walk that gave these replies at once (`engine.encounter`). Settings do not change during a walk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from kiosk.checks.guarantees.automaton import BACK, NONE, Compiled, Transition
from kiosk.checks.guarantees.budget import Budget
from kiosk.checks.guarantees.knowledge import Know, Knowledge, Predicate
from kiosk.checks.guarantees.monitor import Monitor
from kiosk.protocol.kinds.kind import ExitKind


class State(NamedTuple):
    """A state of the product automaton. framed: the stack is not empty."""

    node: int
    know: Know
    watch: int
    framed: bool


Exit = tuple[Know, int]
"""A summary: the abstract values and the monitor's state when a frame is popped."""

Via = tuple[int, Exit]
"""A call that returned: the state that it entered, and its exit."""


class Taken(NamedTuple):
    """One move from a node: a transition with its checked items, or a rule of a branch, by its number from 0."""

    node: int
    way: Transition | None
    ticks: tuple[Predicate, ...] = ()
    line: int = 0

    def predicates(self, graph: Compiled) -> Iterator[Predicate]:
        """Yield the predicates that the move requires."""
        yield from self.ticks
        for number, rule in enumerate(graph.decisions[self.node][0][: self.line + 1] if self.way is None else ()):
            yield Predicate(rule.kind, rule.subject, rule.values, number == self.line)


class Edge(NamedTuple):
    """A move to another state on the same stack level. cost: its answers, without those of `via`."""

    to: int
    cost: int
    taken: Taken
    via: Via | None


class Leave(NamedTuple):
    """A move that pops the frame."""

    exit: Exit
    cost: int
    taken: Taken
    via: Via | None


class Push(NamedTuple):
    """A move that pushes a frame and enters the state `entry`."""

    entry: int
    frame: int
    taken: Taken


class Broken(NamedTuple):
    """A move that violates the guarantee."""

    state: int
    cost: int
    taken: Taken
    via: Via | None
    last: int


@dataclass(slots=True)
class Explored:
    """All reachable states and the moves between them. `states[n]` has the edges `inner[n]`, and so on.

    eager: resolve the predicates on checked items at once, not only when a branch tests them.
    """

    graph: Compiled
    watch: Monitor
    knowledge: Knowledge
    budget: Budget
    eager: bool = False
    states: list[State] = field(default_factory=list)
    inner: list[list[Edge]] = field(default_factory=list)
    leaves: list[list[Leave]] = field(default_factory=list)
    pushes: list[list[Push]] = field(default_factory=list)
    exits: list[dict[Exit, None]] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    _ids: dict[State, int] = field(default_factory=dict)
    _before: list[list[int]] = field(default_factory=list)
    _callers: list[list[tuple[int, Push]]] = field(default_factory=list)
    _todo: list[int] = field(default_factory=list)
    _left: list[tuple[int, Exit]] = field(default_factory=list)
    _ways: dict[int, list[tuple[Transition, int, tuple[Predicate, ...]]]] = field(default_factory=dict)

    def run(self, firsts: Iterable[Know]) -> Explored:
        """Explore from the protocol's start, once for each of these initial values. Return self."""
        self.budget.spend(self.watch.weight * len(self.graph.names) // 50)
        for know in firsts if self.graph.start >= 0 else ():
            watch, wrong = self.watch.arrived(self.graph.start, self.watch.first)
            if wrong:
                watch = self.watch.first
            if watch is not None:
                self.starts.append(self._id(State(self.graph.start, know, watch, False)))
            if wrong:
                self._break(
                    self.starts[-1],
                    know,
                    0,
                    Taken(self.graph.start, Transition(ExitKind.DONE, "", NONE)),
                    None,
                    self.graph.start,
                )
        while self._todo or self._left:
            if self._left:
                self._spread(*self._left.pop())
            else:
                self._expand(self._todo.pop())
        return self

    def id_of(self, state: State) -> int:
        """Return the number of a reachable state."""
        return self._ids[state]

    def _id(self, state: State) -> int:
        found = self._ids.get(state)
        if found is None:
            self.budget.spend(6 + 2 * len(state.know))
            found = self._ids[state] = len(self.states)
            self.states.append(state)
            for table in (self.inner, self.leaves, self.pushes, self._before, self._callers):
                table.append([])
            self.exits.append({})
            self._todo.append(found)
        return found

    def _expand(self, at: int) -> None:
        state = self.states[at]
        if state.node in self.graph.decisions:
            self._decide(at, state)
            return
        for way, flags, predicates in self._leaving(state.node):
            if way.target == BACK and not state.framed and self.graph.hides_return(state.node):
                continue
            self._leave(at, state, way, flags, predicates)

    def _leaving(self, node: int) -> list[tuple[Transition, int, tuple[Predicate, ...]]]:
        """Return the transitions of a node, without those that are equivalent for this search."""
        found = self._ways.get(node)
        if found is None:
            name, nothing = self.graph.names[node], self.knowledge.nothing
            seen: dict[object, tuple[Transition, int, tuple[Predicate, ...]]] = {}
            for way in self.graph.ways[node]:
                fact = self.knowledge.learned(nothing, name, way)
                for flags, predicates in self.watch.leaving(node, way):
                    key = (way.target, way.frame, fact, flags, predicates)
                    seen.setdefault(key, (way, flags, predicates))
            found = self._ways[node] = list(seen.values())
        return found

    def _leave(self, at: int, state: State, way: Transition, flags: int, predicates: tuple[Predicate, ...]) -> None:
        watch, wrong = self.watch.moved(state.watch, flags) if flags else (state.watch, False)
        if watch is not None and not wrong and state.watch >= 0 <= watch:
            watch, wrong = self.watch.counted(watch)
        if watch is None:
            return
        taken = Taken(state.node, way, predicates)
        for know in self._known(state, way, predicates):
            if wrong:
                self._break(at, know, 1, taken, None, NONE)
            else:
                self._go(at, way.target, (know, watch), 1, taken, way.frame)

    def _known(self, state: State, way: Transition, predicates: tuple[Predicate, ...]) -> Iterable[Know]:
        """Return the possible abstract values after this transition."""
        if not state.know:
            return (state.know,)
        name = self.graph.names[state.node]
        learned = self.knowledge.learned(state.know, name, way)
        return self.knowledge.resolved(learned, name) if self.eager else self._restricted(learned, predicates)

    def _restricted(self, know: Know, predicates: tuple[Predicate, ...]) -> list[Know]:
        """Return the abstract values that satisfy these predicates."""
        found = [know]
        for p in predicates:
            tested = (self.knowledge.tested(k, p.kind, p.subject, p.values) for k in found)
            found = [k for each in tested for held, k in each if held == p.held]
        return found

    def _decide(self, at: int, state: State) -> None:
        rules, otherwise = self.graph.decisions[state.node]
        knows: list[Know] = [state.know]
        for line, rule in enumerate(rules):
            others: list[Know] = []
            for know in knows:
                self.budget.spend()
                for held, then in self.knowledge.tested(know, rule.kind, rule.subject, rule.values):
                    if held:
                        self._go(at, rule.target, (then, state.watch), 0, Taken(state.node, None, (), line), NONE)
                    else:
                        others.append(then)
            knows = others
        for know in knows:
            self._go(at, otherwise, (know, state.watch), 0, Taken(state.node, None, (), len(rules)), NONE)

    def _go(self, at: int, target: int, then: Exit, cost: int, taken: Taken, frame: int) -> None:
        """Add one move from a state: to a node, a pop, or a push."""
        if frame != NONE and target >= 0:
            watch = self._arrive(at, target, then, cost, taken, None)
            if watch is not None:
                push = Push(self._id(State(target, then[0], watch, True)), frame, taken)
                self.pushes[at].append(push)
                self._callers[push.entry].append((at, push))
                for left in tuple(self.exits[push.entry]):
                    self._resume(at, push, left)
        elif target == BACK:
            self._back(at, then, cost, taken, None)
        elif target >= 0:
            self._join(at, target, then, cost, taken, None)

    def _back(self, at: int, then: Exit, cost: int, taken: Taken, via: Via | None) -> None:
        if self.states[at].framed:
            self.leaves[at].append(Leave(then, cost, taken, via))
            self._add(at, then)
        else:
            self._join(at, self.graph.start, then, cost, taken, via)

    def _join(self, at: int, target: int, then: Exit, cost: int, taken: Taken, via: Via | None) -> None:
        watch = self._arrive(at, target, then, cost, taken, via)
        if watch is None:
            return
        self.budget.spend()
        to = self._id(State(target, then[0], watch, self.states[at].framed))
        if to == at:
            return
        self.inner[at].append(Edge(to, cost, taken, via))
        self._before[to].append(at)
        for left in tuple(self.exits[to]):
            self._add(at, left)

    def _arrive(self, at: int, target: int, then: Exit, cost: int, taken: Taken, via: Via | None) -> int | None:
        watch, wrong = self.watch.arrived(target, then[1])
        if wrong:
            self._break(at, then[0], cost, taken, via, target)
            return None
        return watch

    def _break(self, at: int, know: Know, cost: int, taken: Taken, via: Via | None, last: int) -> None:
        if self._restricted(know, self.watch.assumptions):
            self.broken.append(Broken(at, cost, taken, via, last))

    def _resume(self, at: int, push: Push, left: Exit) -> None:
        """Continue after the call of `push` returned with the exit `left`."""
        state = self.states[at]
        if push.frame == state.node and left == (state.know, state.watch) and not self.watch.arrivals.get(state.node):
            # An interrupt returned with the same values, so nothing changes; most do.
            return
        if push.frame == BACK:
            self._back(at, left, 1, push.taken, (push.entry, left))
        else:
            self._join(at, push.frame, left, 1, push.taken, (push.entry, left))

    def _add(self, at: int, left: Exit) -> None:
        if left not in self.exits[at]:
            self.budget.spend()
            self.exits[at][left] = None
            self._left.append((at, left))

    def _spread(self, at: int, left: Exit) -> None:
        """Propagate a new exit to every state that leads here, and to every caller of this state."""
        for earlier in self._before[at]:
            self._add(earlier, left)
        for caller, push in tuple(self._callers[at]):
            self._resume(caller, push, left)
