"""The facts of a form: one box after the other; Enter in the last one saves them all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget

from kiosk.errors import KioskError
from kiosk.presentation.error_text import error_text
from kiosk.privacy.guard import UnclearText, refusal
from kiosk.privacy.meanings import UNSAID, Meaning, Meant
from kiosk.protocol.model import Field
from kiosk.protocol.replies import Recorded, Value
from kiosk.record.entries import ENCRYPTED
from kiosk.screens.widgets.box import Box
from kiosk.screens.widgets.fields import FieldRow


class Facts(Vertical, inherit_bindings=False):
    """The rows, as many as the protocol's longest form needs, made once and used for each form."""

    @dataclass
    class Completed(Message):
        """Staff went through all boxes: save their words, with what staff said that they mean.

        asked: staff have just answered what the last words mean; no key was pressed on the form itself.
        """

        recorded: Recorded
        meant: Meant
        asked: bool = False

    class Left(Message):
        """Staff left a box: save its words."""

    @dataclass
    class Doubted(Message):
        """The words of a box must not be saved; `why` says it in a sentence. Empty: they may be saved."""

        why: str

    @dataclass
    class Unclear(Message):
        """The words of a box have two meanings: ask which, then call `then` with it."""

        unclear: UnclearText
        then: Callable[[Meaning | None], object]

    def __init__(self, rows: int, *, language: str) -> None:
        super().__init__(id="facts")
        self._language = language
        self._rows = [FieldRow(language=language) for _ in range(rows)]
        self.display = False

    def compose(self) -> ComposeResult:
        """Yield the rows."""
        yield from self._rows

    @property
    def asked(self) -> list[FieldRow]:
        """The rows in use."""
        return [row for row in self._rows if row.field is not None]

    def show(
        self,
        fields: Sequence[Field],
        values: Mapping[str, Value],
        drafts: Mapping[str, str],
        meant: Meant = UNSAID,
    ) -> None:
        """Ask for these facts; with none, hide and clear every box. meant: what staff said before that words mean."""
        if not fields and not self.display:
            return
        for n, row in enumerate(self._rows):
            field = fields[n] if n < len(fields) else None
            value, draft = (values.get(field.id), drafts.get(field.id, "")) if field else (None, "")
            row.show(field, value, draft, meant)
        self.display = bool(fields)

    def first(self, *, empty: bool = True) -> Widget | None:
        """Return the box or choices of the first fact; `empty`: of the first open fact, else of the last."""
        rows = self.asked
        if rows and not empty:
            return rows[0].target
        return next((row.target for row in rows if row.empty), rows[-1].target if rows else None)

    def box_of(self, field_id: str) -> Widget | None:
        """Return the box of that fact, or its choices; None if it is not asked for."""
        return next((row.target for row in self.asked if row.field and row.field.id == field_id), None)

    def values(self) -> dict[str, Value]:
        """Return the current value of each fact, by field id; without those that only the district can read."""
        return {r.field.id: r.value() for r in self.asked if r.field and r.reason != ENCRYPTED}

    def meant(self) -> dict[str, Meaning]:
        """Return what staff said that values with two meanings mean, by the value."""
        return {words: meaning for row in self.asked for words, meaning in row.said.items()}

    def doubtful(self) -> dict[str, str]:
        """Return the words that must not be saved, by field id."""
        return {r.field.id: r.box.value for r in self.asked if r.field and r.doubt()}

    # -- keys ----------------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Move on Enter, the arrows and Tab; every other key is the screen's."""
        here = self._here()
        if here is None:
            return
        match event.key:
            case "enter":
                self._done_with(here)
            case "down" if not here.box.value and self.screen.focused is here.box:
                here.chips.display = True
                self.screen.set_focus(here.chips)
            case "up" if self.screen.focused is here.chips is not here.target:
                self.screen.set_focus(here.box)
            case "down" | "tab":
                self._move(here, 1)
            case "up" | "shift+tab":
                self._move(here, -1)
            case _:
                return
        event.stop()

    def on_field_row_left(self, event: FieldRow.Left) -> None:
        """Note that staff left a box, also by a click."""
        event.stop()
        self.post_message(self.Left())

    def on_field_row_reasoned(self, event: FieldRow.Reasoned) -> None:
        """Accept a reason like words."""
        event.stop()
        self._done_with(event.row)

    def on_box_changed(self, event: Box.Changed) -> None:
        """Clear the doubt when staff type again."""
        event.stop()
        self.post_message(self.Doubted(""))

    def _listen(self, widget: Widget) -> None:
        # At once; textual's own `focus()` comes a message later, when the next key may already be on its way.
        self.screen.set_focus(widget)

    def _here(self) -> FieldRow | None:
        # Asked of the screen: the widgets themselves hear of their focus only with the next message.
        return next((row for row in self.asked if self.screen.focused in (row.box, row.chips)), None)

    def _move(self, here: FieldRow, by: int) -> None:
        rows = self.asked
        if (why := here.doubt()) is not None:
            self._tell(here, why)
            return
        self.post_message(self.Left())
        self.screen.set_focus(rows[(rows.index(here) + by) % len(rows)].target)

    def _tell(self, row: FieldRow, why: KioskError) -> None:
        """Show why the words of this box can't be saved, or ask what they mean."""
        if isinstance(why, UnclearText):
            self.post_message(self.Unclear(why, partial(self._settle, row, why)))
        else:
            self.post_message(self.Doubted(error_text(why, self._language)))

    def _settle(self, row: FieldRow, unclear: UnclearText, meaning: Meaning | None) -> None:
        if meaning is None:
            self.post_message(self.Doubted(error_text(refusal(unclear.doubt), self._language)))
        else:
            row.meant[unclear.words] = meaning
            self._done_with(row, asked=True)

    def _done_with(self, here: FieldRow, *, asked: bool = False) -> None:
        rows = self.asked
        doubtful = here if here.doubt() else None
        if doubtful is None and here is not rows[-1]:
            self._move(here, 1)
            return
        doubtful = doubtful or next((row for row in rows if row.doubt()), None)
        if doubtful is None or (why := doubtful.doubt()) is None:
            self.post_message(self.Completed(Recorded.of(self.values()), self.meant(), asked))
        else:
            self.screen.set_focus(doubtful.box)
            self._tell(doubtful, why)
