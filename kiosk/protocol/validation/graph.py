"""The graph of a protocol: reachability from the start, reachability of outcomes, and cycles.

A walk has a stack of return targets: an interrupt, and the `nobody` branch of a call, push one. Only whether the stack
is empty matters here, so the states of the search are (step, stack is not empty).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice, product
from math import prod
from typing import TypeVar

from kiosk.protocol.kinds.branch import BranchStep
from kiosk.protocol.kinds.kind import Move
from kiosk.protocol.kinds.registry import kind_of, moves
from kiosk.protocol.model import RETURN, Protocol, Rule, Step

MAX_CHOICES = 64
"""Maximum number of combinations of settings that are checked."""

_Node = TypeVar("_Node", bound=Hashable)

State = tuple[str, bool]
"""A step or outcome, and whether there is a return target."""


def reached(protocol: Protocol) -> frozenset[State]:
    """Return all states that are reachable from the start or an interrupt."""
    found: set[State] = set()
    todo = [(protocol.start, False), *((jump.next, True) for jump in protocol.interrupts)]
    while todo:
        state = todo.pop()
        if state in found:
            continue
        found.add(state)
        step = protocol.steps.get(state[0])
        if step:
            todo += [(m.target, state[1] or bool(m.back)) for m in moves(step) if m.target != RETURN]
    return frozenset(found)


def leading_to(protocol: Protocol, goals: Iterable[str], *, calls: bool) -> frozenset[str]:
    """Return the goals and all steps from which a goal is reachable. calls: also through a call's `nobody`."""
    back: dict[str, list[str]] = {}
    for step in protocol.steps.values():
        for move in moves(step):
            if calls or not move.back:
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
    """Return the reachable steps from which answers alone lead neither to a goal nor to a return."""
    ends = leading_to(protocol, goals, calls=True)
    returning = leading_to(protocol, {RETURN}, calls=False)
    states = ((step_id, called) for step_id, called in reached(protocol) if step_id in protocol.steps)
    return frozenset(i for i, called in states if i not in ends and not (called and i in returning))


def choices_that_route(protocol: Protocol) -> Iterator[Mapping[str, str]]:
    """Yield every combination of the settings that branches use; beyond MAX_CHOICES, one setting at a time."""
    known = _routing(protocol)
    if prod(map(len, known)) <= MAX_CHOICES:
        yield from (dict(pairs) for pairs in product(*known) if pairs)
    else:
        yield from islice(({setting: choice} for pairs in known for setting, choice in pairs), MAX_CHOICES)


def routing_combinations(protocol: Protocol) -> int:
    """Return the number of combinations of the settings that branches use."""
    return prod(map(len, _routing(protocol)))


def _routing(protocol: Protocol) -> list[list[tuple[str, str]]]:
    routes = (step for step in protocol.steps.values() if isinstance(step, BranchStep))
    used = {rule.subject for step in routes for rule in step.rules if rule.kind == "setting"}
    return [[(s.id, choice) for choice in s.choices] for s in protocol.settings.values() if s.id in used and s.choices]


def trapped_where(
    protocol: Protocol, goals: Collection[str], chosen: Sequence[Mapping[str, str]]
) -> tuple[frozenset[str], ...]:
    """Return `trapped` for each of these combinations. One search handles all of them, with one bit for each."""
    every = (1 << len(chosen)) - 1
    ways = {step.id: tuple(_possible(step, chosen, every)) for step in protocol.steps.values()}
    ends = _leading(ways, dict.fromkeys(goals, every), calls=True)
    returning = _leading(ways, {RETURN: every}, calls=False)
    bare, called = _reached(protocol, ways, every)
    lost = {
        step_id: (bare.get(step_id, 0) | (called.get(step_id, 0) & ~returning.get(step_id, 0))) & ~ends.get(step_id, 0)
        for step_id in protocol.steps
    }
    return tuple(frozenset(i for i, bits in lost.items() if bits >> n & 1) for n in range(len(chosen)))


_Ways = Mapping[str, tuple[tuple[Move, int], ...]]
"""Step → its moves, each with one bit for each combination of settings in which it is possible."""


def _possible(step: Step, chosen: Sequence[Mapping[str, str]], every: int) -> Iterator[tuple[Move, int]]:
    """Yield the moves of a step with the bits of their combinations. A rule that surely matches hides later ones."""
    if not isinstance(step, BranchStep):
        yield from ((move, every) for move in moves(step))
        return
    left = every
    for move, rule in zip(moves(step), (*step.rules, None), strict=True):
        if rule is None or rule.kind != "setting":
            yield move, left
            continue
        named = sum(1 << n for n, choices in enumerate(chosen) if rule.subject in choices)
        holds = sum(1 << n for n, choices in enumerate(chosen) if choices.get(rule.subject) in rule.values)
        yield move, left & (holds | ~named)
        left &= ~holds


