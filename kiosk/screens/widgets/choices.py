"""Answers to choose from, one key each. None is ever chosen beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.content import Content

from kiosk.screens.keys import OPTION_KEYS
from kiosk.screens.widgets.lines import Lines, Row, blank, wrapped

ENTER = "enter"
"""The target of the last line of a list that Enter confirms."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: its id, the key that chooses it (empty: by position), and its words."""

    id: str
    label: str
    key: str = ""
    marked: bool = False


class Choices(Lines):
    """A list of answers. `many`: each can be ticked, and Enter confirms. The screen owns the keys."""

    def __init__(self, *, language: str = "en", css_id: str | None = None) -> None:
        super().__init__(language=language, css_id=css_id)
        self._items: tuple[Choice, ...] = ()
        self._many, self._confirm = False, ""
        self.cursor: int | None = None
        self.ticked: frozenset[str] = frozenset()
        self.display = False

    def show(self, items: Sequence[Choice], *, many: bool = False, confirm: str = "") -> None:
        """Show these answers; marked ones are ticked, or were answered earlier. No cursor until it is moved."""
        if not items and not confirm and not self.display:
            return
        self._items = tuple(
            Choice(item.id, item.label, item.key or OPTION_KEYS[n], item.marked)
            for n, item in enumerate(items[: len(OPTION_KEYS)])
        )
        self._many, self._confirm, self.cursor = many, confirm, None
        self.ticked = frozenset(item.id for item in items if item.marked) if many else frozenset()
        self.display = bool(self._items or confirm)
        self.changed()

    def by_key(self, key: str) -> str | None:
        """The id of the answer with that key."""
        return next((item.id for item in self._items if item.key == key), None)

    def at_cursor(self) -> str | None:
        """The id of the answer the cursor was moved onto; None while it was not moved."""
        return None if self.cursor is None else self._items[self.cursor].id

    def move(self, by: int) -> None:
        """Move the cursor; the first move down comes to the first answer, the first up to the last."""
        if not self._items:
            return
        start = (-1 if by > 0 else len(self._items)) if self.cursor is None else self.cursor
        self.cursor = (start + by) % len(self._items)
        self.changed()

    def toggle(self, choice_id: str) -> None:
        """Tick, or take the tick away."""
        self.ticked ^= {choice_id}
        self.changed()

    def row_of_cursor(self) -> int | None:
        """The line the cursor is on, for scrolling."""
        target = self.at_cursor()
        rows = self.made(self.content_size.width)
        return next((n for n, row in enumerate(rows) if target and row.target == target), None)

    @property
    def picked(self) -> tuple[str, ...]:
        """The ticked ids, in the list's order."""
        return tuple(item.id for item in self._items if item.id in self.ticked)

    def rows(self, width: int) -> Iterable[Row]:
        """One answer after the other, a blank line between them where there is room; then the line of Enter."""
        roomy = self.screen.has_class("roomy") and len(self._items) <= 8
        for n, item in enumerate(self._items):
            yield from self._item_rows(n, item, width)
            if roomy:
                yield blank()
        if self._confirm and (not self._many or self.ticked):
            if self._items and not roomy:
                yield blank()
            yield from wrapped(self.shown(self._confirm), width, self._cap("Enter"), ENTER)
        elif self._many:
            yield blank()
            yield from wrapped(self.shown(self.word("step.tick"), ".quiet"), width)

    def _item_rows(self, n: int, item: Choice, width: int) -> Iterable[Row]:
        here = n == self.cursor
        box = ("[x] " if item.id in self.ticked else "[ ] ") if self._many else ""
        head = self._cap(item.key, here=here) + self.shown(box, ".accent" if item.id in self.ticked else "")
        style = ".cursor" if here else ""
        label = self.shown(item.label, style or (".strong" if item.marked or item.id in self.ticked else ""))
        return wrapped(label, width, head, item.id)

    def _cap(self, key: str, *, here: bool = False) -> Content:
        return self.shown(f"{'>' if here else ' '}{key}  ", ".keycap") + " "
