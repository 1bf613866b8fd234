"""The disclosure classes of a protocol's parts: as written, and as they follow from it.

A copy that leaves out a step must not show it by what remains. So one mark is enough:

* A step or outcome that is reached only through parts of a narrower class has that class too.
* An answer or interrupt has the class of the step or outcome that it leads to, if that is narrower than its own.
* An answer that a branch asks for has the class of the step or outcome that the branch then leads to, likewise.

A fact keeps the class of its field, but a copy without the step has no fact of that step either.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kiosk.protocol.kinds.ask import AskStep
from kiosk.protocol.kinds.branch import BranchStep
from kiosk.protocol.kinds.registry import is_shown, moves
from kiosk.protocol.model import RETURN, DisclosureClass, Protocol

_ORDER: Final = tuple(DisclosureClass)


@dataclass(frozen=True, slots=True)
class ProtocolClasses:
    """The classes of fields, steps, outcomes and interrupts by id, and of answers by the ids of step and answer.

    An answer that is not among `answers` has the class of its step.
    """

    fields: Mapping[str, DisclosureClass]
    steps: Mapping[str, DisclosureClass]
    outcomes: Mapping[str, DisclosureClass]
    interrupts: Mapping[str, DisclosureClass]
    answers: Mapping[tuple[str, str], DisclosureClass]

    def of_place(self, name: str) -> DisclosureClass | None:
        """Return the class of the step or outcome on the screen; None if the protocol has neither."""
        return self.steps.get(name) or self.outcomes.get(name)


def classes_of(protocol: Protocol) -> ProtocolClasses:
    """Return the classes of all parts of a protocol without errors."""
    reached = _reached(protocol)
    answers: dict[tuple[str, str], DisclosureClass] = {}
    for at, cls in _answers(protocol, reached):
        answers[at] = narrower(answers.get(at, cls), cls)
    return ProtocolClasses(
        fields={field.id: field.cls for field in protocol.fields.values()},
        steps={step: reached.get(step, _ORDER[-1]) for step in protocol.steps},
        outcomes={outcome: reached.get(outcome, _ORDER[-1]) for outcome in protocol.outcomes},
        interrupts={jump.id: _landing(protocol, jump.next, reached) for jump in protocol.interrupts},
        answers=answers,
    )


def narrower(first: DisclosureClass, second: DisclosureClass) -> DisclosureClass:
    """Return the class of a part with both classes: the one that fewer people may see."""
    return max(first, second, key=_ORDER.index)


def _answers(
    protocol: Protocol, reached: Mapping[str, DisclosureClass]
) -> Iterator[tuple[tuple[str, str], DisclosureClass]]:
    """Yield (step, answer) and a class, for each reason why the answer has one."""
    for step in protocol.steps.values():
        if isinstance(step, AskStep):
            for option in step.options:
                yield (step.id, option.id), narrower(option.cls, _landing(protocol, option.next, reached))
        elif isinstance(step, BranchStep):
            for rule in step.rules:
                if rule.kind == "answer":
                    cls = _landing(protocol, rule.next, reached)
                    yield from (((rule.subject, value), cls) for value in rule.values)


def _reached(protocol: Protocol) -> dict[str, DisclosureClass]:
    """Return the class of each step and outcome: the first one with which it can be reached."""
    found: dict[str, DisclosureClass] = {}
    for cls in _ORDER:
        waiting = [protocol.start, *(jump.next for jump in protocol.interrupts)]
        seen: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name == RETURN or name in seen or _ORDER.index(_own(protocol, name)) > _ORDER.index(cls):
                continue
            seen.add(name)
            found.setdefault(name, cls)
            waiting += _targets(protocol, name, cls)
    return found


def _own(protocol: Protocol, name: str) -> DisclosureClass:
    part = protocol.steps.get(name) or protocol.outcomes.get(name)
    return _ORDER[-1] if part is None else part.cls


def _targets(protocol: Protocol, name: str, cls: DisclosureClass) -> Iterator[str]:
    """Yield where a step leads by answers of this class or a wider one."""
    step = protocol.steps.get(name)
    if isinstance(step, AskStep):
        yield from (o.next for o in step.options if _ORDER.index(o.cls) <= _ORDER.index(cls))
    elif step is not None:
        yield from (move.target for move in moves(step))


def _landing(protocol: Protocol, name: str, reached: Mapping[str, DisclosureClass]) -> DisclosureClass:
    """Return the class of the step or outcome that a target shows; of a branch, the widest that it can lead to."""
    waiting, seen, found = [name], set[str](), []
    while waiting:
        target = waiting.pop()
        if target in seen:
            continue
        seen.add(target)
        step = protocol.steps.get(target)
        if step is not None and not is_shown(step):
            waiting += (move.target for move in moves(step))
        elif target != RETURN:
            found.append(reached.get(target, _ORDER[-1]))
    return min(found, key=_ORDER.index, default=_ORDER[0])
