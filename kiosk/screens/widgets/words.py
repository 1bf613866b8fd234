"""Plain blocks of words: one or more wrapped lines, with or without a tag in front."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from textual import events

from kiosk.layout import blocks
from kiosk.presentation.marks import mark
from kiosk.screens.widgets.lines import Lines, Row

if TYPE_CHECKING:
    from kiosk.protocol.slots import Said

_SENTENCE: Final = re.compile(r"\S[^.?!]*[.?!]?")


class Words(Lines):
    """Some words, wrapped; hidden while empty.

    target: what a click anywhere on them does; empty for nothing.
    targets: a key as the words name it → the target of a click on the sentence with that key.
    """

    def __init__(
        self,
        words: str = "",
        *,
        style: str = "",
        target: str = "",
        targets: Mapping[str, str] | None = None,
        language: str = "en",
        css_id: str | None = None,
    ) -> None:
        super().__init__(language=language, css_id=css_id)
        self.words, self._style, self._target, self._targets = words, style, target, targets or {}
        self.display = bool(words)

    def show(self, words: str) -> None:
        """Show these words instead."""
        if words != self.words:
            self.words = words
            self.display = bool(words)
            self.changed()

    def rows(self, width: int) -> Iterable[Row]:
        """Return the words in lines."""
        return self.drawn(blocks.wrapped(self.plain(self.words), width, self._style, target=self._target))

    def _target_of(self, event: events.MouseEvent) -> str:
        return self._target or super()._target_of(event)  # its edges are as good as its words

    def target_at(self, x: int, y: int) -> str:
        """Return the target of the sentence at that cell."""
        if self._target or not self._targets:
            return self._target
        rows = self.made(self.content_size.width)
        line = rows[y].content.plain if 0 <= y < len(rows) else ""
        here = next((s[0] for s in _SENTENCE.finditer(line) if s.start() <= x < s.end()), "")
        return next((target for key, target in self._targets.items() if key in here), "")


class Tagged(Words):
    """Words after a tag in a column of its own: DO, SAY."""

    def __init__(
        self, tag: str, *, tag_style: str, target: str = "", language: str = "en", css_id: str | None = None
    ) -> None:
        super().__init__(target=target, language=language, css_id=css_id)
        self._tag, self._tag_style = tag, tag_style

    def rows(self, width: int) -> Iterable[Row]:
        """Return the tag, then the words next to it."""
        return self.drawn(blocks.tagged(self._tag, self._tag_style, self.plain(self.words), "", width))


class Say(Tagged):
    """Words to say, in quotes, in the visitor's language; below them, in quiet style, their meaning if there is room.

    code: the language of the words; meant: their meaning, empty if staff read that language.
    """

    def __init__(self, tag: str, *, language: str) -> None:
        super().__init__(tag, tag_style=".accent", language=language, css_id="say")
        self.code, self._mark, self.meant, self._has_room = "", "", "", False

    def say(self, said: Said, meant: str = "") -> None:
        """Show words to say, and their meaning for staff who read another language.

        A mark of the language stays outside the quotes.
        """
        now = mark(said, self.language), meant
        if now != (self._mark, self.meant):
            self._mark, self.meant = now
            self.changed()
        self.code = said.language
        self.show(said.words)

    def rows_wanted(self, width: int) -> int:
        """Return how many more rows the meaning needs; 0 if it is shown already."""
        return 0 if self._has_room else len(blocks.meaning(self.plain(self.meant), width))

    def give_room(self, enough: bool) -> None:
        """Set whether there is room to show the meaning."""
        if enough != self._has_room:
            self._has_room = enough
            self.changed()

    def rows(self, width: int) -> Iterable[Row]:
        """Return the tag and the words, in quotes; then their meaning."""
        meant = self.plain(self.meant) if self._has_room else ""
        return self.drawn(blocks.said(self._tag, self.plain(self.words), width, mark=self._mark, meant=meant))
