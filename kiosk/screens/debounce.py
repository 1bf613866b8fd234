"""Debouncing: each press belongs to the screen it was made on, and people press twice."""

from __future__ import annotations

from enum import Enum, auto
from math import inf
from typing import Final, assert_never

HELD_S: Final = 0.2
"""The same key again within this time is held down or bounces; a slow console repeats ten times a second."""
DOUBLE_CLICK_S: Final = 0.5
"""A second click on the same spot within this time belongs to the first."""
_AHEAD: Final = 2
"""After a lost early press, an answer counts only after this many reading times."""
_SAME_SPOT: Final = (2, 1)
"""The cells, across and down, that a double click may move."""
_MOUSE: Final = "mouse"


class Kind(Enum):
    """The kind of a press; it decides which presses count.

    TYPES:   types into a box: never lost.
    HIDES:   covers everything: always counts.
    AT_ONCE: interrupts, or opens a page, whatever is being asked.
    MOVES:   shows another part of the same screen; may be repeated and held.
    ANSWERS: everything else: its meaning depends on the question.
    ENTERS:  does what the line of Enter, or the line under the cursor, says at that moment.
    """

    TYPES = auto()
    HIDES = auto()
    AT_ONCE = auto()
    MOVES = auto()
    ANSWERS = auto()
    ENTERS = auto()


_ANSWERING: Final = (Kind.ANSWERS, Kind.ENTERS)


class Question:
    """The times since when people can have seen what a screen asks, by the clock that times presses.

    shown: since the screen came to the top; asked: since its question was painted; line: since Enter has its meaning.
    Infinite until painted.
    """

    def __init__(self) -> None:
        self.shown = self.asked = self.line = inf
        self.begun = self.seen = False

    def begin(self) -> None:
        """Start, because the screen has come to the top."""
        self.shown = self.asked = self.line = inf
        self.begun = True

    def changed(self) -> None:
        """Note that the screen asks something else in the same place."""
        self.asked = self.line = inf

    def line_changed(self) -> None:
        """Note that Enter means something else."""
        self.line = inf

    def painted(self, at: float) -> None:
        """Note that the question was painted at that time."""
        if self.begun:
            self.seen = True
            self.shown, self.asked, self.line = min(self.shown, at), min(self.asked, at), min(self.line, at)

    def since(self, kind: Kind) -> float:
        """Return since when people could see what such a press means."""
        match kind:
            case Kind.MOVES:
                return self.shown
            case Kind.ENTERS:
                return max(self.asked, self.line)
            case Kind.TYPES | Kind.HIDES | Kind.AT_ONCE | Kind.ANSWERS:
                return self.asked
            case _:
                assert_never(kind)

    def is_early(self, kind: Kind, at: float) -> bool:
        """Check whether a press at that time is too early to be meant for this question."""
        match kind:
            case Kind.TYPES | Kind.HIDES:
                return False
            case Kind.AT_ONCE:
                return not self.seen
            case Kind.MOVES | Kind.ANSWERS | Kind.ENTERS:
                return at < self.since(kind)
            case _:
                assert_never(kind)


class Debouncer:
    """Separate presses that count from presses made too early, twice by one hand, or by a key held down.

    read_s: seconds a person needs to read what the same key now answers. With 0, every second press counts as meant.
    """

    def __init__(self, read_s: float) -> None:
        self._read_s = read_s
        self._key, self._began, self._at = "", -inf, -inf
        self._counted = self._typed = self._ahead = False
        self._spot = (-inf, -inf)

    def counts(self, key: str, at: float, kind: Kind, question: Question, *, answering: bool = False) -> bool:
        """Check whether this press at that time counts. Call it once for each press, in order.

        answering: the question already has an answer; another answer would be meant for a later question.
        """
        if key != self._key:
            self._began = at  # another key: that hand has moved on
        again = kind is not Kind.HIDES and self._is_again(key, at, kind, question)
        early, ahead = question.is_early(kind, at), False
        if kind in _ANSWERING:
            # A hand that went ahead of the screen and lost a press must not have its next one answer in its place.
            early = early or answering
            ahead = self._ahead and at < question.since(kind) + _AHEAD * self._read_s
            self._ahead = (early and not again) or ahead
        counted = not (again or early or ahead)
        self._key, self._at, self._counted = key, at, counted
        self._typed = counted and kind is Kind.TYPES
        return counted

    def clicks(self, x: float, y: float, at: float, question: Question, *, answering: bool = False) -> bool:
        """Check whether this click counts. `x`, `y`: the cell; `answering`: as for `counts`."""
        across, down = _SAME_SPOT
        near = abs(x - self._spot[0]) <= across and abs(y - self._spot[1]) <= down
        double = self._key == _MOUSE and near and at - self._at < DOUBLE_CLICK_S and self._read_s > 0
        self._spot = x, y
        if double:
            self._at, self._counted = at, False
            return False
        return self.counts(_MOUSE, at, Kind.ANSWERS, question, answering=answering)

    def _is_again(self, key: str, at: float, kind: Kind, question: Question) -> bool:
        if key != self._key or not self._read_s or (self._typed and kind is Kind.TYPES):
            return False
        if at - self._at < min(HELD_S, self._read_s) and not (kind is Kind.MOVES and self._counted):
            return True
        # Pressed first for something else, and again before anybody can have read what it would mean now.
        since = question.since(kind)
        return self._began <= since and at < since + self._read_s
