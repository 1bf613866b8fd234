"""A guarantee as a monitor automaton over a path: waiting, counting, satisfied, or violated.

`always`, `never`, `at-most` and `every-end` are safety properties: `bad` must not happen after `after` unless `ok`
happened before it. `liveness` decides `from-every-step`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import assert_never

from kiosk.checks.guarantees.automaton import Compiled, Transition
from kiosk.checks.guarantees.budget import TooMuchError
from kiosk.checks.guarantees.knowledge import MAX_TICKED, Kind, Predicate
from kiosk.protocol.guarantee import ANY, Event, Events, Guarantee
from kiosk.protocol.kinds.call import CallStep
from kiosk.protocol.kinds.kind import ExitKind
from kiosk.protocol.kinds.registry import answers_of, facts_of
from kiosk.protocol.model import Step

AFTER, OK, BAD, CUT = 1, 2, 4, 8
"""Flags of an event: it is `after`; `ok`; `bad`; or it makes the path irrelevant (an interrupt, for `at-most`)."""

DONE = None
"""The state in which nothing can violate the guarantee any more."""

_EVENTS = {
    ExitKind.OPTION: ("answer",),
    ExitKind.TICKED: ("answer",),
    ExitKind.DONE: ("record",),
    ExitKind.REACHED: ("call", "reached"),
    ExitKind.NOBODY: ("call",),
    ExitKind.PRESSED: ("interrupt",),
}
"""Kind of transition → the kinds of events that it can be."""

Occurring = tuple[int, tuple[Predicate, ...]]
"""Flags, and the predicates on checked items that they require."""


@dataclass(frozen=True)
class Monitor:
    """The automaton of one guarantee. Its states are -1 (waits for `after`), the number of counted answers, and DONE.

    most:    maximum number of answers before `ok`; None: answers are not counted.
    first:   the initial state.
    assumptions: predicates on settings that every counterexample must satisfy.
    """

    graph: Compiled
    after: Events
    ok: Events
    bad: Events
    except_: frozenset[int]
    most: int | None
    first: int
    assumptions: tuple[Predicate, ...]
    arrivals: dict[int, int] = field(default_factory=dict)

    def arrived(self, node: int, state: int) -> tuple[int | None, bool]:
        """Return the state after a node is shown, and whether that violates the guarantee."""
        flags = self.arrivals.get(node)
        if flags is None:
            flags = self.arrivals[node] = self._arrival(node)
        return self.moved(state, flags) if flags else (state, False)

    def moved(self, state: int, flags: int) -> tuple[int | None, bool]:
        """Return the state after an event with these flags, and whether it violates the guarantee."""
        if flags & OK and (state >= 0 or self.most is None):
            return (-1, False) if self.most is not None and self.after else (DONE, False)
        if flags & CUT and state >= 0:
            return (-1, False) if self.after else (DONE, False)
        if flags & BAD and state >= 0:
            return state, True
        return (0 if flags & AFTER and state < 0 else state), False

    def counted(self, state: int) -> tuple[int, bool]:
        """Return the state after one more answer, and whether that exceeds the maximum."""
        if self.most is None or state < 0:
            return state, False
        return state + 1, state + 1 > self.most

    def _arrival(self, node: int) -> int:
        found = sum(flag for flag, events in self._sides() if any(self._arrives(e, node) for e in events))
        step = self.graph.step(node)
        if isinstance(step, CallStep) and step.once:
            found &= ~OK  # it may be skipped without being shown
        # A condition on an outcome holds only there: another outcome of the same path must satisfy it as well.
        fine = node in self.except_ or any(self._holds(e, node) for e in self.ok)
        return found & ~BAD if fine else found

    def _sides(self) -> tuple[tuple[int, Events], ...]:
        return (AFTER, self.after), (OK, self.ok), (BAD, self.bad)

    def _arrives(self, event: Event, node: int) -> bool:
        is_outcome = self.graph.step(node) is None
        is_step = not is_outcome and node not in self.graph.decisions
        happens = (event.kind == "outcome" and is_outcome) or (event.kind == "step" and is_step)
        return happens and _named(event, self.graph.names[node])

    def _holds(self, event: Event, node: int) -> bool:
        end = self.graph.protocol.outcomes[self.graph.names[node]] if self.graph.step(node) is None else None
        if end is None:
            return False
        named = {
            "to_notify": end.to_notify,
            "refer": (end.refer,) if end.refer else (),
            "duty": tuple(duty.id for duty in end.duties),
        }
        return any(_named(event, name) for name in named.get(event.kind, ()))

    def leaving(self, node: int, way: Transition) -> Iterator[Occurring]:
        """Yield the possible events of a transition; at a checklist, the checked items decide between several.

        Raise TooMuchError for too many combinations of predicates on them.
        """
        if way.kind not in self.observed:
            yield (CUT if self.most is not None and way.kind == ExitKind.PRESSED else 0), ()
            return
        step = self.graph.step(node)
        sets: dict[frozenset[str], None] = {}
        if step is not None and way.kind == ExitKind.TICKED:
            sets = {self._ticks(e, step): None for _, es in self._sides() for e in es if self._about(e, step.id)}
        if 1 << len(sets) > MAX_TICKED:
            raise TooMuchError
        for answers in product((True, False), repeat=len(sets)):
            held = dict(zip(sets, answers, strict=True))
            predicates = (Predicate("answer", self.graph.names[node], values, true) for values, true in held.items())
            yield self._flags(node, way, held), tuple(predicates)

    @cached_property
    def weight(self) -> int:
        """The number of names that it compares at every node."""
        return sum(len(e.names) for _, events in self._sides() for e in events)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of events in the guarantee."""
        return frozenset(e.kind for _, events in self._sides() for e in events)

    @cached_property
    def observed(self) -> frozenset[str]:
        """The kinds of transitions that can be one of its events."""
        found = frozenset(kind for kind, events in _EVENTS.items() if self.kinds.intersection(events))
        return found | {ExitKind.NOBODY, ExitKind.PRESSED} if "step" in self.kinds and self._once else found

    @cached_property
    def _once(self) -> bool:
        return any(isinstance(step, CallStep) and step.once for step in self.graph.protocol.steps.values())

    @staticmethod
    def _about(event: Event, step: str) -> bool:
        return event.kind == "answer" and event.of == step

    @staticmethod
    def _ticks(event: Event, step: Step) -> frozenset[str]:
        return frozenset(answers_of(step)) if ANY in event.names else frozenset(event.names)

    def predicates(self) -> Iterator[tuple[Kind, str, frozenset[str]]]:
        """Yield its own predicates on the checked items of checklists, without truth values."""
        for event in (e for _, events in self._sides() for e in events if e.kind == "answer"):
            step = self.graph.protocol.steps.get(event.of)
            if step is not None and any(w.kind == ExitKind.TICKED for w in self.graph.ways[self.graph.index[step.id]]):
                yield "answer", step.id, self._ticks(event, step)

    def _flags(self, node: int, way: Transition, held: dict[frozenset[str], bool]) -> int:
        found = CUT if self.most is not None and way.kind == ExitKind.PRESSED else 0
        for flag, events in self._sides():
            if flag == OK and way.kind == ExitKind.REACHED and self._needs_new_event(self.graph.step(node)):
                continue
            if any(self._is_event(e, node, way, held, flag) for e in events):
                found |= flag
        return found

    def _is_event(self, event: Event, node: int, way: Transition, held: dict[frozenset[str], bool], flag: int) -> bool:
        """Check whether this transition from a node is the event. flag: the role of the event in the guarantee."""
        step = self.graph.step(node)
        match event.kind, way.kind:
            case "interrupt", ExitKind.PRESSED:
                return _named(event, way.name)
            case "reached", ExitKind.REACHED if isinstance(step, CallStep):
                return _named(event, way.name) and self._at_any_hour(step, way)
            case "call", (ExitKind.REACHED | ExitKind.NOBODY) if isinstance(step, CallStep):
                return not step.pick and any(_named(event, role) for role in self._called(step, way, flag))
            case "step", (ExitKind.NOBODY | ExitKind.PRESSED) if (
                flag == OK and isinstance(step, CallStep) and step.once
            ):
                # These transitions prove that the step was shown. A reachable step may still be skipped.
                return not self._is_reachability and _named(event, step.id)
            case "record", ExitKind.DONE:
                return any(_named(event, f) for f in facts_of(step))
            case "answer", ExitKind.OPTION:
                return step is not None and event.of == step.id and _named(event, way.name)
            case "answer", ExitKind.TICKED:
                return step is not None and event.of == step.id and held[self._ticks(event, step)]
        return False

    def _called(self, step: CallStep, way: Transition, flag: int) -> tuple[str, ...]:
        """Return the roles that this transition surely calls; for a bad event, all roles that it may call."""
        if flag != OK:
            return (*step.roles, *self.graph.protocol.after_hours)
        if way.kind == ExitKind.REACHED and not self._at_any_hour(step, way):
            return step.roles
        if step.once and way.kind == ExitKind.REACHED:
            return (way.name,)
        return (*step.roles, way.name)

    @property
    def _is_reachability(self) -> bool:
        """Whether the guarantee is about reachability, not about the path so far."""
        return not self.bad and self.most is None

    def _at_any_hour(self, step: CallStep, way: Transition) -> bool:
        """Check whether the person who answers is also called by day; a path so far had its own hour."""
        return not self._is_reachability or way.name in step.roles

    def _needs_new_event(self, step: Step | None) -> bool:
        """Check whether a step may be skipped because of an old event, although one after `after` is needed."""
        return isinstance(step, CallStep) and step.once and self.most is not None and bool(self.after)


