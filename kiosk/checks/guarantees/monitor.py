"""A guarantee as a small automaton that watches a walk: waiting, counting, done, or broken.

`always`, `never`, `at-most` and `every-end` all say that something must not happen yet: `bad`, after `after`, without
`ok` before it. `from-every-step` is decided in `liveness`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

from kiosk.checks.guarantees.automaton import Compiled, Way
from kiosk.checks.guarantees.budget import TooMuchError
from kiosk.checks.guarantees.knowledge import MAX_TICKED, Kind, Look
from kiosk.protocol.guarantee import ANY, Event, Events, Guarantee
from kiosk.protocol.kinds.call import CallStep
from kiosk.protocol.kinds.kind import ExitKind
from kiosk.protocol.kinds.registry import answers_of, facts_of
from kiosk.protocol.model import Step

AFTER, OK, BAD, CUT = 1, 2, 4, 8
"""Flags of a moment: `after` happens; `ok` happens; `bad` happens; the walk is none that counts any more."""

DONE = None
"""Nothing that follows can break it."""

_TELLING = {
    ExitKind.OPTION: ("answer",),
    ExitKind.TICKED: ("answer",),
    ExitKind.DONE: ("record",),
    ExitKind.REACHED: ("call", "reached"),
    ExitKind.NOBODY: ("call",),
    ExitKind.PRESSED: ("interrupt",),
}
"""Kind of way → the events that it can be."""

Occurring = tuple[int, tuple[Look, ...]]
"""Flags, and what must have been ticked for them."""


@dataclass(frozen=True)
class Monitor:
    """Watches one guarantee.

    most:    how many answers may come before `ok`; None when none are counted.
    first:   what it is before the first step: -1 waits for `after`, 0 and more is the number of answers counted.
    lacking: the settings that must not be so for a walk to break it.
    """

    graph: Compiled
    after: Events
    ok: Events
    bad: Events
    except_: frozenset[int]
    most: int | None
    first: int
    lacking: tuple[Look, ...]
    arrivals: dict[int, int] = field(default_factory=dict)

    def arrived(self, node: int, state: int) -> tuple[int | None, bool]:
        """What it is once a node is on the screen, and whether that broke it."""
        flags = self.arrivals.get(node)
        if flags is None:
            flags = self.arrivals[node] = self._arrival(node)
        return self.moved(state, flags) if flags else (state, False)

    def moved(self, state: int, flags: int) -> tuple[int | None, bool]:
        """What it is after a moment with these flags, and whether that broke it."""
        if flags & OK and (state >= 0 or self.most is None):
            return (-1, False) if self.most is not None and self.after else (DONE, False)
        if flags & CUT and state >= 0:
            return (-1, False) if self.after else (DONE, False)
        if flags & BAD and state >= 0:
            return state, True
        return (0 if flags & AFTER and state < 0 else state), False

    def counted(self, state: int) -> tuple[int, bool]:
        """What it is after one more answer, and whether that was one too many."""
        if self.most is None or state < 0:
            return state, False
        return state + 1, state + 1 > self.most

    def _arrival(self, node: int) -> int:
        found = sum(flag for flag, events in self._sides() if any(self._arrives(e, node) for e in events))
        step = self.graph.step(node)
        if isinstance(step, CallStep) and step.once:
            found &= ~OK  # it may be passed without being shown
        # Whom an outcome tells holds of that outcome alone: another end of the same walk must tell them too.
        fine = node in self.except_ or any(self._holds(e, node) for e in self.ok)
        return found & ~BAD if fine else found

    def _sides(self) -> tuple[tuple[int, Events], ...]:
        return (AFTER, self.after), (OK, self.ok), (BAD, self.bad)

    def _arrives(self, event: Event, node: int) -> bool:
        name, outcome = self.graph.names[node], self.graph.step(node) is None
        match event.kind:
            case "step":
                return not outcome and node not in self.graph.decisions and _named(event, name)
            case "outcome":
                return outcome and _named(event, name)
        return False

    def _holds(self, event: Event, node: int) -> bool:
        end = self.graph.protocol.outcomes[self.graph.names[node]] if self.graph.step(node) is None else None
        if end is None or event.kind not in ("to_notify", "refer"):
            return False
        roles = end.to_notify if event.kind == "to_notify" else (end.refer,) if end.refer else ()
        return any(_named(event, role) for role in roles)

    def leaving(self, node: int, way: Way) -> Iterator[Occurring]:
        """What can happen when a node is left this way; the ticks of a choose step decide between several.

        Raises TooMuchError when it looks at them in too many ways.
        """
        if way.kind not in self.telling:
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
            looks = (Look("answer", self.graph.names[node], values, said) for values, said in held.items())
            yield self._leaves(node, way, held), tuple(looks)

    @cached_property
    def weight(self) -> int:
        """How many names it looks for at every node."""
        return sum(len(e.names) for _, events in self._sides() for e in events)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of events that it watches."""
        return frozenset(e.kind for _, events in self._sides() for e in events)

    @cached_property
    def telling(self) -> frozenset[str]:
        """The kinds of ways by which something that it watches can happen."""
        told = frozenset(kind for kind, events in _TELLING.items() if self.kinds.intersection(events))
        return told | {ExitKind.NOBODY, ExitKind.PRESSED} if "step" in self.kinds and self._once else told

    @cached_property
    def _once(self) -> bool:
        return any(isinstance(step, CallStep) and step.once for step in self.graph.protocol.steps.values())

    @staticmethod
    def _about(event: Event, step: str) -> bool:
        return event.kind == "answer" and event.of == step

    @staticmethod
    def _ticks(event: Event, step: Step) -> frozenset[str]:
        return frozenset(answers_of(step)) if ANY in event.names else frozenset(event.names)

    def looks(self) -> Iterator[tuple[Kind, str, frozenset[str]]]:
        """Every look at the ticks of a choose step that it makes itself."""
        for event in (e for _, events in self._sides() for e in events if e.kind == "answer"):
            step = self.graph.protocol.steps.get(event.of)
            if step is not None and any(w.kind == ExitKind.TICKED for w in self.graph.ways[self.graph.index[step.id]]):
                yield "answer", step.id, self._ticks(event, step)

    def _leaves(self, node: int, way: Way, held: dict[frozenset[str], bool]) -> int:
        found = CUT if self.most is not None and way.kind == ExitKind.PRESSED else 0
        for flag, events in self._sides():
            if flag == OK and way.kind == ExitKind.REACHED and self._asks_anew(self.graph.step(node)):
                continue
            if any(self._leaves_by(e, node, way, held, flag) for e in events):
                found |= flag
        return found

    def _leaves_by(self, event: Event, node: int, way: Way, held: dict[frozenset[str], bool], flag: int) -> bool:
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
                # Left this way, it was on the screen; what is to be in reach from every step may yet be passed.
                return not self._in_reach and _named(event, step.id)
            case "record", ExitKind.DONE:
                return any(_named(event, f) for f in facts_of(step))
            case "answer", ExitKind.OPTION:
                return step is not None and event.of == step.id and _named(event, way.name)
            case "answer", ExitKind.TICKED:
                return step is not None and event.of == step.id and held[self._ticks(event, step)]
        return False

    def _called(self, step: CallStep, way: Way, flag: int) -> tuple[str, ...]:
        """The roles that are called when a call step is left this way; all who may be, where that would be wrong."""
        if flag != OK:
            return (*step.roles, *self.graph.protocol.after_hours)
        if way.kind == ExitKind.REACHED and not self._at_any_hour(step, way):
            return step.roles
        if step.once and way.kind == ExitKind.REACHED:
            return (way.name,)
        return (*step.roles, way.name)

    @property
    def _in_reach(self) -> bool:
        """Whether it only asks what can be reached, and says nothing of the walk that was taken."""
        return not self.bad and self.most is None

    def _at_any_hour(self, step: CallStep, way: Way) -> bool:
        """Whether the person who answers may be called by day, too; a walk that was taken had its hour."""
        return not self._in_reach or way.name in step.roles

    def _asks_anew(self, step: Step | None) -> bool:
        """Whether a step may be passed by itself where something is asked for that happens after `after`."""
        return isinstance(step, CallStep) and step.once and self.most is not None and bool(self.after)


def _named(event: Event, name: str) -> bool:
    return name in event.names or event.names == (ANY,)


def monitor(graph: Compiled, guarantee: Guarantee) -> Monitor:
    """The automaton of a guarantee that is not `from-every-step`."""
    before = [e for e in guarantee.unless if e.kind != "setting"]
    looks = tuple(Look("setting", e.of, frozenset(e.names), False) for e in guarantee.unless if e.kind == "setting")
    except_ = frozenset(graph.index[o] for o in guarantee.except_ if o in graph.index)
    ok, bad = _sides(guarantee, before)
    first = -1 if guarantee.after else 0
    most = (guarantee.most or 0) if guarantee.verb == "at-most" else None
    return Monitor(graph, guarantee.after, ok, bad, except_, most, first, looks)


def _sides(guarantee: Guarantee, before: Iterable[Event]) -> tuple[Events, Events]:
    """What makes a walk safe, and what breaks the guarantee when it comes first."""
    match guarantee.verb:
        case "always":
            return (*guarantee.what, *before), guarantee.before
        case "never":
            return tuple(before), guarantee.what
        case "every-end":
            return (*guarantee.what, *before), (Event("outcome", (ANY,)),)
    return guarantee.what, ()
