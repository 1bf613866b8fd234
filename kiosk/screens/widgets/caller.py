"""The person to call now, large; and the calls made so far at this step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kiosk.desk.referral import Line
from kiosk.layout.blocks import Person, indented, person
from kiosk.screens.widgets.lines import Lines, Row, blank, wrapped


class Caller(Lines):
    """The person who is due: name, role, number; or words that nobody is due."""

    def __init__(self, *, language: str) -> None:
        super().__init__(language=language, css_id="caller")
        self._person: Line | None = None
        self._calls: tuple[str, ...] = ()
        self.display = False

    def show(self, person: Line | None, calls: Sequence[str]) -> None:
        """Show these. `calls`: the calls made at this step, one line each."""
        self._person, self._calls = person, tuple(calls)
        self.changed()

    def rows(self, width: int) -> Iterable[Row]:
        """Return name and number on lines of their own, where people look first."""
        yield from self._person_rows(width)
        if self._calls and not self.screen.has_class("short"):  # few rows: the answers below must be in sight
            yield blank()
        for line in self._calls:
            yield from self.drawn(indented(self.plain(line), width))

    def _person_rows(self, width: int) -> Iterable[Row]:
        who = self._person
        if who is None:
            return wrapped(self.shown(self.text("call.nobody-set"), ".strong"), width)
        role = who.role_title if who.role_title != who.name else ""
        away = self.text("call.closed") if who.available is False else ""
        when = " · ".join(words for words in (who.hours, away) if words)
        return self.drawn(person(Person(*map(self.plain, (who.name, who.phone, role, when))), width))