def _spread(into: Mapping[_Node, Iterable[tuple[_Node, int]]], starts: Mapping[_Node, int]) -> dict[_Node, int]:
    """Return all nodes reachable from `starts`, with the bits of the combinations in which they are."""
    found: dict[_Node, int] = {}
    todo = list(starts.items())
    while todo:
        node, bits = todo.pop()
        new = bits & ~found.get(node, 0)
        if new:
            found[node] = found.get(node, 0) | new
            todo += [(then, new & there) for then, there in into.get(node, ()) if new & there]
    return found


def _leading(ways: _Ways, goals: Mapping[str, int], *, calls: bool) -> dict[str, int]:
    back: dict[str, list[tuple[str, int]]] = {}
    for step_id, out in ways.items():
        for move, bits in out:
            if calls or not move.back:
                back.setdefault(move.target, []).append((step_id, bits))
    return _spread(back, goals)


def _reached(protocol: Protocol, ways: _Ways, every: int) -> tuple[dict[str, int], dict[str, int]]:
    """Return step → bits of the combinations in which it is reachable, without and with a return target."""
    onward: dict[State, list[tuple[State, int]]] = {
        (step_id, called): [((m.target, called or bool(m.back)), bits) for m, bits in out if m.target != RETURN]
        for step_id, out in ways.items()
        for called in (False, True)
    }
    starts = {(protocol.start, False): every} | {(jump.next, True): every for jump in protocol.interrupts}
    found = _spread(onward, starts)
    bare = {step_id: bits for (step_id, called), bits in found.items() if not called}
    return bare, {step_id: bits for (step_id, called), bits in found.items() if called}


def with_settings(protocol: Protocol, chosen: Mapping[str, str]) -> Protocol:
    """Return the protocol with these settings applied: rules about them are resolved."""
    steps = {i: _branch_with_settings(s, chosen) if isinstance(s, BranchStep) else s for i, s in protocol.steps.items()}
    return replace(protocol, steps=steps)


def _branch_with_settings(step: BranchStep, chosen: Mapping[str, str]) -> BranchStep:
    rules: list[Rule] = []
    for rule in step.rules:
        if rule.kind != "setting" or rule.subject not in chosen:
            rules.append(rule)
        elif chosen[rule.subject] in rule.values:
            return replace(step, rules=tuple(rules), otherwise=rule.next)
    return replace(step, rules=tuple(rules))


def must_return(step: Step) -> Move | None:
    """Return a move of the step that fails without a return target; None if the step can always continue.

    A step that hides such answers fails only if it has no other.
    """
    out = tuple(moves(step))
    back = [m for m in out if m.target == RETURN and not m.back]
    if kind_of(step).hides_returns and len(back) < len(out):
        return None
    return back[0] if back else None


def by_itself(step: Step) -> Iterator[str]:
    """Return the targets that the walk can take from a step without an answer."""
    return (move.target for move in moves(step) if move.by_itself)


def _targets(step: Step) -> Iterator[str]:
    return (way.target for way in moves(step))


def loops(
    protocol: Protocol,
    within: Collection[str],
    leads: Callable[[Step], Iterable[str]] = _targets,
) -> Iterator[tuple[str, ...]]:
    """Yield each cycle: a strongly connected group of the steps `within`, in the file's order."""
    order = [step_id for step_id in protocol.steps if step_id in within]
    ways = {i: [target for target in leads(protocol.steps[i]) if target in within] for i in order}
    for group in _components(order, ways):
        if len(group) > 1 or group[0] in ways[group[0]]:
            members = set(group)
            yield tuple(step_id for step_id in order if step_id in members)


def _components(order: list[str], ways: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """Yield the strongly connected components (Kosaraju's algorithm)."""
    back: dict[str, list[str]] = {step_id: [] for step_id in order}
    for step_id, targets in ways.items():
        for target in targets:
            back[target].append(step_id)
    seen: set[str] = set()
    finished = [done for root in order for done in postorder(root, ways, seen)]
    seen = set()
    for root in reversed(finished):
        group = list(postorder(root, back, seen))
        if group:
            yield group


def postorder(root: str, ways: Mapping[str, list[str]], seen: set[str]) -> Iterator[str]:
    """Yield the new steps of a depth-first search from `root` in postorder, and add them to `seen`."""
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
