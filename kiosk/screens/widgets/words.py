"""Plain blocks of words: a line or more that wraps, with a tag in front of it or not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kiosk.screens.text import mark
from kiosk.screens.widgets.lines import Lines, Row, wrapped

if TYPE_CHECKING:
    from kiosk.engine.words import Said


class Words(Lines):
    """Some words, wrapped; not there at all while empty."""

    def __init__(
        self,
        words: str = "",
        *,
        style: str = "",
        target: str = "",
        language: str = "en",
        css_id: str | None = None,
    ) -> None:
        super().__init__(language=language, css_id=css_id)
        self.words, self._style, self._target = words, style, target
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


class Tagged(Words):
    """Words after a tag in a column of its own: DO, SAY."""

    def __init__(
        self, tag: str, *, tag_style: str, quoted: bool = False, language: str = "en", css_id: str | None = None
    ) -> None:
        super().__init__(language=language, css_id=css_id)
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
