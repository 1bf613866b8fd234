"""Walks a protocol with the very engine the desk runs on: every answer of every step, and every interrupt on each.

What is promised is every edge, not every path: a step is entered once for each way to choose the settings that route,
with and without somewhere to return to, and with each set of `once` steps that need no call any more. `when` lines that
look at earlier answers get a second search of their own, which also tells those answers apart. The order is always the
same, and there is an end to it: see `Budget`.
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
"""How much one search does, in steps of 30 to 100 µs; what is left out then is said to be left out."""


@dataclass(frozen=True, slots=True)
class Explored:
    """What an exploration met.

    taken:  the answers that were given, as (step, way as `model.ways` and ticks name it).
    held:   the `when` lines that decided, as (step, number from 0; the number after the last is the otherwise).
    whole:  whether every answer was tried; else the budget ended, or there are too many ways to choose.
    searched: whether also the search for lines that look at earlier answers left nothing out.
    """

    taken: frozenset[tuple[str, str]]
    held: frozenset[tuple[str, int]]
    whole: bool
    searched: bool

    def dead_lines(self, protocol: Protocol) -> Iterator[tuple[str, int]]:
        """Return the `when` lines that never decide: hidden by earlier lines, or never met in a complete search."""
        entered = {step for step, _ in self.held}
        for route in (step for step in protocol.steps.values() if isinstance(step, BranchStep) and step.id in entered):
            hidden = _hidden(route)
            for n in range(len(route.rules)):
                if n in hidden or (self.searched and (route.id, n) not in self.held):
                    yield route.id, n

    def never_offered(self, protocol: Protocol) -> Iterator[tuple[str, str]]:
        """Return the answers that no walk could give although their step was shown."""
        shown = {step for step, _ in self.taken}
        for step in protocol.steps.values() if self.whole else ():
            if step.id in shown:
                yield from ((step.id, i) for i in answers_of(step) if (step.id, i) not in self.taken)


@dataclass(slots=True)
class Budget:
    """The remaining budget. A step costs more in a longer walk, and with more people to call."""

    left: int = MOST_WORK

    def spend(self, walk: Encounter) -> bool:
        """Whether the budget allows one more step from this walk."""
        step = walk.step
        called = len(step.roles) if isinstance(step, CallStep) else 0
        self.left -= 1 + len(walk.replies) // 100 + called // 100
        return self.left > 0


@dataclass(slots=True)
class _Exploration:
    """One exploration under way. Lives only inside `explore`."""

    protocol: Protocol
    budget: Budget
    taken: set[tuple[str, str]] = field(default_factory=set)
    held: set[tuple[str, int]] = field(default_factory=set)
    whole: bool = True
    once: tuple[CallStep, ...] = field(init=False)
    by_roles: dict[tuple[str, ...], CallStep] = field(init=False)

    def __post_init__(self) -> None:
        self.once = tuple(s for s in self.protocol.steps.values() if isinstance(s, CallStep) and s.once)
        self.by_roles = {step.roles: step for step in self.once}

    def _passing(self, walk: Encounter) -> tuple[str, ...]:
        """The `once` steps that would be passed by themselves now: what else a walk's calls decide about its way."""
        # Most of them call the same roles, and looking through the calls of a walk is the dear part.
        passed = {roles: walk.passes(step) for roles, step in self.by_roles.items()}
        return tuple(step.id for step in self.once if passed[step.roles])

    # -- first search: every edge -----------------------------------------------------------------------------------

    def edges(self, choices: Mapping[str, str], *, interrupts: bool) -> None:
        """Give every answer of every step where these settings are chosen; `interrupts`: press each on each, too."""
        seen, todo = set[Hashable](), deque([self._begun(choices)])
        while todo:
            walk = todo.popleft()
            key = (walk.at.step, walk.returns_to is not None, self._passing(walk))
            if key in seen:
                continue
            seen.add(key)
            todo.extend(self._moves(walk))
            todo.extend(self._presses(walk) if interrupts else ())

    def _begun(self, choices: Mapping[str, str]) -> Encounter:
        walk = begin(self.protocol, Situation(choices))
        self.held.update(walk.decisions)
        return walk

    def _moves(self, walk: Encounter) -> Iterator[Encounter]:
        """Where the walk is after every answer it can be given here."""
        for way in offered(walk):
            if not self.budget.spend(walk):
                self.whole = False
                return
            self.taken.update((walk.at.step, name) for name in way.names)
            yield self._after(walk, taken(walk, way))

    def _presses(self, walk: Encounter) -> Iterator[Encounter]:
        """Where the walk is after every interrupt that leads away from here."""
        for jump in self.protocol.interrupts:
            if jump.next == walk.at.step:
                continue
            if not self.budget.spend(walk):
                self.whole = False
                return
            yield self._after(walk, press(walk, walk.at, jump.id))

    def _after(self, walk: Encounter, moved: Encounter) -> Encounter:
        self.held.update(moved.decisions[len(walk.decisions) :])
        return moved

    # -- second search: lines that look at earlier answers ----------------------------------------------------------

    def lines(self, route: BranchStep, combinations: Sequence[Mapping[str, str]]) -> None:
        """Search on until every line of a `when` step has decided once, or there is nothing more to find."""
        subjects: dict[str, set[str]] = {}
        for rule in route.rules:
            if rule.kind == "answer":
                subjects.setdefault(rule.subject, set()).update(rule.values)
        # Most lines are met without an interrupt, and pressing each on each step is the dear part.
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
        seen, todo = set[Hashable](), deque([self._begun(choices)])
        while todo and not self.held.issuperset(deciding) and self.budget.left > 0:
            walk = todo.popleft()
            key = (walk.at.step, frames(walk, 1), self._passing(walk), _memory(walk, subjects))
            if key in seen:
                continue
            seen.add(key)
            todo.extend(self._moves(walk))
            todo.extend(self._presses(walk) if interrupts else ())


