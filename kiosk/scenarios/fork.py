"""The point where a scenario and the kiosk differ: in a sentence, and as two paths side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kiosk.protocol.model import Outcome, Protocol, Step, Text

NEAR: Final = 6
"""The steps shown before the fork."""

WIDTH: Final = 36
"""Characters of each side: two sides, a mark and a number fit in 80 columns."""


@dataclass(frozen=True, slots=True)
class Fork:
    """Two paths up to their first difference: only the last items differ.

    line: the line of the scenarios file with the expectation. The items are ids, or text without an id.
    """

    line: int
    expected: tuple[str, ...]
    actual: tuple[str, ...]


class Diverged(Exception):
    """A scenario and the kiosk differ. sentence: how; fork: both paths."""

    def __init__(self, sentence: str, fork: Fork) -> None:
        super().__init__(sentence)
        self.sentence, self.fork = sentence, fork


def side_by_side(protocol: Protocol, fork: Fork) -> Iterator[str]:
    """Yield lines for a terminal: expected and actual path side by side, with ids and texts, and the fork marked."""
    yield f"      {'expected':<{WIDTH}}  actual"
    same = min(len(fork.expected), len(fork.actual)) - 1
    if same > NEAR:
        yield f"      … {same - NEAR} more before"
    for n in range(max(0, same - NEAR), max(len(fork.expected), len(fork.actual))):
        expected, actual = (_shown(protocol, way[n]) if n < len(way) else "" for way in (fork.expected, fork.actual))
        yield f"    {'>' if n >= same else ' '} {_cut(expected):<{WIDTH}}  {_cut(actual)}".rstrip()


def _shown(protocol: Protocol, said: str) -> str:
    """Return an id with the first text of its screen; any other text unchanged."""
    known: Step | Outcome | None = protocol.steps.get(said) or protocol.outcomes.get(said)
    if known is None:
        return said
    words = known.title if isinstance(known, Outcome) else next(iter(known.texts.values()), None)
    return f"{said}  {_line(words, protocol)}" if words else said


def _line(text: Text, protocol: Protocol) -> str:
    return " ".join(text.say(protocol.source_language).split())


def _cut(words: str) -> str:
    return words if len(words) <= WIDTH else words[: WIDTH - 1].rstrip() + "…"
