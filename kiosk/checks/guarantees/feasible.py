"""Check that a path can be walked: the settings and answers must agree with every `when` on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kiosk.checks.guarantees.automaton import Compiled
from kiosk.checks.guarantees.knowledge import Look, Subject, tickable
from kiosk.checks.guarantees.reachability import Taken
from kiosk.protocol.kinds.kind import ExitKind


@dataclass(slots=True)
class Replay:
    """What a path asks of the settings and the ticks. `wrong` is the first subject that can't be as it must.

    chosen: setting → the choices with which the path can be walked; only settings the path looks at.
    ticks:  position in the path → what its ticks must show.
    """

    graph: Compiled
    chosen: dict[str, frozenset[str]] = field(default_factory=dict)
    ticks: dict[int, set[tuple[frozenset[str], bool]]] = field(default_factory=dict)
    wrong: Subject | None = None
    _last: dict[str, tuple[int, str]] = field(default_factory=dict)
    _domains: Mapping[Subject, tuple[str, ...]] = field(default_factory=dict)

    def run(self, path: Iterable[Taken], lacking: Iterable[Look] = ()) -> Replay:
        """Follow the path, then check the looks of the guarantee. Return self."""
        self._domains = self.graph.domains
        for number, taken in enumerate(path):
            self._reply(number, taken)
            for look in taken.looks(self.graph):
                self._look(look)
        for look in lacking:
            self._look(look)
        return self

    def _reply(self, number: int, taken: Taken) -> None:
        if taken.way is None:
            return
        self._last[self.graph.names[taken.node]] = (number, taken.way.name if taken.way.kind == ExitKind.OPTION else "")
        if taken.way.kind == ExitKind.TICKED:
            self.ticks[number] = set()

    def _look(self, look: Look) -> None:
        if self.wrong is None and not self._agrees(look):
            self.wrong = (look.kind, look.subject)

    def _agrees(self, look: Look) -> bool:
        domain = self._domains.get((look.kind, look.subject), ())
        if look.kind == "setting":
            before = self.chosen.get(look.subject, frozenset(domain))
            left = self.chosen[look.subject] = frozenset(c for c in before if (c in look.values) == look.held)
            return bool(left)
        number, option = self._last.get(look.subject, (-1, ""))
        if number not in self.ticks:
            return (option in look.values) == look.held
        self.ticks[number].add((look.values, look.held))
        return tickable(domain, self.ticks[number])