def _named(event: Event, name: str) -> bool:
    return name in event.names or event.names == (ANY,)


def monitor(graph: Compiled, guarantee: Guarantee) -> Monitor:
    """Return the monitor of a guarantee. Not for `from-every-step`."""
    before = [e for e in guarantee.unless if e.kind != "setting"]
    assumptions = tuple(
        Predicate("setting", e.of, frozenset(e.names), False) for e in guarantee.unless if e.kind == "setting"
    )
    except_ = frozenset(graph.index[o] for o in guarantee.except_ if o in graph.index)
    ok, bad = _sides(guarantee, before)
    first = -1 if guarantee.after else 0
    most = (guarantee.most or 0) if guarantee.verb == "at-most" else None
    return Monitor(graph, guarantee.after, ok, bad, except_, most, first, assumptions)


def _sides(guarantee: Guarantee, before: Iterable[Event]) -> tuple[Events, Events]:
    """Return (ok, bad): the events that satisfy the guarantee, and those that violate it if they come first."""
    match guarantee.verb:
        case "always":
            return (*guarantee.what, *before), guarantee.before
        case "never":
            return tuple(before), guarantee.what
        case "every-end":
            return (*guarantee.what, *before), (Event("outcome", (ANY,)),)
        case "at-most" | "from-every-step":
            return guarantee.what, ()
        case _:
            assert_never(guarantee.verb)
