"""A box to type in. It grows with its words, shows every character, and has no clipboard."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import ClassVar, Final

from textual import events
from textual.content import Content
from textual.message import Message

from kiosk.layout.cells import cells
from kiosk.screens.text import taken
from kiosk.screens.widgets.lines import Lines, Row

_MARGIN: Final = 2
_PAUSE_S: Final = 0.6
"""Seconds that Backspace must pause before it leads back from an empty box, so that holding it only clears the box."""


class Box(Lines):
    """The box of one fact or note. Its content is one line of at most `room` harmless characters."""

    can_focus = True
    EDITS: ClassVar[frozenset[str]] = frozenset({"backspace", "delete", "left", "right", "home", "end"})
    """Keys that move and delete within the words."""

    @dataclass
    class Changed(Message):
        """The words in the box have changed."""

        box: Box

    @dataclass
    class Full(Message):
        """Something was typed or pasted that did not fit."""

        box: Box

    def __init__(
        self,
        *,
        language: str = "en",
        css_id: str | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(language=language, css_id=css_id)
        self.value, self.room, self.mark = "", 200, ""
        self._at = 0
        self._monotonic, self._cleared_at = monotonic, float("-inf")

    def show(self, value: str, *, room: int = 200, mark: str = "") -> None:
        """Set these words. `mark`: shown while the box is empty."""
        self.room, self.mark = room, mark
        self.value = taken(value, room)
        self._at = len(self.value)
        self.changed()

    def set_mark(self, mark: str) -> None:
        """Show, in the empty box, why it is empty."""
        self.mark = mark
        self.changed()

    # -- keys ----------------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Type, delete and move; pass every other key to the screen."""
        if event.is_printable and event.character and not event.key.startswith(("alt+", "ctrl+")):
            self.insert(event.character)
        elif not self._edit(event.key):
            return
        event.stop()

    def on_paste(self, event: events.Paste) -> None:
        """Take as much of the pasted text as fits."""
        event.stop()
        self.insert(event.text)

    def insert(self, words: str) -> None:
        """Insert words at the cursor, as far as there is room."""
        left = self.room - len(self.value)
        new = taken(words, left)
        if new:
            self._set(self.value[: self._at] + new + self.value[self._at :], self._at + len(new))
        if taken(words, left + 1) != new:
            self.post_message(self.Full(self))

    def _edit(self, key: str) -> bool:
        """Apply this key; return whether it has a meaning here."""
        match key:
            case "backspace":
                return self._backspace()
            case "delete":
                self._set(self.value[: self._at] + self.value[self._at + 1 :], self._at)
            case "left" if self.value:
                self._move(self._at - 1)
            case "right" if self._at < len(self.value):
                self._move(self._at + 1)
            case "home":
                self._move(0)
            case "end":
                self._move(len(self.value))
            case _:
                return False
        return True

    def _backspace(self) -> bool:
        now = self._monotonic()
        if not self.value and now - self._cleared_at >= _PAUSE_S:
            return False
        self._cleared_at = now
        if self._at:
            self._set(self.value[: self._at - 1] + self.value[self._at :], self._at - 1)
        return True

    def _set(self, value: str, at: int) -> None:
        if value != self.value:
            self.value, self.mark = value, ""
            self.post_message(self.Changed(self))
        self._move(at)

    def _move(self, at: int) -> None:
        self._at = max(0, min(at, len(self.value)))
        self.changed()

    # -- drawing -------------------------------------------------------------------------------------------------

    def on_focus(self) -> None:
        """Show the cursor."""
        self.changed()

    def on_blur(self) -> None:
        """Show that the box has lost the focus."""
        self.changed()

    def rows(self, width: int) -> Iterable[Row]:
        """Return the wrapped words after a mark that shows the focused box without color."""
        room = max(4, width - _MARGIN - 1)
        edge = "> " if self.has_focus else "│ "
        if not self.value and not self.has_focus:
            return [Row(Content(edge) + self.shown(self.mark, ".aside"))]
        return [Row(Content(edge) + line) for line in self._lines(room)]

    def drawn_words(self) -> str:
        """Return the words as they are drawn, of the same length."""
        return self.value

    def _lines(self, room: int) -> Iterable[Content]:
        words = self.drawn_words()
        folded = folds(words, room)
        for n, (start, end) in enumerate(folded):
            line = self.shown(words[start:end] + " ")
            last = n == len(folded) - 1
            if self.has_focus and start <= self._at and (self._at < end or last):
                line = line.stylize(self.style_of(".caret"), self._at - start, self._at - start + 1)
            if not self.value and self.mark:
                line = line + self.shown(self.mark, ".aside")
            yield line


def folds(words: str, width: int) -> list[tuple[int, int]]:
    """Return the lines of at most `width` cells as (start, end), broken after a space where there is one."""
    found, start, used, space = [], 0, 0, 0
    for n, character in enumerate(words):
        used += cells(character)
        if used > width:
            end = space if space > start else n
            found.append((start, end))
            start, used = end, cells(words[end : n + 1])
        if character == " ":
            space = n + 1
    return [*found, (start, len(words))]
