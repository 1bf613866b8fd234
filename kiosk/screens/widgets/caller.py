"""Whom to call now, large; and the calls made so far at this step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kiosk.desk.referral import Line
from kiosk.screens.widgets.lines import Lines, Row, blank, wrapped


class Caller(Lines):
    """The person who is due: name, role, number. Nobody due says so."""

    def __init__(self, *, language: str) -> None:
        super().__init__(language=language, css_id="caller")
        self._person: Line | None = None
        self._calls: tuple[str, ...] = ()
        self.display = False

    def show(self, person: Line | None, calls: Sequence[str]) -> None:
        """`calls`: the calls made at this step, one line each."""
        self._person, self._calls = person, tuple(calls)
        self.changed()

    def rows(self, width: int) -> Iterable[Row]:
        """Name and number on lines of their own, where the eye falls first."""
        yield from self._person_rows(width)
        if self._calls and not self.screen.has_class("short"):  # few rows: the answers below must be in sight
            yield blank()
        for line in self._calls:
            yield from wrapped(self.shown(line, ".quiet"), width, "  ")

    def _person_rows(self, width: int) -> Iterable[Row]:
        person = self._person
        if person is None:
            yield from wrapped(self.shown(self.text("call.nobody-set"), ".strong"), width)
            return
        lines = [row.content for words in (person.name, person.phone) for row in wrapped(self.shown(words), width - 4)]
        across = max(line.cell_length for line in lines)
        for line in lines:
            yield Row(self.shown(f"  {line.plain}{' ' * (across - line.cell_length)}  ", ".badge"))
        role = person.role_title if person.role_title != person.name else ""
        away = self.text("call.closed") if person.available is False else ""
        when = " · ".join(words for words in (person.hours, away) if words)
        about = self.shown(" · ".join(words for words in (role, when) if words), ".quiet")
        lines = [about] if about.cell_length <= width - 2 else [self.shown(role, ".quiet"), self.shown(when, ".quiet")]
        for line in lines:
            if line.plain:
                yield from wrapped(line, width, "  ")
