"""Plain blocks of words: a line or more that wraps, with a tag in front of it or not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from textual import events

from kiosk.screens.text import mark
from kiosk.screens.widgets.lines import Lines, Row, wrapped

if TYPE_CHECKING:
    from kiosk.engine.words import Said

_SENTENCE: Final = re.compile(r"\S[^.?!]*[.?!]?")


class Words(Lines):
    """Some words, wrapped; not there at all while empty.

    target: what a click anywhere on them means; empty for nothing.
    targets: a key as the words name it → what a click on the sentence with that key means.
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
        """The words in lines."""
        return wrapped(self.shown(self.words, self._style), width, target=self._target)

    def _target_of(self, event: events.MouseEvent) -> str:
        return self._target or super()._target_of(event)  # its edges are as good as its words

    def target_at(self, x: int, y: int) -> str:
        """What the sentence at that cell means."""
        if self._target or not self._targets:
            return self._target
        rows = self.made(self.content_size.width)
        line = rows[y].content.plain if 0 <= y < len(rows) else ""
        here = next((s[0] for s in _SENTENCE.finditer(line) if s.start() <= x < s.end()), "")
        return next((target for key, target in self._targets.items() if key in here), "")


class Tagged(Words):
    """Words after a tag in a column of its own: DO, SAY."""

    def __init__(
        self,
        tag: str,
        *,
        tag_style: str,
        quoted: bool = False,
        target: str = "",
        language: str = "en",
        css_id: str | None = None,
    ) -> None:
        super().__init__(target=target, language=language, css_id=css_id)
        self._tag, self._tag_style, self._quoted = tag, tag_style, quoted
        self.code, self._mark = "", ""

    def say(self, said: Said) -> None:
        """Show words that are to be spoken; `code` is the language they are in. A mark stays outside the quotes."""
        self.code, before, self._mark = said.language, self._mark, mark(said, self.language)
        if before != self._mark:
            self.changed()
        self.show(said.words)

    def rows(self, width: int) -> Iterable[Row]:
        """The tag, then the words beside it."""
        words = f"{self._mark} “{self.words}”".lstrip() if self._quoted else self.words
        tag = self.shown(f"{self._tag:<6}", self._tag_style)
        return wrapped(self.shown(words, ".strong" if self._quoted else ""), width, tag)
