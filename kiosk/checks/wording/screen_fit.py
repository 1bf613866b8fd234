"""Compute whether a step fits the smallest screen, with the layout of the screens.

It assumes a school day: one available person for each role, with usual hours, and all other roles called before. Boxes
are empty. Earlier steps are not measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, assert_never

from kiosk.checks.wording.slots import LONGEST_NUMBER, Filling, fill
from kiosk.layout import blocks, key_row
from kiosk.layout.blocks import Answer, Chip, Enter, Person
from kiosk.layout.window import AIR, REVIEW_ROWS, SMALLEST
from kiosk.protocol.kinds.kind import Item, Mark
from kiosk.protocol.kinds.registry import items_of
from kiosk.protocol.model import Field, Outcome, Protocol, Step, Text
from kiosk.protocol.site.times import hours_in
from kiosk.record.printable import printable

REASON: Final = "x" * 9
"""A text of the length of the longest reason for a missing fact, in any language of the kiosk."""

NAME: Final = "Jordan Example"
"""A name of usual length."""

HOURS: Final = "Mon-Fri 07:30-15:30"
"""The hours shown next to a role's title for the person who is called."""

_NUMBER: Final = LONGEST_NUMBER.replace(", extension ", "  ext ")
_WIDTH: Final = SMALLEST.width
_HEIGHT: Final = SMALLEST.height
_OWN: Final = "x"
"""In place of a sentence or label of the kiosk itself, which has one line in every language."""


@dataclass(frozen=True, slots=True)
class Need:
    """The rows that a step needs.

    total: rows for everything on it.
    first: rows down to the first answer, person to call, or box.
    """

    total: int
    first: int

    @property
    def over(self) -> int:
        """Return how many rows do not fit; 0 if all do."""
        return max(0, self.total - _HEIGHT)

    @property
    def answers_hidden(self) -> bool:
        """Whether not even the first answer is visible; the line about more content takes one row then."""
        return self.over > 0 and self.first > _HEIGHT - 1


def need_of(protocol: Protocol, step: Step, language: str, filling: Filling) -> Need:
    """Return the rows that a step needs in a language, with its slots filled in one way."""
    words = _Words(language, filling)
    items = [item for item in items_of(step) if item.mark is not Mark.NOTE]
    tight = any(item.mark is Mark.BLANK for item in items)
    above = (
        blocks.heading(words.of(step.heading), _WIDTH),
        blocks.do(_OWN, words.of(step.do), _WIDTH),
        blocks.say(_OWN, words.of(step.say), _WIDTH, tight=tight),
    )
    first, rest = _below(protocol, items, words)
    rows = sum(block.rows for block in above)
    return Need(rows + first + rest, rows + first)


def outcome_over(outcome: Outcome, language: str, filling: Filling) -> int:
    """Return how many rows of an outcome's title and DO do not fit; 0 if all do."""
    words = _Words(language, filling)
    above = blocks.heading(words.of(outcome.title), _WIDTH), blocks.do(_OWN, words.of(outcome.do), _WIDTH)
    return max(0, sum(block.rows for block in above) + REVIEW_ROWS - _HEIGHT)


def keys_over(protocol: Protocol, language: str, filling: Filling) -> int:
    """Return how many columns of the interrupts' labels are cut off; 0 if none are."""
    words = _Words(language, filling)
    keys = [key_row.Key(f"F{n}", words.of(jump.label)) for n, jump in enumerate(protocol.interrupts, 6)]
    return max(0, key_row.taken(keys) - key_row.NARROWEST)


@dataclass(frozen=True, slots=True)
class _Words:
    """The texts in one language as the screen shows them, with their slots filled."""

    language: str
    filling: Filling

    def of(self, text: Text | None) -> str:
        """Return a text with its slots filled; empty for None."""
        return "" if text is None else printable(fill(text.say(self.language), self.filling))

    def plain(self, text: Text) -> str:
        """Return a text without filling its slots."""
        return printable(text.say(self.language))


def _below(protocol: Protocol, items: Sequence[Item], words: _Words) -> tuple[int, int]:
    """Return the rows below the texts: down to the first item, and of the rest."""
    if not items:
        return _listed([], enter=True)
    labels = [words.of(item.words) if isinstance(item.words, Text) else _OWN for item in items]
    roles = [protocol.roles[item.id] for item in items if item.id in protocol.roles]
    titles = [words.plain(role.title) for role in roles]
    match items[0].mark:
        case Mark.KEY | Mark.NOTE:
            return _listed(labels)
        case Mark.TICK:
            return _listed(labels, ticked=frozenset(), enter=True)
        case Mark.BLANK:
            return _boxes([protocol.fields[item.id] for item in items if item.id in protocol.fields], words)
        case Mark.WHO:
            return _listed([*(f"{_NUMBER}  {NAME} · {title}" for title in titles), _OWN])
        case Mark.CALL:
            return _call(titles, words.language)
        case mark:
            assert_never(mark)


def _listed(labels: Sequence[str], *, ticked: frozenset[str] | None = None, enter: bool = False) -> tuple[int, int]:
    items = [Answer(str(n), "1", label) for n, label in enumerate(labels)]
    lines = [*blocks.answers(items, _WIDTH, ticked=ticked, enter=Enter(_OWN) if enter else None)]
    first = sum(line.target == lines[0].target for line in lines)
    return AIR + first, len(lines) - first


def _boxes(known: Sequence[Field], words: _Words) -> tuple[int, int]:
    """Return the rows of labels with boxes or choices, the reasons of the focused box, and the line about keys."""
    rows = [len(blocks.wrapped(words.plain(field.label), _WIDTH)) + _box(field, words) for field in known] or [1]
    reasons = 0 if known and known[0].choices else 1
    return AIR + rows[0] + reasons, sum(rows[1:]) + AIR + 1


def _box(field: Field, words: _Words) -> int:
    """Return the rows of a box, or of the choices and reasons of a fact."""
    if not field.choices:
        return 1
    labels = [" ".join(words.plain(label).split()) for label in field.choices.values()]
    reasons = (REASON for _ in {*field.missing, "deferred"})
    return len(blocks.chips([Chip("", label) for label in (*labels, *reasons)], _WIDTH, chosen=""))


def _call(titles: Sequence[str], language: str) -> tuple[int, int]:
    """Return the rows of the person to call and the earlier calls, in the tallest case, and of the three results."""
    hours = hours_in(HOURS, language)
    large, *people = (
        len([*blocks.person(Person(NAME, _NUMBER, *about), _WIDTH)])
        for about in ((), *((title, hours) for title in titles))
    )
    tallest = max((rows + tried for tried, rows in enumerate(people)), default=large)
    return AIR + large, tallest - large + sum(_listed([_OWN] * 3))