def explore(protocol: Protocol, most_work: int = MOST_WORK) -> Explored:
    """Walk the whole protocol, as far as the budget allows. It must pass its structure's check, so no walk breaks."""
    walking = _Exploration(protocol, Budget(most_work))
    combinations = [protocol.choices(chosen) for chosen in choices_that_route(protocol)] or [{}]
    walking.edges({}, interrupts=True)
    for choices in combinations:
        walking.edges(choices, interrupts=False)
    whole = walking.whole and walking.budget.left > 0 and routing_combinations(protocol) <= len(combinations)
    walking.budget = Budget(most_work // 2)
    entered = {step for step, _ in walking.held}
    for step in protocol.steps.values():
        if isinstance(step, BranchStep) and step.id in entered:
            walking.lines(step, combinations)
    return Explored(
        frozenset(walking.taken),
        frozenset(walking.held),
        whole,
        whole and walking.budget.left > 0,
    )


def _deciding(route: BranchStep, choices: Mapping[str, str]) -> set[tuple[str, int]]:
    """The lines of a `when` step that can decide where these settings are chosen, as `Explored.held` names them."""
    found = set[tuple[str, int]]()
    for n, rule in enumerate(route.rules):
        settled = rule.kind == "setting"
        if settled and choices.get(rule.subject) not in rule.values:
            continue
        found.add((route.id, n))
        if settled:
            break  # it takes every walk, so no line below it decides
    return found


def _hidden(route: BranchStep) -> frozenset[int]:
    """The lines whose every value an earlier line about the same setting or step already takes."""
    taken: dict[tuple[str, str], set[str]] = {}
    hidden = set()
    for n, rule in enumerate(route.rules):
        before = taken.setdefault((rule.kind, rule.subject), set())
        if before.issuperset(rule.values):
            hidden.add(n)
        before.update(rule.values)
    return frozenset(hidden)


def frames(walk: Encounter, most: int) -> tuple[str, ...]:
    """Where `return` leads from here, the newest last, and no more than `most` of them."""
    return walk.trail.frames[-most:]


def share(protocol: Protocol, explored: Explored) -> tuple[int, int]:
    """How many answers were given, of how many there are."""
    names = {(s.id, way) for s in protocol.steps.values() if is_shown(s) for way in answer_names(s)}
    return len(names & explored.taken), len(names)


def _memory(walk: Encounter, subjects: Mapping[str, set[str]]) -> Hashable:
    """What the lines of a `when` step can tell apart of the answers so far."""
    answers = walk.trail.answers
    return tuple(_told(answers.get(subject), values) for subject, values in subjects.items())


def _told(reply: Reply | None, values: set[str]) -> Hashable:
    ids = ids_in(reply)
    return None if ids is None else frozenset(ids) & values
