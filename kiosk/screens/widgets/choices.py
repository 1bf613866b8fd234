"""Answers to choose from, one key each. None is chosen in advance. Every list of the kiosk uses this."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.message import Message

from kiosk.layout.blocks import ENTER, Answer, Enter, answers
from kiosk.presentation.keys import OPTION_KEYS, pressed
from kiosk.presentation.values import Choice
from kiosk.screens.widgets.lines import Lines, Row
from kiosk.screens.widgets.scroll import Column


class Choices(Lines):
    """A list of answers. `many`: each can be ticked, and Enter confirms.

    The cursor stops at every line that does something, the line of Enter among them. Space picks or ticks the line
    under the cursor; Enter does what its line says, or picks the line under the cursor where it has no line.

    line: changes whenever Enter or Space means something else, or what they mean was not in sight.
    """

    @dataclass
    class TicksChanged(Message):
        """Somebody ticked an answer, or removed a tick."""

        choices: Choices

    def __init__(self, *, language: str = "en", css_id: str | None = None) -> None:
        super().__init__(language=language, css_id=css_id)
        self._items: tuple[Choice, ...] = ()
        self._many, self._confirm = False, ""
        self.cursor: str | None = None
        self.ticked: frozenset[str] = frozenset()
        self.line = 0
        self.display = False

    def show(self, items: Sequence[Choice], *, many: bool = False, confirm: str = "") -> None:
        """Show these answers. The cursor starts on the first marked (earlier) answer, if there is one."""
        if not items and not confirm and not self.display:
            return
        self._items = tuple(
            Choice(item.id, item.label, item.key or OPTION_KEYS[n], item.marked)
            for n, item in enumerate(items[: len(OPTION_KEYS)])
        )
        self._many, self._confirm = many, confirm
        self.cursor = next((item.id for item in self._items if item.marked), None)
        self.ticked = frozenset(item.id for item in items if item.marked) if many else frozenset()
        self.display = bool(self._items or confirm)
        self._line_changed()

    # -- keys and clicks -----------------------------------------------------------------------------------------

    @property
    def stops(self) -> tuple[str, ...]:
        """The lines with an effect, from the top: the ids of the answers, then the line of Enter."""
        return (*(item.id for item in self._items), *((ENTER,) if self._ready else ()))

    @property
    def on_enter(self) -> str:
        """The effect of Enter now: the id of the answer it picks or ticks, ENTER to confirm; empty for none."""
        if self.cursor is not None and self._points:
            return self.cursor
        return ENTER if self._ready else ""

    def pressed(self, key: str) -> str | None:
        """Return the answer that this key gives; empty if it only moved or ticked, None if it has no meaning here."""
        key = key.lower() if len(key) == 1 else key
        if not self.display:
            return None
        if key == "enter":
            return self._take(self.on_enter) if self.on_enter else None
        if key == "space":
            return self._take(self.cursor) if self.cursor else None
        if way := pressed(key, ("up", "down")):
            return self._move(-1 if way == "up" else 1)
        item = next((item.id for item in self._items if item.key == key), None)
        return None if item is None else self._chosen(item)

    def clicked(self, target: str) -> str:
        """Return the answer that a click on this line gives; empty if it only ticked, or if there is no such line."""
        target = self.on_enter if target == ENTER else target
        return self._chosen(target) if target in self.stops else ""

    def _take(self, target: str) -> str:
        """Do what that line says, but only if it is visible: nobody picks or confirms what they can't see."""
        if self._reveal(target):
            self.line += 1
            return ""
        return self._chosen(target)

    def _chosen(self, target: str) -> str:
        if not self._many or target == ENTER:
            return target
        self.ticked ^= {target}
        self.post_message(self.TicksChanged(self))
        if self.cursor not in self.stops:
            self.cursor = None
        self._line_changed()
        return ""

    def _move(self, by: int) -> str | None:
        stops = self.stops
        if not stops:
            return None
        start = stops.index(self.cursor) if self.cursor in stops else (-1 if by > 0 else len(stops))
        self.cursor = stops[(start + by) % len(stops)]
        self._line_changed()
        self._reveal(self.cursor)
        return ""

    def _line_changed(self) -> None:
        self.line += 1
        self.changed()

    @property
    def _ready(self) -> bool:
        """Whether Enter may confirm."""
        return bool(self._confirm) and (not self._many or bool(self.ticked))

    @property
    def _points(self) -> bool:
        """Whether the cursor is on an answer that can still be picked or ticked."""
        return self.cursor is not None and self.cursor != ENTER and not (self._many and self.cursor in self.ticked)

    def _reveal(self, target: str) -> bool:
        """Scroll to that line. Return whether it was out of sight."""
        rows = self.made(self.content_size.width)
        row = next((n for n, row in enumerate(rows) if row.target == target), None)
        column = self.parent
        return row is not None and isinstance(column, Column) and column.reveal(self.virtual_region.y + row)

    @property
    def picked(self) -> tuple[str, ...]:
        """The ticked ids, in the order of the list."""
        return tuple(item.id for item in self._items if item.id in self.ticked)

    # -- drawing -------------------------------------------------------------------------------------------------

    def rows(self, width: int) -> Iterable[Row]:
        """Return one answer after the other, with blank lines between them if there is room; then the line of Enter."""
        items = [Answer(item.id, item.key, self.plain(item.label), item.marked) for item in self._items]
        ticked = self.ticked if self._many else None
        roomy = self.screen.has_class("roomy")
        enter = self._enter() if self._confirm else None
        return self.drawn(answers(items, width, ticked=ticked, cursor=self.cursor, enter=enter, roomy=roomy))

    def _enter(self) -> Enter:
        if self._many and not self.on_enter:
            return Enter(self.text("step.tick"), "")
        return Enter(self.text("step.tick.here") if self._many and self._points else self._confirm)
