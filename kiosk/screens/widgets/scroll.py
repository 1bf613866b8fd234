"""A column that scrolls without a scroll bar, and says so in words when there is more below."""

from __future__ import annotations

from collections.abc import Iterable

from textual.containers import VerticalScroll
from textual.message import Message

from kiosk.screens.widgets.lines import Lines, Row, wrapped


class Column(VerticalScroll, can_focus=False, inherit_bindings=False):
    """A scrolling column. Posts `Overflowed` whenever what is below may have changed."""

    class Overflowed(Message):
        """Look again whether there is more below."""

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """It was scrolled."""
        super().watch_scroll_y(old_value, new_value)
        self.post_message(self.Overflowed())

    def on_resize(self) -> None:
        """It has another size."""
        self.post_message(self.Overflowed())

    @property
    def more(self) -> bool:
        """Whether something is out of sight below."""
        return self.max_scroll_y > self.scroll_offset.y


class More(Lines):
    """Says that there is more below; a click scrolls on."""

    def __init__(self, *, language: str) -> None:
        super().__init__(language=language, css_id="more")
        self.display = False

    def rows(self, width: int) -> Iterable[Row]:
        """One line."""
        words = self.word("step.more", down=self.glyphs.down)
        return wrapped(self.shown(words, ".accent"), width, target="more")[:1]
