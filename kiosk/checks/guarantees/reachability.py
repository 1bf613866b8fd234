"""Everything a walk can come to, with a stack of any depth: reachability in a pushdown system, by summaries.

A state is a node, what is known, what the watch says, and whether there is somewhere to return to. What lies deeper in
the stack is not part of it: a way that puts a frame on the stack enters a state that does not depend on the frame, and
the `exits` of that state say with which knowledge and watch it can take the frame off again. So the states are finite
and the answer is exact, however often calls and interrupts are nested.

A corrected encounter needs no ways of its own: its position is derived by walking along the replies it has then, so it
stands where a walk stands that gave these replies at once (`encounter._walk`); settings do not change in a walk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from kiosk.checks.guarantees.automaton import BACK, NONE, Compiled, Way
from kiosk.checks.guarantees.budget import Budget
from kiosk.checks.guarantees.knowledge import Know, Knowledge, Look
from kiosk.checks.guarantees.monitor import Monitor
from kiosk.protocol.kinds.kind import ExitKind


class State(NamedTuple):
    """Where a walk stands; `framed`: there is somewhere to return to."""

    node: int
    know: Know
    watch: int
    framed: bool


Exit = tuple[Know, int]
"""What is known, and what the watch says, when a frame is taken off the stack."""

Via = tuple[int, Exit]
"""The state that a call entered, and how it came back; None for a way that does not call and come back."""


class Taken(NamedTuple):
    """What led on from a node: a way, with what was ticked; or a line of a `when` step, by its number from 0."""

    node: int
    way: Way | None
    ticks: tuple[Look, ...] = ()
    line: int = 0

    def looks(self, graph: Compiled) -> Iterator[Look]:
        """Every look that was made, and how it turned out."""
        yield from self.ticks
        for number, rule in enumerate(graph.decisions[self.node][0][: self.line + 1] if self.way is None else ()):
            yield Look(rule.kind, rule.subject, rule.values, number == self.line)


class Edge(NamedTuple):
    """From one state to another on the same level of the stack. `cost` is in answers, that of `via` not counted."""

    to: int
    cost: int
    taken: Taken
    via: Via | None


class Leave(NamedTuple):
    """A way that takes the frame off the stack."""

    exit: Exit
    cost: int
    taken: Taken
    via: Via | None


class Push(NamedTuple):
    """A way that puts a frame on the stack and enters the state `entry`."""

    entry: int
    frame: int
    taken: Taken


class Broken(NamedTuple):
    """A way that breaks the guarantee."""

    state: int
    cost: int
    taken: Taken
    via: Via | None
    last: int


@dataclass(slots=True)
class Explored:
    """Every state a walk can come to, and how they hang together. `states[n]` has the edges `inner[n]`, and so on.

    eager: what is ticked is known at once, and not only once a look needs it.
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
    _ways: dict[int, list[tuple[Way, int, tuple[Look, ...]]]] = field(default_factory=dict)

    def run(self, firsts: Iterable[Know]) -> Explored:
        """Explore from the protocol's start, once for each thing that may be known at first; gives itself back."""
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
                    Taken(self.graph.start, Way(ExitKind.DONE, "", NONE)),
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
        """The number of a state that was come to."""
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
        for way, flags, looks in self._leaving(state.node):
            if way.target == BACK and not state.framed and self.graph.offers_return(state.node):
                continue
            self._leave(at, state, way, flags, looks)

    def _leaving(self, node: int) -> list[tuple[Way, int, tuple[Look, ...]]]:
        """The ways that differ in anything that matters."""
        found = self._ways.get(node)
        if found is None:
            name, nothing = self.graph.names[node], self.knowledge.nothing
            seen: dict[object, tuple[Way, int, tuple[Look, ...]]] = {}
            for way in self.graph.ways[node]:
                fact = self.knowledge.learned(nothing, name, way)
                for flags, looks in self.watch.leaving(node, way):
                    seen.setdefault((way.target, way.frame, fact, flags, looks), (way, flags, looks))
            found = self._ways[node] = list(seen.values())
        return found

    def _leave(self, at: int, state: State, way: Way, flags: int, looks: tuple[Look, ...]) -> None:
        watch, wrong = self.watch.moved(state.watch, flags) if flags else (state.watch, False)
        if watch is not None and not wrong and state.watch >= 0 <= watch:
            watch, wrong = self.watch.counted(watch)
        if watch is None:
            return
        taken = Taken(state.node, way, looks)
        for know in self._known(state, way, looks):
            if wrong:
                self._break(at, know, 1, taken, None, NONE)
            else:
                self._go(at, way.target, (know, watch), 1, taken, way.frame)

    def _known(self, state: State, way: Way, looks: tuple[Look, ...]) -> Iterable[Know]:
        """What can be known after leaving a state this way."""
        if not state.know:
            return (state.know,)
        name = self.graph.names[state.node]
        learned = self.knowledge.learned(state.know, name, way)
        return self.knowledge.settled(learned, name) if self.eager else self._ticked(learned, looks)

    def _ticked(self, know: Know, looks: tuple[Look, ...]) -> list[Know]:
        found = [know]
        for look in looks:
            turned = (self.knowledge.looked(k, look.kind, look.subject, look.values) for k in found)
            found = [k for each in turned for held, k in each if held == look.held]
        return found

    def _decide(self, at: int, state: State) -> None:
        rules, otherwise = self.graph.decisions[state.node]
        knows: list[Know] = [state.know]
        for line, rule in enumerate(rules):
            others: list[Know] = []
            for know in knows:
                self.budget.spend()
                for held, then in self.knowledge.looked(know, rule.kind, rule.subject, rule.values):
                    if held:
                        self._go(at, rule.target, (then, state.watch), 0, Taken(state.node, None, (), line), NONE)
                    else:
                        others.append(then)
            knows = others
        for know in knows:
            self._go(at, otherwise, (know, state.watch), 0, Taken(state.node, None, (), len(rules)), NONE)

    def _go(self, at: int, target: int, then: Exit, cost: int, taken: Taken, frame: int) -> None:
        """One way from a state: to a node, back, or into a call."""
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
        if self._ticked(know, self.watch.lacking):
            self.broken.append(Broken(at, cost, taken, via, last))

    def _resume(self, at: int, push: Push, left: Exit) -> None:
        """The call that `push` made comes back with `left`."""
        state = self.states[at]
        if push.frame == state.node and left == (state.know, state.watch) and not self.watch.arrivals.get(state.node):
            # A key was pressed and nothing came of it; that is most of them.
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
        """A new exit is one of every state that leads here, and every call of this state can come back with it."""
        for earlier in self._before[at]:
            self._add(earlier, left)
        for caller, push in tuple(self._callers[at]):
            self._resume(caller, push, left)
