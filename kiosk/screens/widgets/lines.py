"""The base of all widgets: it draws whole lines of words, and knows the target of each line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.style import Style
from textual.widget import Widget

from kiosk.i18n.strings import text
from kiosk.layout import blocks
from kiosk.layout.cells import breaks, cells
from kiosk.screens.text import plain, shown
from kiosk.screens.theme import CONSOLE, Glyphs, glyphs_for


@dataclass(frozen=True, slots=True)
class Row:
    """One line on the screen; `target` says what a click on it does, empty for nothing."""

    content: Content
    target: str = ""


class Lines(Widget, inherit_bindings=False):
    """A widget made of rows; a subclass defines them in `rows(width)`. The height follows."""

    @dataclass
    class Picked(Message):
        """A line with a target was clicked."""

        widget: Lines
        target: str

    def __init__(self, *, language: str = "en", css_id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=css_id, classes=classes)
        self.language = language
        self._made: tuple[int, tuple[Row, ...]] | None = None
        self._pressed_on = ""

    @property
    def console(self) -> bool:
        """Whether only the glyphs of the Linux console may be drawn."""
        return self.app.theme == CONSOLE

    @property
    def glyphs(self) -> Glyphs:
        """Return the signs that may be drawn."""
        return glyphs_for(self.app.theme)

    def text(self, word_id: str, **slots: object) -> str:
        """Return a text of the user interface."""
        return text(word_id, self.language, **slots)

    def shown(self, words: str, style: str = "") -> Content:
        """Return words from outside as safe content."""
        return shown(words, self.style_of(style), console=self.console)

    def plain(self, words: str) -> str:
        """Return words from outside as safe plain text, for a layout to cut into lines."""
        return plain(words, console=self.console)

    def drawn(self, lines: Iterable[blocks.Line]) -> Iterator[Row]:
        """Return lines of a layout as rows, each piece in its style."""
        for line in lines:
            yield Row(Content("").join(self.shown(*piece) for piece in line.pieces), line.target)

    def style_of(self, component: str) -> Style | str:
        """Return a component class of the screen (`.quiet`) as a style with its own background; empty for none.

        The screen has these classes, because a set for each widget would make every mount a third slower.
        """
        if not component:
            return ""
        styles = self.screen.get_component_styles(component[1:])
        paper = styles.background if styles.has_rule("background") else None
        ink = styles.color if styles.has_rule("color") else None
        return Style(background=paper, foreground=ink, bold=styles.text_style.bold or None)

    def rows(self, width: int) -> Iterable[Row]:
        """Return the rows at this width, in cells."""
        raise NotImplementedError

    def changed(self) -> None:
        """Draw again with the changed content, at the height it now needs."""
        self._made = None
        self.refresh(layout=True)

    def notify_style_update(self) -> None:
        """Draw again in the new theme."""
        self._made = None
        super().notify_style_update()

    def made(self, width: int) -> Sequence[Row]:
        """Return the rows at this width; they are kept until something changes."""
        if self._made is None or self._made[0] != width:
            self._made = (width, tuple(self.rows(width)) if width > 0 else ())
        return self._made[1]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  (textual's own signature)
        """Return the number of rows."""
        return len(self.made(width))

    def render(self) -> Content:
        """Return all rows as one content."""
        return Content("\n").join(row.content for row in self.made(self.content_size.width))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember where the button went down: a click counts only if it comes up on the same target."""
        self._pressed_on = self._target_of(event)

    def on_click(self, event: events.Click) -> None:
        """Send the screen the target of the clicked line."""
        target = self._target_of(event)
        if target:
            event.stop()
        if target and target == self._pressed_on:
            self.post_message(self.Picked(self, target))

    def _target_of(self, event: events.MouseEvent) -> str:
        offset = event.get_content_offset(self)
        return "" if offset is None else self.target_at(offset.x, offset.y)

    def target_at(self, _x: int, y: int) -> str:
        """Return the target at this cell of the content; empty for none."""
        rows = self.made(self.content_size.width)
        return rows[y].target if 0 <= y < len(rows) else ""


def wrapped(content: Content, width: int, first: Content | str = "", target: str = "") -> list[Row]:
    """Return the content in lines of at most `width` cells, the first after `first`, the others indented as far."""
    head = Content(first) if isinstance(first, str) else first
    indent = cells(head.plain)
    *lines, last = content.divide(breaks(content.plain, max(2, width - indent)))
    lines = [*(line.rstrip() for line in lines), last]
    pad = Content(" " * indent)
    return [Row((pad if n else head) + line, target) for n, line in enumerate(lines)]


def blank() -> Row:
    """Return an empty line."""
    return Row(Content(""))
