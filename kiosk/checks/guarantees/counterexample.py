"""A counterexample as text, in the words of the screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from kiosk.checks.guarantees.automaton import Transition
from kiosk.checks.guarantees.decide import Counterexample
from kiosk.checks.guarantees.feasible import Replay
from kiosk.checks.guarantees.sentences import Words, quoted
from kiosk.protocol.kinds.kind import ExitKind
from kiosk.protocol.kinds.registry import answers_of
from kiosk.protocol.model import Step

_MOST_MOVES = 40
"""Maximum number of moves; the middle of a longer counterexample is cut."""

_MOST_SETTINGS = 8
"""Maximum number of settings that a counterexample names."""


def describe(found: Counterexample, words: Words) -> str:
    """Return the path: `Where “Who asks…” is “Only the administrator”: Is anyone in danger? No → … → outcome “…”`."""
    graph = found.replay.graph
    moves = [
        _move(graph.names[taken.node], graph.step(taken.node), taken.way, _ticks(found.replay, number), words)
        for number, taken in enumerate(found.path)
        if taken.way
    ]
    if found.last >= 0:
        moves.append(_place(graph.names[found.last], graph.step(found.last), words))
    where = _settings(found.replay, words)
    path = " → ".join(_cut(moves))
    return f"Where {where}: {path}" if where else path


def _settings(replay: Replay, words: Words) -> str:
    settings = replay.graph.protocol.settings
    named = [
        f"“{words.setting(s)}” is {quoted(words.choice(s, c) for c in settings[s].choices if c in left)}"
        for s, left in replay.chosen.items()
        if s in settings and len(left) < len(settings[s].choices)
    ]
    more = len(named) - _MOST_SETTINGS
    return " and ".join(named[:_MOST_SETTINGS] + [f"{more} more"] * (more > 0))


def _ticks(replay: Replay, number: int) -> tuple[frozenset[str], frozenset[str]]:
    """Return the items that may satisfy the required checks, and the items that must not be checked."""
    shown = replay.ticks.get(number, set())
    never = frozenset(c for values, held in shown if not held for c in values)
    return frozenset(c for values, held in shown if held for c in values if c not in never), never


def _place(name: str, step: Step | None, words: Words) -> str:
    return f"“{words.step(name)}” is shown" if step else f"outcome “{words.outcome(name)}”"


def _move(
    name: str, step: Step | None, way: Transition, ticks: tuple[frozenset[str], frozenset[str]], words: Words
) -> str:
    here = words.step(name) if step else f"outcome “{words.outcome(name)}”"
    match way.kind:
        case ExitKind.PRESSED:
            return _joined(here, f"the key “{words.interrupt(way.name)}”")
        case ExitKind.OPTION:
            return _joined(here, words.answer(step, way.name))
        case ExitKind.REACHED:
            return _joined(here, f"{words.role(way.name)} answers")
        case ExitKind.NOBODY:
            return _joined(here, "nobody answers")
        case ExitKind.TICKED:
            return _joined(here, _ticked(step, ticks, words))
        case ExitKind.DONE:
            return _joined(here, "done")
        case _:
            assert_never(way.kind)


def _joined(here: str, what: str) -> str:
    return f"{here} {what}" if here[-1] in ".?!…" else f"{here}: {what}"


def _ticked(step: Step | None, ticks: tuple[frozenset[str], frozenset[str]], words: Words) -> str:
    some, never = ticks
    choices = answers_of(step) if step else {}
    if some:
        return quoted(words.answer(step, c) for c in choices if c in some)
    return f"anything but {quoted(words.answer(step, c) for c in choices if c in never)}" if never else "any tick"


def _cut(moves: list[str]) -> Iterator[str]:
    if len(moves) <= _MOST_MOVES:
        yield from moves
        return
    half = _MOST_MOVES // 2
    yield from moves[:half]
    yield f"… {len(moves) - 2 * half} more …"
    yield from moves[-half:]
