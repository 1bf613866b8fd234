"""The abstract values of the subjects that branches test: settings, and the last answer to each step.

Only `tracked` subjects have a value; a predicate on any other may be true or false. A few tracked subjects decide most
guarantees; `feasible` finds the next one to track when a path is infeasible.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias, assert_never

from kiosk.checks.guarantees.automaton import Compiled, Transition
from kiosk.checks.guarantees.budget import TooMuchError
from kiosk.protocol.kinds.kind import ExitKind

Kind: TypeAlias = Literal["setting", "answer"]
Subject: TypeAlias = tuple[Kind, str]


class Predicate(NamedTuple):
    """A predicate on a setting or on the last answer to a step, “is one of `values`”, and its truth value `held`."""

    kind: Kind
    subject: str
    values: frozenset[str]
    held: bool


Shown: TypeAlias = frozenset[tuple[frozenset[str], bool]]
"""Sets of choices, each with whether any of them is checked."""


class Ticked(NamedTuple):
    """The predicates known about the items last checked at a checklist."""

    shown: Shown


class Picked(NamedTuple):
    """The truth value of each predicate for the option last chosen at a question."""

    holds: tuple[bool, ...]


Fact: TypeAlias = "frozenset[str] | Picked | Ticked | None"
"""The abstract value of a tracked subject: the choices that a setting may still have, or an answer. None: not tested
yet, or not answered yet."""

Know: TypeAlias = tuple[Fact, ...]
"""The abstract values of all tracked subjects."""

MAX_TICKED = 256
"""Maximum number of combinations of predicates on one checklist, if all of them must be known."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The abstraction for a set of tracked subjects.

    domains: subject → its possible values.
    sets:    step → the different sets of its answers in predicates.
    place:   tracked subject → its index in `Know`.
    open, options: caches.
    """

    tracked: tuple[Subject, ...]
    domains: Mapping[Subject, tuple[str, ...]]
    sets: Mapping[str, tuple[frozenset[str], ...]]
    place: Mapping[Subject, int] = field(default_factory=dict)
    open: dict[tuple[Kind, str, frozenset[str]], tuple[bool, ...]] = field(default_factory=dict)
    options: dict[tuple[str, str], Picked] = field(default_factory=dict)

    @property
    def nothing(self) -> Know:
        """The abstract values before the first step."""
        return (None,) * len(self.tracked)

    def tested(self, know: Know, kind: Kind, subject: str, values: frozenset[str]) -> Iterator[tuple[bool, Know]]:
        """Yield each possible truth value of a predicate, with the abstract values after it."""
        at = self.place.get((kind, subject))
        if at is None:
            for held in self._either(kind, subject, values):
                yield held, know
            return
        for held, fact in self._split(know[at], kind, subject, values):
            yield held, (*know[:at], fact, *know[at + 1 :])

    def _either(self, kind: Kind, subject: str, values: frozenset[str]) -> tuple[bool, ...]:
        """Return the possible truth values of a predicate on an untracked subject."""
        found = self.open.get((kind, subject, values))
        if found is None:
            domain = self.domains.get((kind, subject), ())
            none = kind == "answer" or any(v not in values for v in domain) or not domain
            found = (*((True,) if any(v in values for v in domain) else ()), *((False,) if none else ()))
            self.open[kind, subject, values] = found
        return found

    def _split(self, fact: Fact, kind: Kind, subject: str, values: frozenset[str]) -> Iterator[tuple[bool, Fact]]:
        match fact:
            case Picked(holds):
                yield holds[self.sets[subject].index(values)], fact
            case Ticked(shown):
                for held in (True, False):
                    more = frozenset({*shown, (values, held)})
                    if tickable(self.domains[kind, subject], more):
                        yield held, Ticked(more)
            case None if kind == "answer":
                yield False, None
            case None | frozenset():
                left = frozenset(self.domains[kind, subject]) if fact is None else fact
                for held in (True, False):
                    some = frozenset(v for v in left if (v in values) == held)
                    if some:
                        yield held, some
            case _:
                assert_never(fact)

    def learned(self, know: Know, step: str, way: Transition) -> Know:
        """Return the abstract values after leaving a step: its answer replaces the earlier one."""
        at = self.place.get(("answer", step))
        if at is None:
            return know
        fact: Fact = None
        if way.kind == ExitKind.OPTION:
            fact = self.options.get((step, way.name))
            if fact is None:
                fact = Picked(tuple(way.name in values for values in self.sets[step]))
                self.options[step, way.name] = fact
        elif way.kind == ExitKind.TICKED:
            fact = Ticked(frozenset())
        return (*know[:at], fact, *know[at + 1 :])

    def resolved(self, know: Know, step: str) -> Iterator[Know]:
        """Yield the abstract values for every combination of predicates on the items just checked."""
        at = self.place.get(("answer", step))
        if at is None or not isinstance(know[at], Ticked):
            yield know
            return
        facts: list[Shown] = [frozenset()]
        for values in self.sets[step]:
            more = (frozenset({*fact, (values, held)}) for fact in facts for held in (True, False))
            facts = [fact for fact in more if tickable(self.domains["answer", step], fact)]
            if len(facts) > MAX_TICKED:
                raise TooMuchError
        for fact in facts:
            yield (*know[:at], Ticked(fact), *know[at + 1 :])


def tickable(choices: Iterable[str], shown: Iterable[tuple[frozenset[str], bool]]) -> bool:
    """Check that a non-empty set of checked items satisfies the predicates. shown: sets, each with its truth value."""
    predicates = list(shown)
    left = {c for c in choices if not any(c in values for values, held in predicates if not held)}
    return bool(left) and all(left & values for values, held in predicates if held)


def predicates_of(graph: Compiled) -> Iterator[tuple[Kind, str, frozenset[str]]]:
    """Yield the predicates of all branches, without truth values."""
    for rules, _ in graph.decisions.values():
        for rule in rules:
            yield rule.kind, rule.subject, rule.values


def knowledge(
    domains: Mapping[Subject, tuple[str, ...]],
    predicates: Iterable[tuple[Kind, str, frozenset[str]]],
    tracked: Iterable[Subject],
) -> Knowledge:
    """Return the abstraction that tracks these subjects, for these predicates."""
    kept = tuple(s for s in dict.fromkeys(tracked) if s in domains)
    sets: dict[str, dict[frozenset[str], None]] = {subject: {} for kind, subject in kept if kind == "answer"}
    for kind, subject, values in predicates:
        if kind == "answer" and subject in sets:
            sets[subject][values] = None
    return Knowledge(kept, domains, {s: tuple(v) for s, v in sets.items()}, {s: n for n, s in enumerate(kept)})
