"""Whether a step fits the smallest screen, 80×24, reckoned without a screen. Tests hold it against the real one.

Of 24 rows the bar takes one, the two rows of keys two, the air above the words one; of 80 columns the panel takes 28
and the margins 4. Calls are reckoned with on a school day: one person for each role, there now, with the hours most
have, and all the other roles tried before. Boxes are reckoned with while they are empty; looking back is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kiosk.checks.wording.slots import LONGEST_NUMBER, Filling, fill
from kiosk.checks.wording.wrapping import cells, line_count
from kiosk.protocol.kinds.ask import AskStep
from kiosk.protocol.kinds.call import CallStep
from kiosk.protocol.kinds.choose import ChooseStep
from kiosk.protocol.kinds.record import RecordStep
from kiosk.protocol.model import Field, Outcome, Protocol, Step, Text
from kiosk.protocol.site.times import hours_in

ROWS: Final = 20
"""Rows for the words of a step."""

OUTCOME_ROWS: Final = 12
"""Rows for title and DO of an outcome: below them stand the record and the two questions."""

KEYS_WIDTH: Final = 78
"""Cells for the labels of the interrupts with their keys."""

_WIDTH: Final = 48
_TAG: Final = 6
_AIR: Final = 1
_SAY_EDGE: Final = 1
_OPTION: Final = 5
_TICK: Final = 9
_KEY: Final = 4
"""`F6`, and a space on either side of the label."""

_CHIP: Final = 8
"""Around the words of a chip: `>1 (x) Yes `, with two digits where there are ten."""
_REASON: Final = 9
"""The longest word for why a fact is missing, in any language of the kiosk."""

NAME: Final = "Jordan Example"
"""A name that is no longer than most."""

_NUMBER: Final = LONGEST_NUMBER.replace(", extension ", "  ext ")

HOURS: Final = "Mon-Fri 07:30-15:30"
"""The hours that stand, as the desk's clock has them, beside the title of a role at the person who is called."""


@dataclass(frozen=True, slots=True)
class Need:
    """Rows that a step needs.

    whole: for everything on it.
    first: down to the first thing that can be pressed, called or filled in.
    """

    whole: int
    first: int

    @property
    def over(self) -> int:
        """How many rows do not fit; 0 when all do."""
        return max(0, self.whole - ROWS)

    @property
    def answers_hidden(self) -> bool:
        """Whether not even the first answer is in sight; the line that tells of more takes a row then."""
        return self.over > 0 and self.first > ROWS - 1


def need_of(protocol: Protocol, step: Step, language: str, filling: Filling) -> Need:
    """The rows a step needs in a language, its slots filled in one way."""

    def said(text: Text | None) -> str:
        return "" if text is None else fill(text.say(language), filling)

    heading = said(step.title or (step.ask if isinstance(step, AskStep | ChooseStep) else None))
    tight = isinstance(step, RecordStep)
    words = _block(heading, _WIDTH) + _do(said(step.do)) + _say(said(step.say), tight=tight)
    below = _below(protocol, step, language, filling)
    return Need(words + sum(below), words + sum(below[:2]))


def outcome_over(outcome: Outcome, language: str, filling: Filling) -> int:
    """How many rows of an outcome's title and DO do not fit; 0 when all do."""
    do = fill(outcome.do.say(language), filling) if outcome.do else ""
    return max(0, _block(fill(outcome.title.say(language), filling), _WIDTH) + _do(do) - OUTCOME_ROWS)


def keys_over(protocol: Protocol, language: str, filling: Filling) -> int:
    """How many cells of the interrupts' labels are cut off; 0 when all are seen."""
    labels = [fill(jump.label.say(language), filling) for jump in protocol.interrupts]
    return max(0, sum(_KEY + cells(label) for label in labels) - 1 - KEYS_WIDTH)


def _block(words: str, width: int) -> int:
    return line_count(words, width) if words else 0


def _do(words: str) -> int:
    return _AIR + line_count(words, _WIDTH - _TAG) if words else 0


def _say(words: str, *, tight: bool) -> int:
    edges = 0 if tight else 2 * _SAY_EDGE
    return _AIR + edges + line_count(f"“{words}”", _WIDTH - 2 * _SAY_EDGE - _TAG) if words else 0


def _below(protocol: Protocol, step: Step, language: str, filling: Filling) -> list[int]:
    """Rows below the words: the air, then the first thing that is asked for, then the rest."""
    match step:
        case AskStep():
            labels = [fill(option.label.say(language), filling) for option in step.options]
            return [_AIR, *(line_count(label, _WIDTH - _OPTION) for label in labels)]
        case ChooseStep():
            labels = [fill(choice.say(language), filling) for choice in step.choices.values()]
            return [_AIR, *(line_count(label, _WIDTH - _TICK) for label in labels), 2]
        case RecordStep():
            return _boxes(protocol, step, language)
        case CallStep(pick=True):
            titles = [protocol.roles[role].title.say(language) for role in step.roles if role in protocol.roles]
            people = (line_count(f"{_NUMBER}  {NAME} · {title}", _WIDTH - _OPTION) for title in titles)
            return [_AIR, *people, 1]
        case CallStep():
            name_and_number, results = 2, _AIR + 3
            return [_AIR, name_and_number, _about(protocol, step, language), results]
    return [_AIR, 1]


def _boxes(protocol: Protocol, step: RecordStep, language: str) -> list[int]:
    """Each label with its box or choices; the box that listens also offers its reasons; last the line on the keys."""
    known = [protocol.fields[f] for f in step.fields if f in protocol.fields]
    rows = [line_count(field.label.say(language), _WIDTH) + _chips(field, language) for field in known] or [1]
    listens = 0 if known and known[0].choices else 1
    return [_AIR, rows[0] + listens, *rows[1:], _AIR + 1]


def _chips(field: Field, language: str) -> int:
    """Rows of what a fact can be and why it may be missing, as many beside each other as fit; 1 for a box."""
    if not field.choices:
        return 1
    labels = [" ".join(label.say(language).split()) for label in field.choices.values()]
    rows, room = 0, 0
    for words in (*labels, *("x" * _REASON for _ in {*field.missing, "deferred"})):
        size = cells(words) + _CHIP
        if size > room:
            rows, room = rows + line_count(words, _WIDTH - _CHIP), _WIDTH
        room = max(0, room - size)
    return rows


def _about(protocol: Protocol, step: CallStep, language: str) -> int:
    """Rows of role and hours below the number, with one for each call made before."""
    titles = [protocol.roles[role].title.say(language) for role in step.roles if role in protocol.roles]
    hours, width = hours_in(HOURS, language), _WIDTH - 2
    rows = [
        (1 if cells(f"{title} · {hours}") <= width else line_count(title, width) + line_count(hours, width)) + tried
        for tried, title in enumerate(titles)
    ]
    return max(rows, default=0)
