"""What a walk knows that a `when` step can look at: the settings, and the last answer to each step.

Only the `tracked` subjects are remembered; any other look may turn out either way. So few that matter are enough to
decide most guarantees, and `feasible` says which one has to be remembered when a path turns out to be none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from kiosk.checks.guarantees.automaton import Compiled, Way
from kiosk.checks.guarantees.budget import TooMuchError
from kiosk.protocol.kinds.kind import ExitKind

Kind: TypeAlias = Literal["setting", "answer"]
Subject: TypeAlias = tuple[Kind, str]


class Look(NamedTuple):
    """A look at a setting or at the last answer to a step, and whether it was one of `values`."""

    kind: Kind
    subject: str
    values: frozenset[str]
    held: bool


Shown: TypeAlias = frozenset[tuple[frozenset[str], bool]]
"""Sets of choices, each with whether any of it was ticked."""


class Ticked(NamedTuple):
    """What looks have shown of the ticks last made at a choose step."""

    shown: Shown


class Picked(NamedTuple):
    """Which looks hold of the option last given at an ask step."""

    holds: tuple[bool, ...]


Fact: TypeAlias = "frozenset[str] | Picked | Ticked | None"
"""What is known of a tracked subject: the choices a setting may still have, or an answer. None: nothing looked, or no
answer was given."""

Know: TypeAlias = tuple[Fact, ...]

MAX_TICKED = 256
"""In how many ways the looks at one choose step may turn out, where all of them have to be known."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """How to learn and to look, for a set of tracked subjects.

    domains: what each subject can be.
    sets:    step → the different sets of its answers that looks ask for.
    place:   tracked subject → its place in what is known.
    open, options: found once, kept.
    """

    tracked: tuple[Subject, ...]
    domains: Mapping[Subject, tuple[str, ...]]
    sets: Mapping[str, tuple[frozenset[str], ...]]
    place: Mapping[Subject, int] = field(default_factory=dict)
    open: dict[tuple[Kind, str, frozenset[str]], tuple[bool, ...]] = field(default_factory=dict)
    options: dict[tuple[str, str], Picked] = field(default_factory=dict)

    @property
    def nothing(self) -> Know:
        """What is known before the first step."""
        return (None,) * len(self.tracked)

    def looked(self, know: Know, kind: Kind, subject: str, values: frozenset[str]) -> Iterator[tuple[bool, Know]]:
        """How a look can turn out, each with what is then known."""
        at = self.place.get((kind, subject))
        if at is None:
            for held in self._either(kind, subject, values):
                yield held, know
            return
        for held, fact in self._split(know[at], kind, subject, values):
            yield held, (*know[:at], fact, *know[at + 1 :])

    def _either(self, kind: Kind, subject: str, values: frozenset[str]) -> tuple[bool, ...]:
        """How a look at what is not remembered can turn out."""
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
            case _:
                left = frozenset(self.domains[kind, subject]) if fact is None else fact
                for held in (True, False):
                    some = frozenset(v for v in left if (v in values) == held)
                    if some:
                        yield held, some

    def learned(self, know: Know, step: str, way: Way) -> Know:
        """What is known after leaving a step: any reply to it takes the place of its earlier answer."""
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

    def settled(self, know: Know, step: str) -> Iterator[Know]:
        """Every way in which all looks at the ticks just made can turn out."""
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
    """Whether some ticks, at least one, agree with what looks have shown: of each set, whether any is ticked."""
    looks = list(shown)
    left = {c for c in choices if not any(c in values for values, held in looks if not held)}
    return bool(left) and all(left & values for values, held in looks if held)


def looks_of(graph: Compiled) -> Iterator[tuple[Kind, str, frozenset[str]]]:
    """Every look that some `when` step makes."""
    for rules, _ in graph.decisions.values():
        for rule in rules:
            yield rule.kind, rule.subject, rule.values


def knowledge(
    domains: Mapping[Subject, tuple[str, ...]],
    looks: Iterable[tuple[Kind, str, frozenset[str]]],
    tracked: Iterable[Subject],
) -> Knowledge:
    """How to remember the `tracked` subjects, for these looks."""
    kept = tuple(s for s in dict.fromkeys(tracked) if s in domains)
    sets: dict[str, dict[frozenset[str], None]] = {subject: {} for kind, subject in kept if kind == "answer"}
    for kind, subject, values in looks:
        if kind == "answer" and subject in sets:
            sets[subject][values] = None
    return Knowledge(kept, domains, {s: tuple(v) for s, v in sets.items()}, {s: n for n, s in enumerate(kept)})
