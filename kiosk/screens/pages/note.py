"""A note: what staff saw and heard. The privacy guard checks it before it is written anywhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual.app import ComposeResult
from textual.containers import Vertical

from kiosk.errors import KioskError
from kiosk.presentation.error_text import error_text
from kiosk.presentation.services import Services
from kiosk.presentation.status import Status
from kiosk.privacy.guard import UnclearText, refusal
from kiosk.privacy.meanings import Meaning
from kiosk.screens.base import KioskScreen
from kiosk.screens.messages import MeaningWanted, NoteWritten
from kiosk.screens.widgets.box import Box
from kiosk.screens.widgets.words import Words

ROOM = 1000
"""Maximum characters in a note."""
TELL_AT = 50
"""The room that is left is shown when it is no more than this."""


class NoteScreen(KioskScreen):
    """One box. Enter saves its words; with nothing in it, Enter or Backspace goes back.

    Only one key discards the words, and it must be pressed twice.
    """

    KEYS = ("save-note", "discard", "return-back", "hide", "help")
    FOOTER = ("save-note", "discard", "hide", "help")
    LISTENS = True

    def __init__(self, services: Services, status: Callable[[], Status], words: str = "") -> None:
        super().__init__(services, status)
        self._words, self._kept, self._asked = words, False, False
        self._box = Box(language=self.language, css_id="note-box")
        self._left = Words(style=".quiet", css_id="note-left")
        self._notice = Words(css_id="notice", style=".badge")

    def compose(self) -> ComposeResult:
        """Yield the purpose of a note, and the box."""
        yield self.bar()
        with Vertical(id="page"):
            yield Words(self.text("note.title"), style=".strong", css_id="page-title")
            yield Words(self.text("note.how"), style=".quiet", css_id="note-how")
            yield self._box
            yield self._left
            yield self._notice
        yield from self.interrupt_row()
        yield self.footer()

    def on_mount(self) -> None:
        """Focus the box."""
        self._box.show(self._words, room=ROOM)
        self._box.focus()

    def on_box_changed(self, event: Box.Changed) -> None:
        """Show how much room is left when little is; clear the warning."""
        left = event.box.room - len(event.box.value)
        self._left.show(self.text("field.left", n=left) if left <= TELL_AT else "")
        self._notice.show("")
        self._asked = False

    def on_box_full(self, event: Box.Full) -> None:
        """Show that the note does not have all that was typed or pasted."""
        self._notice.show(self.text("field.full", n=event.box.room))

    def key_pressed(self, name: str) -> None:
        """Save the note on F4 as well, the key that opens it."""
        if name == "f4":
            self.act("save-note")
        else:
            super().key_pressed(name)

    def act(self, key_id: str) -> None:
        """Save the note, or go back."""
        match key_id:
            case "save-note" if words := self._box.value.strip():
                self.post_message(NoteWritten(words))
            case "discard" if self._asked or not self._box.value.strip():
                self.kept()
            case "discard":
                self._asked = True
                self.question.changed()  # the same key throws the words away now: that has to be read first
                self._notice.show(self.text("note.discard"))
            case "save-note" | "return-back":
                self.finish()
            case _:
                super().act(key_id)

    def kept(self) -> None:
        """Close the page, because the note was saved or is not wanted."""
        self._kept = True
        self.finish()

    def unsaved(self) -> str:
        """Return the typed words that are not saved yet."""
        return "" if self._kept else self._box.value.strip()

    def refused(self, error: KioskError) -> None:
        """Show why the note must not be saved, or ask what its words mean; they stay in the box."""
        if isinstance(error, UnclearText):
            self.post_message(MeaningWanted(error, partial(self._settle, error)))
        else:
            self._notice.show(error_text(error, self.language))

    def _settle(self, unclear: UnclearText, meaning: Meaning | None) -> None:
        if meaning is None:
            self.refused(refusal(unclear.doubt))
        else:
            self.post_message(NoteWritten(unclear.words, {unclear.words: meaning}))
