"""A column that scrolls without a scroll bar, and shows in words that there is more below."""

from __future__ import annotations

from collections.abc import Iterable

from textual.containers import VerticalScroll

from kiosk.screens.widgets.lines import Lines, Row, wrapped


class More(Lines):
    """The line that says there is more below; a click scrolls down."""

    def __init__(self, *, language: str) -> None:
        super().__init__(language=language, css_id="more")
        self.display = False

    def rows(self, width: int) -> Iterable[Row]:
        """Return the line."""
        words = self.text("step.more", down=self.glyphs.down)
        return wrapped(self.shown(words, ".accent"), width, target="page-down")[:1]


class Column(VerticalScroll, can_focus=False, inherit_bindings=False):
    """A scrolling column. `more` is shown below it while something is out of sight there."""

    def __init__(self, more: More, *, css_id: str) -> None:
        super().__init__(id=css_id)
        self._more = more

    def on_mount(self) -> None:
        """Check after each layout whether there is more below."""
        # Its own size does not change with its content, so it must listen to the screen's layout.
        self.screen.screen_layout_refresh_signal.subscribe(self, lambda _: self._tell())

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Check again whether there is more below."""
        super().watch_scroll_y(old_value, new_value)
        self._tell()

    def reveal(self, line: int) -> bool:
        """Scroll until this line of it is visible. Return whether it was out of sight."""
        if self.scroll_y <= line < self.scroll_y + self.size.height:
            return False
        self.scroll_to(y=line - 1, animate=False, immediate=True)
        return True

    def page(self, key_id: str) -> None:
        """Scroll by a page."""
        if key_id == "page-up":
            self.scroll_page_up(animate=False)
        else:
            self.scroll_page_down(animate=False)

    def _tell(self) -> None:
        # Content that fits without the line for more must not count as more because that line takes a row.
        room = self.size.height + (self._more.size.height if self._more.display else 0)
        below = self.max_scroll_y > self.scroll_offset.y
        self._more.display = below and self.virtual_size.height > room
