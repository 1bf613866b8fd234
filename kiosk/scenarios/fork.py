"""Where a scenario and the kiosk part: told in a sentence, and as two ways side by side up to the fork."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kiosk.protocol.model import Outcome, Protocol, Step, Text

NEAR: Final = 6
"""How many steps before the fork are shown."""

WIDTH: Final = 36
"""Characters of each side: two of them, a mark and a number fit on 80 columns."""


@dataclass(frozen=True, slots=True)
class Fork:
    """Two ways up to where they differ: the last of each is where they part, what is before it is the same.

    line: the line of the scenarios file that expects it; the ways are ids, or words where no id says it.
    """

    line: int
    expected: tuple[str, ...]
    came: tuple[str, ...]


class Parted(Exception):
    """Where a scenario and the kiosk part, as a sentence; and how the ways went, where that tells more."""

    def __init__(self, sentence: str, fork: Fork) -> None:
        super().__init__(sentence)
        self.sentence, self.fork = sentence, fork


def side_by_side(protocol: Protocol, fork: Fork) -> Iterator[str]:
    """Lines for a terminal: what was expected beside what came, in ids and the protocol's words, the fork marked."""
    yield f"      {'expected':<{WIDTH}}  came"
    same = min(len(fork.expected), len(fork.came)) - 1
    if same > NEAR:
        yield f"      … {same - NEAR} more before"
    for n in range(max(0, same - NEAR), max(len(fork.expected), len(fork.came))):
        expected, came = (_told(protocol, way[n]) if n < len(way) else "" for way in (fork.expected, fork.came))
        yield f"    {'>' if n >= same else ' '} {_cut(expected):<{WIDTH}}  {_cut(came)}".rstrip()


def _told(protocol: Protocol, said: str) -> str:
    """An id with the words that stand on its screen; anything else as it is."""
    known: Step | Outcome | None = protocol.steps.get(said) or protocol.outcomes.get(said)
    if known is None:
        return said
    words = known.title if isinstance(known, Outcome) else next(iter(known.texts.values()), None)
    return f"{said}  {_line(words, protocol)}" if words else said


def _line(text: Text, protocol: Protocol) -> str:
    return " ".join(text.say(protocol.source_language).split())


def _cut(words: str) -> str:
    return words if len(words) <= WIDTH else words[: WIDTH - 1].rstrip() + "…"
