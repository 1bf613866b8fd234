"""One fact of a record step: its label, its box, and why the box may stay empty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message

from kiosk.engine.model import Field
from kiosk.engine.replies import Missing, Value, typed
from kiosk.engine.words import said
from kiosk.screens.text import marked
from kiosk.screens.widgets.box import Box
from kiosk.screens.widgets.lines import Lines, Row
from kiosk.screens.widgets.words import Words
from kiosk.screens.words import word

ROOM = {"line": 200, "lines": 1000, "count": 40, "phone": 40, "choice": 64}
"""How many characters a field of each type takes."""
_TELL_AT = 20


class Chips(Lines):
    """The reasons a box may be empty, in one line, each with a digit."""

    can_focus = True

    def __init__(self, *, language: str) -> None:
        super().__init__(language=language)
        self.reasons: tuple[str, ...] = ()
        self.cursor = 0

    def show(self, reasons: Sequence[str]) -> None:
        """Offer these."""
        self.reasons, self.cursor = tuple(reasons), 0
        self.changed()

    def on_focus(self) -> None:
        """Begin at the first reason, and show where the cursor is."""
        self.cursor = 0
        self.changed()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self.changed()

    def on_key(self, event: events.Key) -> None:
        """Left and Right move, a digit or Enter picks."""
        if event.key in {"left", "right"}:
            self.cursor = (self.cursor + (1 if event.key == "right" else -1)) % len(self.reasons)
            self.changed()
        elif event.key == "enter":
            self._pick(self.reasons[self.cursor])
        elif event.key.isdecimal() and 0 < int(event.key) <= len(self.reasons):
            self._pick(self.reasons[int(event.key) - 1])
        else:
            return
        event.stop()

    def _pick(self, reason: str) -> None:
        self.post_message(self.Picked(self, reason))

    def _parts(self) -> Iterable[tuple[str, Content]]:
        lead = "" if self.has_focus else f"{self.glyphs.down} "
        yield "", self.shown(lead, ".quiet")
        for n, reason in enumerate(self.reasons):
            here = self.has_focus and n == self.cursor
            words = f"{'>' if here else ' '}{n + 1} {self.word(f'missing.{reason}')} "
            yield reason, self.shown(words, ".cursor" if here else ".quiet")

    def rows(self, width: int) -> Iterable[Row]:
        """All of them in one line."""
        del width
        return [Row(Content("").join(part for _, part in self._parts()))]

    def target_at(self, x: int, _y: int) -> str:
        """The reason at that cell."""
        end = 0
        for reason, part in self._parts():
            end += part.cell_length
            if x < end:
                return reason
        return ""


class FieldRow(Vertical, inherit_bindings=False):
    """A fact to write down. Kept and used again for the next step's facts."""

    @dataclass
    class Reasoned(Message):
        """Somebody said why the box is empty."""

        row: FieldRow

    class Left(Message):
        """The box, or its reasons, listen no longer."""

    def __init__(self, *, language: str) -> None:
        super().__init__()
        self._language = language
        self.field: Field | None = None
        self.reason = ""
        self.label = Words(style=".strong", language=language)
        self.box = Box(language=language)
        self.chips = Chips(language=language)

    def compose(self) -> ComposeResult:
        """Label, box, reasons."""
        yield self.label
        yield self.box
        yield self.chips

    def show(self, field: Field | None, value: Value | None, draft: str = "") -> None:
        """Ask for this fact, with what is known of it, or with words typed before; None: ask for nothing."""
        self.field, self.display = field, field is not None
        if field is None:
            self.box.show("")
            return
        self.reason = value.reason if isinstance(value, Missing) else ""
        words = "" if value is None or isinstance(value, Missing) else str(value)
        self.box.show(draft or words, room=ROOM[field.type], mark=self._mark())
        self.chips.show([*(r for r in field.missing if r != "deferred"), "deferred"])
        self._tell()

    def value(self) -> Value:
        """What stands for the fact: the words, the number, or why it is missing."""
        if self.field is None or not self.box.value.strip():
            return Missing(self.reason or "deferred")
        return typed(self.field, self.box.value)

    def on_box_changed(self, event: Box.Changed) -> None:
        """Words take the place of a reason."""
        del event
        self.reason = ""
        self._tell()

    def on_lines_picked(self, event: Lines.Picked) -> None:
        """A reason takes the place of the words."""
        event.stop()
        if event.widget is self.chips and self.field is not None:
            self.reason = event.target
            self.box.set_mark(self._mark())
            self.post_message(self.Reasoned(self))

    def on_descendant_focus(self) -> None:
        """Offer the reasons while this fact is being asked for."""
        self._tell()

    def on_descendant_blur(self) -> None:
        """Put the reasons away."""
        self.call_after_refresh(self._tell)
        self.post_message(self.Left())

    def _mark(self) -> str:
        return word(f"missing.{self.reason}", self._language) if self.reason else ""

    def _tell(self) -> None:
        if self.field is None:
            return
        left = self.box.room - len(self.box.value)
        room = self.label.word("field.left", n=left) if left <= _TELL_AT and self.box.room > _TELL_AT * 2 else ""
        label = marked(said(self.field.label, self._language))
        self.label.show(f"{label} · {room}" if room else label)
        self.chips.display = not self.box.value and (self.box.has_focus or self.chips.has_focus)
