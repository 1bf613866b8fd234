"""Explore a protocol with the engine of the desk: every answer of every step, and every interrupt at each step.

The search covers every edge, not every path. The state of a walk is its step, the combination of settings that
branches use, whether there is a return target, and the set of `once` steps that would be skipped. A second search for
rules about earlier answers adds those answers to the state. The order is deterministic, and `Budget` limits the work.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kiosk.checks.walks.answers import offered, taken
from kiosk.engine.encounter import Encounter, Situation, begin, press
from kiosk.protocol.kinds.branch import BranchStep
from kiosk.protocol.kinds.call import CallStep
from kiosk.protocol.kinds.registry import answer_names, answers_of, ids_in, is_shown
from kiosk.protocol.model import Protocol
from kiosk.protocol.replies import Reply
from kiosk.protocol.validation.graph import choices_that_route, routing_combinations

MOST_WORK = 20_000
"""Maximum work of one search, in units of 30 to 100 µs; a search that needs more is incomplete, with a finding."""


@dataclass(frozen=True, slots=True)
class Explored:
    """The result of an exploration.

    taken:  the answers that were given, as (step, answer as `registry.answer_names` names it).
    held:   the rules that decided, as (branch, number from 0; the number after the last means `otherwise`).
    complete: whether every answer was tried; otherwise the budget ended, or there are too many settings.
    branches_complete: whether the search for rules about earlier answers was complete as well.
    """

    taken: frozenset[tuple[str, str]]
    held: frozenset[tuple[str, int]]
    complete: bool
    branches_complete: bool

    def dead_lines(self, protocol: Protocol) -> Iterator[tuple[str, int]]:
        """Return the rules that never decide: hidden by earlier rules, or never met in a complete search."""
        entered = {step for step, _ in self.held}
        for route in (step for step in protocol.steps.values() if isinstance(step, BranchStep) and step.id in entered):
            hidden = _hidden(route)
            for n in range(len(route.rules)):
                if n in hidden or (self.branches_complete and (route.id, n) not in self.held):
                    yield route.id, n

    def never_offered(self, protocol: Protocol) -> Iterator[tuple[str, str]]:
        """Return the answers that no walk could give, although their step was shown."""
        shown = {step for step, _ in self.taken}
        for step in protocol.steps.values() if self.complete else ():
            if step.id in shown:
                yield from ((step.id, i) for i in answers_of(step) if (step.id, i) not in self.taken)


@dataclass(slots=True)
class Budget:
    """The remaining work. A step costs more in a longer walk, and with more people to call."""

    left: int = MOST_WORK

    def spend(self, walk: Encounter) -> bool:
        """Spend the cost of one more step from this walk. Return whether the budget still allows it."""
        step = walk.step
        called = len(step.roles) if isinstance(step, CallStep) else 0
        self.left -= 1 + len(walk.replies) // 100 + called // 100
        return self.left > 0


@dataclass(slots=True)
class _Exploration:
    """One exploration in progress, used only by `explore`."""

    protocol: Protocol
    budget: Budget
    taken: set[tuple[str, str]] = field(default_factory=set)
    held: set[tuple[str, int]] = field(default_factory=set)
    complete: bool = True
    once: tuple[CallStep, ...] = field(init=False)
    by_roles: dict[tuple[str, ...], CallStep] = field(init=False)

    def __post_init__(self) -> None:
        self.once = tuple(s for s in self.protocol.steps.values() if isinstance(s, CallStep) and s.once)
        self.by_roles = {step.roles: step for step in self.once}

    def _passing(self, walk: Encounter) -> tuple[str, ...]:
        """Return the `once` steps that would be skipped now: the only effect of earlier calls on the path."""
        # Most of them call the same roles, and searching the calls of a walk is slow.
        passed = {roles: walk.passes(step) for roles, step in self.by_roles.items()}
        return tuple(step.id for step in self.once if passed[step.roles])

    # -- first search: every edge -----------------------------------------------------------------------------------

    def edges(self, choices: Mapping[str, str], *, interrupts: bool) -> None:
        """Give every answer of every step with these settings. interrupts: also press each interrupt at each step."""
        seen, todo = set[Hashable](), deque([self._start(choices)])
        while todo:
            walk = todo.popleft()
            key = (walk.at.step, walk.returns_to is not None, self._passing(walk))
            if key in seen:
                continue
            seen.add(key)
            todo.extend(self._moves(walk))
            todo.extend(self._presses(walk) if interrupts else ())

    def _start(self, choices: Mapping[str, str]) -> Encounter:
        walk = begin(self.protocol, Situation(choices))
        self.held.update(walk.decisions)
        return walk

    def _moves(self, walk: Encounter) -> Iterator[Encounter]:
        """Yield the walk after each possible answer."""
        for way in offered(walk):
            if not self.budget.spend(walk):
                self.complete = False
                return
            self.taken.update((walk.at.step, name) for name in way.names)
            yield self._after(walk, taken(walk, way))

    def _presses(self, walk: Encounter) -> Iterator[Encounter]:
        """Yield the walk after each interrupt that leads to another step."""
        for jump in self.protocol.interrupts:
            if jump.next == walk.at.step:
                continue
            if not self.budget.spend(walk):
                self.complete = False
                return
            yield self._after(walk, press(walk, walk.at, jump.id))

    def _after(self, walk: Encounter, moved: Encounter) -> Encounter:
        self.held.update(moved.decisions[len(walk.decisions) :])
        return moved

    # -- second search: rules about earlier answers -----------------------------------------------------------------

    def lines(self, route: BranchStep, combinations: Sequence[Mapping[str, str]]) -> None:
        """Search until every rule of a branch has decided once, or no new state is left."""
        subjects: dict[str, set[str]] = {}
        for rule in route.rules:
            if rule.kind == "answer":
                subjects.setdefault(rule.subject, set()).update(rule.values)
        # Most rules are met without interrupts, and pressing each one at each step is slow.
        hidden = _hidden(route)
        left = {(route.id, n) for n in range(len(route.rules)) if n not in hidden}
        for interrupts in (False, True):
            for choices in combinations if not self.held.issuperset(left) else ():
                if deciding := left & _deciding(route, choices) - self.held:
                    self._lines(choices, subjects, deciding, interrupts=interrupts)

    def _lines(
        self,
        choices: Mapping[str, str],
        subjects: Mapping[str, set[str]],
        deciding: set[tuple[str, int]],
        *,
        interrupts: bool,
    ) -> None:
        seen, todo = set[Hashable](), deque([self._start(choices)])
        while todo and not self.held.issuperset(deciding) and self.budget.left > 0:
            walk = todo.popleft()
            key = (walk.at.step, frames(walk, 1), self._passing(walk), _memory(walk, subjects))
            if key in seen:
                continue
            seen.add(key)
            todo.extend(self._moves(walk))
            todo.extend(self._presses(walk) if interrupts else ())


def explore(protocol: Protocol, most_work: int = MOST_WORK) -> Explored:
    """Explore the protocol, as far as the budget allows. It must pass `structure.check`, so that no walk fails."""
    walking = _Exploration(protocol, Budget(most_work))
    combinations = [protocol.choices(chosen) for chosen in choices_that_route(protocol)] or [{}]
    walking.edges({}, interrupts=True)
    for choices in combinations:
        walking.edges(choices, interrupts=False)
    complete = walking.complete and walking.budget.left > 0 and routing_combinations(protocol) <= len(combinations)
    walking.budget = Budget(most_work // 2)
    entered = {step for step, _ in walking.held}
    for step in protocol.steps.values():
        if isinstance(step, BranchStep) and step.id in entered:
            walking.lines(step, combinations)
    return Explored(
        frozenset(walking.taken),
        frozenset(walking.held),
        complete,
        complete and walking.budget.left > 0,
    )


def _deciding(route: BranchStep, choices: Mapping[str, str]) -> set[tuple[str, int]]:
    """Return the rules of a branch that can decide with these settings, as `Explored.held` names them."""
    found = set[tuple[str, int]]()
    for n, rule in enumerate(route.rules):
        settled = rule.kind == "setting"
        if settled and choices.get(rule.subject) not in rule.values:
            continue
        found.add((route.id, n))
        if settled:
            break  # it always matches, so no later rule decides
    return found


def _hidden(route: BranchStep) -> frozenset[int]:
    """Return the rules whose values all occur in earlier rules about the same subject."""
    taken: dict[tuple[str, str], set[str]] = {}
    hidden = set()
    for n, rule in enumerate(route.rules):
        before = taken.setdefault((rule.kind, rule.subject), set())
        if before.issuperset(rule.values):
            hidden.add(n)
        before.update(rule.values)
    return frozenset(hidden)


def frames(walk: Encounter, most: int) -> tuple[str, ...]:
    """Return the newest return targets of a walk, at most `most` of them, the newest last."""
    return walk.trail.frames[-most:]


def share(protocol: Protocol, explored: Explored) -> tuple[int, int]:
    """Return the number of answers that were given, and the number of all answers."""
    names = {(s.id, way) for s in protocol.steps.values() if is_shown(s) for way in answer_names(s)}
    return len(names & explored.taken), len(names)


def _memory(walk: Encounter, subjects: Mapping[str, set[str]]) -> Hashable:
    """Return the part of the earlier answers that the rules of a branch can distinguish."""
    answers = walk.trail.answers
    return tuple(_relevant(answers.get(subject), values) for subject, values in subjects.items())


def _relevant(reply: Reply | None, values: set[str]) -> Hashable:
    ids = ids_in(reply)
    return None if ids is None else frozenset(ids) & values
