"""A protocol as a pushdown automaton: nodes and transitions, with the semantics of `engine.encounter`.

A node is a step or an outcome. The stack holds return targets: an interrupt pushes the step where it was pressed, the
`nobody` branch of a call pushes that call's `reached`, and `return` pops the newest one. A question hides the options
that return while the stack is empty; any other `return` with an empty stack starts again.

Call steps have no transitions beyond those of their steps:

* The walk skips a `once` step by the transition of one of its roles that answers. The event of that transition did
  happen: a person in that role answered an earlier call, at a call step or outside one. `always`, `never` and
  `every-end` don't depend on how early a good event happened, and no bad event is omitted, so a proof with that
  transition also holds for the skipped step. But a skipped step was not shown, its other roles were not called, and
  `at-most` with `after` needs a new event; `Monitor` does not count the transition there. Where a `once` step would be
  skipped, a person was reached before, so the call that `from-every-step` finds reachable was made. A counterexample
  may contain a failed call that an earlier call would have avoided; no walk is omitted.
* A `pick` step calls nobody. Its only event is that a person in one of its roles answered.
* After hours, a call step first tries the `after_hours` roles, and any of them who answers completes it. So each of
  these roles has a transition at any hour. The step's own roles follow in the same step, so it still counts as a call
  of its roles. By day nobody calls the `after_hours` roles, so for `from-every-step` only the step's own roles are
  reachable (`Monitor`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from kiosk.protocol.kinds.branch import BranchStep
from kiosk.protocol.kinds.kind import ExitKind
from kiosk.protocol.kinds.registry import answers_of, is_shown, kind_of
from kiosk.protocol.model import RETURN, Protocol, Step

BACK = -1
"""The target of a transition that pops the stack."""

NONE = -2
"""As a frame: nothing is pushed. As a target: it does not exist."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One transition from a node that waits for an answer.

    name:   the option, the role that was reached, or the interrupt.
    target: a node, or BACK to pop the stack.
    frame:  the return target (a node, or BACK) that it pushes; NONE if it pushes none.
    """

    kind: ExitKind
    name: str
    target: int
    frame: int = NONE


@dataclass(frozen=True, slots=True)
class Decision:
    """One rule of a branch: its target if the setting or last answer `subject` is one of `values`."""

    kind: Literal["setting", "answer"]
    subject: str
    values: frozenset[str]
    target: int


@dataclass(frozen=True, slots=True)
class Compiled:
    """The automaton of a protocol.

    names:     node → id; steps first, in the file's order.
    ways:      node → its transitions; empty for a branch.
    decisions: node of a branch → its rules, and its target otherwise.
    domains:   setting or step with answers → its possible values.
    explored:  cache of the states that are reachable with no tracked subject (`reachability.Explored`).
    """

    protocol: Protocol
    names: tuple[str, ...]
    index: dict[str, int]
    ways: tuple[tuple[Transition, ...], ...]
    decisions: dict[int, tuple[tuple[Decision, ...], int]]
    start: int
    domains: Mapping[tuple[Literal["setting", "answer"], str], tuple[str, ...]]
    explored: list[Any] = field(default_factory=list, compare=False, repr=False)

    def step(self, node: int) -> Step | None:
        """Return the step at a node; None at an outcome."""
        return self.protocol.steps.get(self.names[node])

    def hides_return(self, node: int) -> bool:
        """Check whether the step hides the options that return while the stack is empty."""
        step = self.step(node)
        return step is not None and kind_of(step).hides_returns


def compiled(protocol: Protocol) -> Compiled:
    """Return the automaton of a protocol. Transitions to unknown targets are omitted; they have their own finding."""
    names = (*protocol.steps, *(o for o in protocol.outcomes if o not in protocol.steps))
    index = {name: node for node, name in enumerate(names)}
    known = {**index, RETURN: BACK}
    jumps = [(i.id, index[i.next]) for i in protocol.interrupts if i.next in index]
    ways = tuple(tuple(_ways(node, protocol, name, known, jumps)) for node, name in enumerate(names))
    decisions = {index[s.id]: _decisions(s, known) for s in protocol.steps.values() if isinstance(s, BranchStep)}
    return Compiled(protocol, names, index, ways, decisions, index.get(protocol.start, NONE), _domains(protocol))


def _domains(protocol: Protocol) -> dict[tuple[Literal["setting", "answer"], str], tuple[str, ...]]:
    found: dict[tuple[Literal["setting", "answer"], str], tuple[str, ...]] = {}
    found.update({("setting", s.id): tuple(s.choices) for s in protocol.settings.values()})
    for step in protocol.steps.values():
        if answers := answers_of(step):
            found["answer", step.id] = tuple(answers)
    return found


def _ways(
    node: int, protocol: Protocol, name: str, known: dict[str, int], jumps: Iterable[tuple[str, int]]
) -> Iterator[Transition]:
    step = protocol.steps.get(name)
    if step is not None:
        if not is_shown(step):
            return
        yield from (way for way in _answers(protocol, step, known) if way.target != NONE)
    # An interrupt pressed at its own target does nothing.
    yield from (Transition(ExitKind.PRESSED, jump, target, node) for jump, target in jumps if target != node)


def _answers(protocol: Protocol, step: Step, known: dict[str, int]) -> Iterator[Transition]:
    for exit_ in kind_of(step).exits(step, protocol.after_hours):
        target, back = known.get(exit_.target, NONE), known.get(exit_.back, NONE) if exit_.back else NONE
        # A frame that is popped at once needs no stack.
        yield Transition(exit_.kind, exit_.name, *((back, NONE) if target == BACK and exit_.back else (target, back)))


def _decisions(step: BranchStep, known: dict[str, int]) -> tuple[tuple[Decision, ...], int]:
    lines = (Decision(r.kind, r.subject, frozenset(r.values), known.get(r.next, NONE)) for r in step.rules)
    return tuple(lines), known.get(step.otherwise, NONE)
