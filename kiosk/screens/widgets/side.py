"""The side panel: whom to call now, and what is still open. It never leaves the screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kiosk.referral import Line
from kiosk.screens.widgets.lines import Lines, Row, blank, wrapped

_EACH = 4
"""Lines that one person takes, with the blank one after."""


@dataclass(frozen=True, slots=True)
class OpenFact:
    """A fact without a value, and why."""

    label: str
    reason: str


class Side(Lines):
    """Whom to call, the weightiest first, as many as there is room for; then the open facts and untold roles."""

    def __init__(self, *, language: str) -> None:
        super().__init__(language=language, css_id="side")
        self._people: tuple[Line, ...] = ()
        self._reached: dict[tuple[str, int], str] = {}
        self._open: tuple[OpenFact, ...] = ()
        self._untold: tuple[str, ...] = ()

    def show(
        self,
        people: Sequence[Line],
        reached: dict[tuple[str, int], str],
        still_open: Sequence[OpenFact],
        untold: Sequence[str],
    ) -> None:
        """`reached`: (role, person) → the time of day; `untold`: titles of roles that must still hear of it."""
        now = tuple(people), reached, tuple(still_open), tuple(untold)
        if now != (self._people, self._reached, self._open, self._untold):
            self._people, self._reached, self._open, self._untold = now
            self.changed()

    def on_resize(self) -> None:
        """There may be room for more, or less."""
        self._made = None

    def rows(self, width: int) -> Iterable[Row]:
        """People first, then what is open."""
        tail = [*self._open_rows(width), *self._untold_rows(width)]
        room = max(_EACH, self.size.height - 4 - min(len(tail), self.size.height // 3))
        yield Row(self.shown(self.word("call.now"), ".cap"))
        used = 0
        for n, person in enumerate(self._people):
            lines = list(self._person(person, width))
            if n and used + len(lines) > room:
                break
            used += len(lines)
            yield from lines
        if self._people:
            yield Row(self.shown(self.word("call.no-answer"), ".quiet"), "calls")
        yield from tail

    def _person(self, person: Line, width: int) -> Iterable[Row]:
        yield from wrapped(self.shown(person.name, ".strong"), width)
        if person.role_title != person.name:
            yield from wrapped(self.shown(person.role_title, ".quiet"), width)
        yield from wrapped(self.shown(person.phone, ".accent"), width)
        if told := self._reached.get((person.role, person.person)):
            words = f"{self.glyphs.reached} {self.word('call.reached', time=told)}"
            yield from wrapped(self.shown(words, ".strong"), width)
        elif person.available is False:
            yield from wrapped(self.shown(self.word("call.closed"), ".quiet"), width)
        yield blank()

    def _open_rows(self, width: int) -> Iterable[Row]:
        if self._open:
            yield blank()
            yield Row(self.shown(self.word("open.title"), ".cap"))
        for fact in self._open:
            sign = self.glyphs.later if fact.reason == "deferred" else self.glyphs.missing
            words = f"{fact.label}: {self.word(f'missing.{fact.reason}')}"
            yield from wrapped(self.shown(words, ".quiet"), width, self.shown(f"{sign} ", ".quiet"))

    def _untold_rows(self, width: int) -> Iterable[Row]:
        if self._untold:
            yield blank()
            yield Row(self.shown(self.word("open.untold.title"), ".cap"))
        for title in self._untold:
            yield from wrapped(self.shown(title, ".quiet"), width, self.shown(f"{self.glyphs.later} ", ".quiet"))
