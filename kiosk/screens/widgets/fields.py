"""One fact of a form: its label, its box or its choices, and the reasons why it may stay empty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget

from kiosk.errors import KioskError, Mistyped
from kiosk.i18n.strings import text
from kiosk.layout.blocks import Chip, Line, Piece, chips
from kiosk.layout.cells import cells
from kiosk.presentation.marks import marked
from kiosk.privacy.guard import PrivateText, require_storable
from kiosk.privacy.meanings import UNSAID, Meaning, Meant
from kiosk.protocol.field_types.registry import type_of, typed
from kiosk.protocol.model import Field
from kiosk.protocol.replies import PUT_OFF, Missing, Value
from kiosk.protocol.slots import said
from kiosk.screens.widgets.box import Box
from kiosk.screens.widgets.lines import Lines, Row
from kiosk.screens.widgets.words import Words

_TELL_AT = 20


class Chips(Lines):
    """Short answers next to each other, each with a digit: the reasons for an empty box, or the choices of a fact."""

    can_focus = True

    def __init__(self, *, language: str) -> None:
        super().__init__(language=language)
        self._items: tuple[tuple[str, str], ...] = ()
        self._chosen: str | None = None
        self.cursor: int | None = None

    def show(self, items: Sequence[tuple[str, str]], chosen: str | None = None) -> None:
        """Show these (id, words).

        chosen: the id of the chosen one, empty for none yet; None for items that are not chosen but act at once. Where
        one is chosen, Enter chooses only an item that the cursor was moved to.
        """
        self._items, self._chosen = tuple(items), chosen
        self.cursor = self._begin
        self.changed()

    @property
    def _begin(self) -> int | None:
        return 0 if self._chosen is None else None

    def on_focus(self) -> None:
        """Reset the cursor and show it."""
        self.cursor = self._begin
        self.changed()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self.changed()

    def on_key(self, event: events.Key) -> None:
        """Move on Left and Right; pick on a digit or Enter."""
        if event.key in {"left", "right"}:
            self._move(1 if event.key == "right" else -1)
        elif event.key == "enter" and self.cursor is not None:
            self._pick(self._items[self.cursor][0])
        elif event.key.isdecimal() and 0 < int(event.key) <= len(self._items):
            self._pick(self._items[int(event.key) - 1][0])
        else:
            return
        event.stop()

    def _move(self, by: int) -> None:
        start = self.cursor if self.cursor is not None else (-1 if by > 0 else 0)
        self.cursor = (start + by) % len(self._items)
        self.changed()

    def _pick(self, item: str) -> None:
        self.post_message(self.Picked(self, item))

    def _lines(self, width: int) -> list[list[tuple[str, Piece]]]:
        lead = f"{self.glyphs.down} " if self._chosen is None and not self.has_focus else ""
        items = [Chip(item, self.plain(words)) for item, words in self._items]
        return chips(items, width, chosen=self._chosen, cursor=self.cursor if self.has_focus else None, lead=lead)

    def rows(self, width: int) -> Iterable[Row]:
        """Return all of them, in as few lines as possible."""
        return self.drawn(Line(tuple(piece for _, piece in line)) for line in self._lines(width))

    def target_at(self, x: int, y: int) -> str:
        """Return the item at that cell."""
        lines, end = self._lines(self.content_size.width), 0
        for item, part in lines[y] if y < len(lines) else ():
            end += cells(part.words)
            if x < end:
                return item
        return ""


class FieldRow(Vertical, inherit_bindings=False):
    """A fact to write down. The same widget is used for the facts of the next step."""

    @dataclass
    class Reasoned(Message):
        """Somebody chose an answer, or a reason why there is none."""

        row: FieldRow

    class Left(Message):
        """The box, or its reasons, lost the focus."""

    def __init__(self, *, language: str) -> None:
        super().__init__()
        self._language = language
        self.field: Field | None = None
        self.reason = self.choice = ""
        self.meant: dict[str, Meaning] = {}
        self.label = Words(style=".strong", language=language)
        self.box = Box(language=language)
        self.chips = Chips(language=language)

    def compose(self) -> ComposeResult:
        """Yield the label, the box and the reasons."""
        yield self.label
        yield self.box
        yield self.chips

    @property
    def target(self) -> Widget:
        """Return the widget with the focus for this fact: its box, or its choices."""
        return self.chips if self._chosen_by_key else self.box

    @property
    def _chosen_by_key(self) -> bool:
        return self.field is not None and not type_of(self.field).room

    @property
    def empty(self) -> bool:
        """Whether the fact has no value and no reason yet."""
        return not (self.box.value or self.choice or self.reason)

    def show(self, field: Field | None, value: Value | None, draft: str = "", meant: Meant = UNSAID) -> None:
        """Ask for this fact, with its known value or with words typed before; None: ask for nothing.

        meant: what staff said before that words mean.
        """
        self.field, self.display, self.meant = field, field is not None, dict(meant)
        self.choice = ""
        if field is None:
            self.box.show("")
            return
        self.reason = value.reason if isinstance(value, Missing) else ""
        words = "" if value is None or isinstance(value, Missing) else str(value)
        if self._chosen_by_key:
            self.choice, words, draft = words if words in field.choices else "", "", ""
        self.box.show(draft or words, room=type_of(field).room, mark=self._mark())
        self.box.display = not self._chosen_by_key
        self._offer()
        self._tell()

    def _offer(self) -> None:
        """Show the choices, if there are any, and the reasons."""
        if self.field is None:
            return
        choices = [(i, marked(said(label, self._language))) for i, label in self.field.choices.items()]
        reasons = [*(r for r in self.field.missing if r != "deferred"), "deferred"]
        items = [*choices, *((r, text(f"missing.{r}", self._language)) for r in reasons)]
        self.chips.show(items, (self.choice or self.reason) if self._chosen_by_key else None)

    def value(self) -> Value:
        """Return the value of the fact: the choice, the words, the number, or the reason why it is missing."""
        if self.choice:
            return self.choice
        if self.field is None or not self.box.value.strip():
            return Missing(self.reason) if self.reason else PUT_OFF
        try:
            return typed(self.field, self.box.value)
        except Mistyped:
            return PUT_OFF

    @property
    def said(self) -> Meant:
        """What staff said that the value of this fact means, if it has two meanings."""
        meaning = self.meant.get(self.box.value)
        return {} if meaning is None else {str(self.value()): meaning}

    def doubt(self) -> KioskError | None:
        """Return why the words in the box can't be saved; None if they can."""
        try:
            require_storable(self.box.value, self.meant.get(self.box.value))
            if self.field is not None:
                typed(self.field, self.box.value)
        except (PrivateText, Mistyped) as why:
            return why
        return None

    def on_box_changed(self, event: Box.Changed) -> None:
        """Let words replace a reason."""
        del event
        self.reason = ""
        self._tell()

    def on_lines_picked(self, event: Lines.Picked) -> None:
        """Let a choice, or a reason, replace the previous value."""
        event.stop()
        if event.widget is not self.chips or self.field is None or not event.target:
            return
        chosen = event.target in self.field.choices
        self.choice, self.reason = (event.target, "") if chosen else ("", event.target)
        if self._chosen_by_key:
            self._offer()
        else:
            self.box.set_mark(self._mark())
        self.post_message(self.Reasoned(self))

    def on_descendant_focus(self) -> None:
        """Show the reasons while this fact is being asked for."""
        self._tell()

    def on_descendant_blur(self) -> None:
        """Hide the reasons."""
        self.call_after_refresh(self._tell)
        self.post_message(self.Left())

    def _mark(self) -> str:
        return text(f"missing.{self.reason}", self._language) if self.reason else ""

    def _understood(self) -> str:
        """Return how the words in the box are understood; empty if they stay as they are."""
        if self.field is None or isinstance(value := self.value(), Missing):
            return ""
        shown = type_of(self.field).shown(value, lambda text_id: text(text_id, self._language))
        return "" if self._chosen_by_key or shown == self.box.value.strip() else shown

    def _tell(self) -> None:
        if self.field is None:
            return
        left = self.box.room - len(self.box.value)
        room = self.label.text("field.left", n=left) if left <= _TELL_AT and self.box.room > _TELL_AT * 2 else ""
        label = marked(said(self.field.label, self._language))
        self.label.show(" · ".join(filter(None, (label, self._understood(), room))))
        listens = self.box.has_focus or self.chips.has_focus
        self.chips.display = self._chosen_by_key or (not self.box.value and listens)
