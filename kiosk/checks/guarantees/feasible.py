"""Check that a path is feasible: some settings and checked items satisfy every predicate on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kiosk.checks.guarantees.automaton import Compiled
from kiosk.checks.guarantees.knowledge import Predicate, Subject, tickable
from kiosk.checks.guarantees.reachability import Taken
from kiosk.protocol.kinds.kind import ExitKind


@dataclass(slots=True)
class Replay:
    """The settings and checked items that a path requires. wrong: the first subject that contradicts the path.

    chosen: setting → the choices that the path allows; only settings that the path tests.
    ticks:  position in the path → the predicates on its checked items.
    """

    graph: Compiled
    chosen: dict[str, frozenset[str]] = field(default_factory=dict)
    ticks: dict[int, set[tuple[frozenset[str], bool]]] = field(default_factory=dict)
    wrong: Subject | None = None
    _last: dict[str, tuple[int, str]] = field(default_factory=dict)
    _domains: Mapping[Subject, tuple[str, ...]] = field(default_factory=dict)

    def run(self, path: Iterable[Taken], assumptions: Iterable[Predicate] = ()) -> Replay:
        """Replay the path, then add the assumptions of the guarantee. Return self."""
        self._domains = self.graph.domains
        for number, taken in enumerate(path):
            self._reply(number, taken)
            for predicate in taken.predicates(self.graph):
                self._test(predicate)
        for predicate in assumptions:
            self._test(predicate)
        return self

    def _reply(self, number: int, taken: Taken) -> None:
        if taken.way is None:
            return
        self._last[self.graph.names[taken.node]] = (number, taken.way.name if taken.way.kind == ExitKind.OPTION else "")
        if taken.way.kind == ExitKind.TICKED:
            self.ticks[number] = set()

    def _test(self, predicate: Predicate) -> None:
        if self.wrong is None and not self._agrees(predicate):
            self.wrong = (predicate.kind, predicate.subject)

    def _agrees(self, predicate: Predicate) -> bool:
        domain = self._domains.get((predicate.kind, predicate.subject), ())
        if predicate.kind == "setting":
            before = self.chosen.get(predicate.subject, frozenset(domain))
            left = self.chosen[predicate.subject] = frozenset(
                c for c in before if (c in predicate.values) == predicate.held
            )
            return bool(left)
        number, option = self._last.get(predicate.subject, (-1, ""))
        if number not in self.ticks:
            return (option in predicate.values) == predicate.held
        self.ticks[number].add((predicate.values, predicate.held))
        return tickable(domain, self.ticks[number])
