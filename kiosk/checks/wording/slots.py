"""The values for the `{slots}` of a text: the words of a setting's choices, the number of a role."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Final

from kiosk.layout.cells import cells
from kiosk.protocol.model import Protocol
from kiosk.protocol.slots import SLOT, filled

LONGEST_NUMBER: Final = "+1 (860) 555-0100, extension 12345"
"""The longest telephone number inside a sentence that must fit."""

MOST_WAYS: Final = 64
"""Maximum number of combinations of slot values checked for one step; beyond it, only the longest values."""

MOST_FILLED: Final = 4_000
"""Maximum number of characters of a filled text that are checked; no screen has a quarter of them."""

Filling = Mapping[str, str]
"""Slot id → text."""


def longest(protocol: Protocol, language: str, *, number: str = LONGEST_NUMBER) -> dict[str, str]:
    """Return the longest text of each slot in a language; `number` for every role."""
    chosen = {
        setting.id: max((choice.say(language) for choice in setting.choices.values()), key=cells, default="")
        for setting in protocol.settings.values()
    }
    return dict.fromkeys(protocol.roles, number) | chosen


@dataclass(frozen=True, slots=True)
class Fillings:
    """The values of the slots in one language. spoken: with the longest number; read: without numbers."""

    spoken: Filling
    read: Filling

    @classmethod
    def of(cls, protocol: Protocol, language: str) -> Fillings:
        """Return the longest text of every setting. Numbers are dialed, not read, so a reading grade omits them."""
        return cls(longest(protocol, language), longest(protocol, language, number=""))


def ways_to_fill(
    protocol: Protocol, language: str, words: Iterable[str], base: Filling | None = None, most: int = MOST_WAYS
) -> Iterator[tuple[Mapping[str, str], Filling]]:
    """Yield (setting → choice, values of the slots) for every combination of the settings in these texts.

    base: `longest` of that language, if the caller has it. most: with more combinations, yield only `base`.
    """
    base = dict(base or longest(protocol, language))
    slots = dict.fromkeys(slot for said in words if "{" in said for slot in SLOT.findall(said))
    used = [slot for slot in slots if slot in protocol.settings]
    choices = [protocol.settings[slot].choices for slot in used]
    if prod(len(c) for c in choices) > most:
        yield {}, base
        return
    for picked in product(*choices):
        chosen = dict(zip(used, picked, strict=True))
        yield chosen, base | {s: protocol.settings[s].choices[c].say(language) for s, c in chosen.items()}


def fill(words: str, filling: Filling) -> str:
    """Return the words with their slots filled, up to the limit; words without a slot stay as they are."""
    if "{" not in words:
        return words
    if len(words) <= MOST_FILLED and all(len(filling.get(slot, slot)) <= MOST_FILLED for slot in SLOT.findall(words)):
        return filled(words, filling)[:MOST_FILLED]
    return _filled_far_enough(words, filling)


def _filled_far_enough(words: str, filling: Filling) -> str:
    """Return the same as `fill`, without building the part that is cut off."""
    parts, size, at = list[str](), 0, 0
    for slot in SLOT.finditer(words):
        parts += (words[at : slot.start()], filling.get(slot[1], slot[1])[:MOST_FILLED])
        size, at = size + len(parts[-1]) + len(parts[-2]), slot.end()
        if size > MOST_FILLED:
            break
    return "".join((*parts, words[at:]))[:MOST_FILLED]
