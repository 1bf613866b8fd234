"""A protocol as numbers: every node, and every way a walk can leave it, as `encounter` walks.

A node is a step or an outcome. A walk keeps a stack of where `return` leads: an interrupt puts the step it was pressed
on there, a call's `nobody` that call's `reached`; `return` takes the last one off. An ask step offers an option that
returns only while there is one; any other `return` from nowhere starts over.

Calls have no more ways than their steps say:

* A `once` step that is passed by itself takes the way that one of its roles answering takes. What that way stands for
  has happened: somebody in that role answered a call, only earlier in the encounter, at a call step or outside them
  all. To `always`, `never` and `every-end` what is good is as good early as late, and nothing bad is left out; so what
  is proved with that way holds where it was taken by itself. But such a step was not on the screen, its other roles
  were not called, and `at-most` with `after` asks for something new: there it promises nothing (`Monitor`). A step from
  where a `once` step would be passed is one in an encounter in which somebody was reached, so the call that
  `from-every-step` finds in reach there was made. Stories may tell of a call in vain that an earlier one would have
  spared; no walk is left out.
* A `pick` step calls nobody. Somebody in one of its roles answered; that is all it says.
* After hours a call step first tries the roles of `after_hours`, and whoever of them answers passes it: there is a way
  for each of them at any hour. Its own roles come after them in the same step, so it is a call of its roles still. By
  day nobody calls them, so to `from-every-step` only the step's own roles are in reach (`Monitor`).
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
"""The target that removes the last frame from the stack."""

NONE = -2
"""No frame is put on the stack; or the target does not exist."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to leave a node that waits for an answer.

    name:   the option, the role that was reached, or the interrupt.
    target: a node, or BACK.
    frame:  the node (or BACK) that `return` will lead to; NONE when nothing is called.
    """

    kind: ExitKind
    name: str
    target: int
    frame: int = NONE


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of a `when` step: where it leads if `subject` has, or had as its answer, one of `values`."""

    kind: Literal["setting", "answer"]
    subject: str
    values: frozenset[str]
    target: int


@dataclass(frozen=True, slots=True)
class Compiled:
    """The protocol as a graph.

    names:     node → id; steps first, in the file's order.
    ways:      node → how it can be left; none for a `when` step.
    decisions: node of a `when` step → its lines, and where it leads otherwise.
    domains:   every setting and every step that asks → what it can be.
    explored:  what a walk can come to when nothing is remembered (`reachability.Explored`), once it was explored.
    """

    protocol: Protocol
    names: tuple[str, ...]
    index: dict[str, int]
    ways: tuple[tuple[Way, ...], ...]
    decisions: dict[int, tuple[tuple[Decision, ...], int]]
    start: int
    domains: Mapping[tuple[Literal["setting", "answer"], str], tuple[str, ...]]
    explored: list[Any] = field(default_factory=list, compare=False, repr=False)

    def step(self, node: int) -> Step | None:
        """Return the step at a node; None at an outcome."""
        return self.protocol.steps.get(self.names[node])

    def offers_return(self, node: int) -> bool:
        """Whether the step leaves out what returns while there is nowhere to return to."""
        step = self.step(node)
        return step is not None and kind_of(step).hides_returns


def compiled(protocol: Protocol) -> Compiled:
    """Return the graph of a protocol. Ways to unknown targets are omitted; they have a finding of their own."""
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
) -> Iterator[Way]:
    step = protocol.steps.get(name)
    if step is not None:
        if not is_shown(step):
            return
        yield from (way for way in _answers(protocol, step, known) if way.target != NONE)
    # Pressed on the step it leads to, a key does nothing.
    yield from (Way(ExitKind.PRESSED, jump, target, node) for jump, target in jumps if target != node)


def _answers(protocol: Protocol, step: Step, known: dict[str, int]) -> Iterator[Way]:
    for exit_ in kind_of(step).exits(step, protocol.after_hours):
        target, back = known.get(exit_.target, NONE), known.get(exit_.back, NONE) if exit_.back else NONE
        # What is put on the stack only to be taken off again needs no stack.
        yield Way(exit_.kind, exit_.name, *((back, NONE) if target == BACK and exit_.back else (target, back)))


def _decisions(step: BranchStep, known: dict[str, int]) -> tuple[tuple[Decision, ...], int]:
    lines = (Decision(r.kind, r.subject, frozenset(r.values), known.get(r.next, NONE)) for r in step.rules)
    return tuple(lines), known.get(step.otherwise, NONE)
