"""The graph of a protocol: its moves, what can be reached, from where an outcome can be reached, and what goes round.

Calls stack up in a walk: an interrupt, and the `nobody` branch of a call, remember where `return` leads. Whether
anything is remembered is all that matters here, so the graph is searched over (step, something to return to).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice, product
from math import prod
from typing import NamedTuple

from kiosk.engine.model import RETURN, Ask, Call, Choose, Protocol, Record, Route, Rule, Step, Tell

MAX_CHOICES = 64
"""How many ways to choose the settings are walked through."""

State = tuple[str, bool]
"""A step or outcome, and whether there is somewhere to return to."""


class Move(NamedTuple):
    """One way out of a step.

    target: a step, an outcome or RETURN.
    path:   where it is written, below the step.
    calls:  whether the walk remembers where to return to.
    """

    target: str
    path: tuple[str, ...]
    calls: bool = False


def moves(step: Step) -> Iterator[Move]:
    """Every way out of a step, in the file's order."""
    match step:
        case Ask():
            yield from (Move(o.next, ("options", o.id, "next")) for o in step.options)
        case Call():
            yield Move(step.reached, ("reached", "next"))
            yield Move(step.nobody, ("nobody", "next"), calls=True)
        case Route():
            yield from (Move(rule.next, ("when", str(n), "next")) for n, rule in enumerate(step.rules))
            yield Move(step.otherwise, ("otherwise",))
        case Choose() | Record() | Tell():
            yield Move(step.next, ("next",))


def reached(protocol: Protocol) -> frozenset[State]:
    """Every state a walk can come to, from the start or an interrupt."""
    found: set[State] = set()
    todo = [(protocol.start, False), *((jump.next, True) for jump in protocol.interrupts)]
    while todo:
        state = todo.pop()
        if state in found:
            continue
        found.add(state)
        step = protocol.steps.get(state[0])
        if step:
            todo += [(m.target, state[1] or m.calls) for m in moves(step) if m.target != RETURN]
    return frozenset(found)


def leading_to(protocol: Protocol, goals: Iterable[str], *, calls: bool) -> frozenset[str]:
    """The goals, and every step from which one of them can be reached; `calls`: also through a call's `nobody`."""
    back: dict[str, list[str]] = {}
    for step in protocol.steps.values():
        for move in moves(step):
            if calls or not move.calls:
                back.setdefault(move.target, []).append(step.id)
    found: set[str] = set()
    todo = list(goals)
    while todo:
        step_id = todo.pop()
        if step_id not in found:
            found.add(step_id)
            todo += back.get(step_id, ())
    return frozenset(found)


def trapped(protocol: Protocol, goals: Collection[str]) -> frozenset[str]:
    """The steps a walk can come to from which answers alone lead neither to one of `goals` nor back to a call."""
    ends = leading_to(protocol, goals, calls=True)
    returning = leading_to(protocol, {RETURN}, calls=False)
    states = ((step_id, called) for step_id, called in reached(protocol) if step_id in protocol.steps)
    return frozenset(i for i, called in states if i not in ends and not (called and i in returning))


def choices_that_route(protocol: Protocol) -> Iterator[Mapping[str, str]]:
    """Every way a district may choose the settings that decide anything; past a limit, one setting at a time."""
    known = _routing(protocol)
    if prod(map(len, known)) <= MAX_CHOICES:
        yield from (dict(pairs) for pairs in product(*known) if pairs)
    else:
        yield from islice(({setting: choice} for pairs in known for setting, choice in pairs), MAX_CHOICES)


def routing_combinations(protocol: Protocol) -> int:
    """How many ways there are to choose the settings that decide anything."""
    return prod(map(len, _routing(protocol)))


def _routing(protocol: Protocol) -> list[list[tuple[str, str]]]:
    routes = (step for step in protocol.steps.values() if isinstance(step, Route))
    used = {rule.subject for step in routes for rule in step.rules if rule.kind == "setting"}
    return [[(s.id, choice) for choice in s.choices] for s in protocol.settings.values() if s.id in used and s.choices]


def settled(protocol: Protocol, chosen: Mapping[str, str]) -> Protocol:
    """The protocol as it is where these settings are chosen: decisions by them are decided."""
    steps = {i: _settled(s, chosen) if isinstance(s, Route) else s for i, s in protocol.steps.items()}
    return replace(protocol, steps=steps)


def _settled(step: Route, chosen: Mapping[str, str]) -> Route:
    rules: list[Rule] = []
    for rule in step.rules:
        if rule.kind != "setting" or rule.subject not in chosen:
            rules.append(rule)
        elif chosen[rule.subject] in rule.values:
            return replace(step, rules=tuple(rules), otherwise=rule.next)
    return replace(step, rules=tuple(rules))


def must_return(step: Step) -> Move | None:
    """The move that leads nowhere when nothing was called; None when the step can always go on.

    An ask step leaves out the options that return, so it only fails when no other is left.
    """
    back = [m for m in moves(step) if m.target == RETURN and not m.calls]
    if isinstance(step, Ask) and len(back) < len(step.options):
        return None
    return back[0] if back else None


def loops(protocol: Protocol, within: Collection[str]) -> Iterator[tuple[str, ...]]:
    """Each group of the steps `within` that lead to each other without leaving it, in the file's order."""
    order = [step_id for step_id in protocol.steps if step_id in within]
    ways = {i: [m.target for m in moves(protocol.steps[i]) if m.target in within] for i in order}
    for group in _components(order, ways):
        if len(group) > 1 or group[0] in ways[group[0]]:
            members = set(group)
            yield tuple(step_id for step_id in order if step_id in members)


def _components(order: list[str], ways: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """Strongly connected components, by two passes (Kosaraju)."""
    back: dict[str, list[str]] = {step_id: [] for step_id in order}
    for step_id, targets in ways.items():
        for target in targets:
            back[target].append(step_id)
    seen: set[str] = set()
    finished = [done for root in order for done in _finished(root, ways, seen)]
    seen = set()
    for root in reversed(finished):
        group = list(_finished(root, back, seen))
        if group:
            yield group


def _finished(root: str, ways: Mapping[str, list[str]], seen: set[str]) -> Iterator[str]:
    """What a depth-first search from `root` newly finds, each after all that it leads to."""
    if root in seen:
        return
    seen.add(root)
    stack = [(root, iter(ways[root]))]
    while stack:
        step_id, rest = stack[-1]
        target = next((t for t in rest if t not in seen), None)
        if target is None:
            stack.pop()
            yield step_id
        else:
            seen.add(target)
            stack.append((target, iter(ways[target])))
