"""The side panel: whom to call now, and what is still open. It is always visible."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kiosk.presentation.values import Shown
from kiosk.protocol.replies import REACHED
from kiosk.screens.widgets.lines import Lines, Row, blank, wrapped

_EACH = 4
"""The lines for one person, with the blank one after."""


class Side(Lines):
    """The dialing prefix, the people in the order of calls, the open facts, and the roles not notified yet."""

    def __init__(self, *, language: str) -> None:
        super().__init__(language=language, css_id="side")
        self._people: tuple[Shown, ...] = ()
        self._dial = ""
        self._open: tuple[str, ...] = ()
        self._to_notify: tuple[str, ...] = ()

    def show(self, people: Sequence[Shown], dial: str, still_open: Sequence[str], to_notify: Sequence[str]) -> None:
        """Show these. dial: digits to dial before each number. to_notify: titles of the roles not notified yet."""
        now = tuple(people), dial, tuple(still_open), tuple(to_notify)
        if now != (self._people, self._dial, self._open, self._to_notify):
            self._people, self._dial, self._open, self._to_notify = now
            self.changed()

    def on_resize(self) -> None:
        """Draw again, because there may be more room, or less."""
        self._made = None

    def rows(self, width: int) -> Iterable[Row]:
        """Return the digits and people first, then what is open."""
        tail = [*self._open_rows(width), *self._to_notify_rows(width)]
        top = list(self._dial_rows(width))
        room = max(_EACH, self.size.height - 3 - len(top) - min(len(tail), self.size.height // 3))
        yield from top
        yield from self._people_rows(width, room)
        if any(who.due for who in self._people):
            yield Row(self.shown(self.text("call.no-answer"), ".quiet"), "calls")
        yield from tail

    def _dial_rows(self, width: int) -> Iterable[Row]:
        """Return the digits as large as a terminal can: spaced, on a solid block of three lines."""
        if not self._dial:
            return
        yield Row(self.shown(self.text("call.now"), ".heading"))
        spaced = " ".join(self._dial)
        words = spaced if len(spaced) <= width - 2 else self._dial
        for line in ("", words, ""):
            yield Row(self.shown(line.center(width), ".badge"))
        yield blank()

    def _people_rows(self, width: int, room: int) -> Iterable[Row]:
        """Return as many as fit, in order; if the person to call now would not fit, leave out the first ones."""
        blocks = [list(self._person(who, width)) for who in self._people]
        due = next((n for n, who in enumerate(self._people) if who.due), 0)
        first, size = 0, sum(map(len, blocks[: due + 1]))
        while size > room and first < due:
            size -= len(blocks[first])
            first += 1
        if not any(who.due for who in self._people) and self._people:
            yield Row(self.shown(self.text("call.numbers"), ".heading"))
            room -= 1
        used = 0
        for n, block in enumerate(blocks[first:]):
            if n and used + len(block) > room:
                return
            used += len(block)
            yield from block

    def _person(self, who: Shown, width: int) -> Iterable[Row]:
        person = who.line
        if who.due:
            yield Row(self.shown(self.text("call.then" if self._dial else "call.now"), ".heading"))
        yield from wrapped(self.shown(person.name, ".strong" if who.due else ""), width)
        if person.role_title != person.name:
            yield from wrapped(self.shown(person.role_title, ".quiet"), width)
        yield from wrapped(self.shown(person.phone, ".badge" if who.due else ".accent"), width)
        if who.result is not None:
            yield from self._called(who, width)
        elif person.available is False:
            yield from wrapped(self.shown(self.text("call.closed"), ".quiet"), width)
        yield blank()

    def _called(self, who: Shown, width: int) -> Iterable[Row]:
        reached = who.result in REACHED
        sign = self.glyphs.reached if reached else self.glyphs.missing
        words = f"{self.text(f'result.{who.result}')} {who.time}" if who.result else ""
        yield from wrapped(self.shown(f"{sign} {words}", ".strong" if reached else ".quiet"), width)

    def _open_rows(self, width: int) -> Iterable[Row]:
        if self._open:
            yield blank()
            yield Row(self.shown(self.text("open.title"), ".heading"))
        for fact in self._open:
            words = f"{fact}: {self.text('missing.deferred')}"
            yield from wrapped(self.shown(words, ".quiet"), width, self.shown(f"{self.glyphs.later} ", ".quiet"))

    def _to_notify_rows(self, width: int) -> Iterable[Row]:
        if self._to_notify:
            yield blank()
            yield Row(self.shown(self.text("open.to-call.title"), ".heading"))
        for title in self._to_notify:
            yield from wrapped(self.shown(title, ".quiet"), width, self.shown(f"{self.glyphs.later} ", ".quiet"))
