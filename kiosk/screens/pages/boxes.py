"""Pages with one box: the initials of the person at the desk, and a deferred fact."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from textual.app import ComposeResult
from textual.containers import Vertical

from kiosk.errors import KioskError
from kiosk.presentation.error_text import error_text
from kiosk.presentation.services import Services
from kiosk.presentation.status import Status
from kiosk.protocol.model import Field
from kiosk.protocol.replies import PUT_OFF
from kiosk.record.encounter_record import EncounterRecord
from kiosk.screens.base import KioskScreen
from kiosk.screens.messages import FilledIn, InitialsGiven, MeaningWanted
from kiosk.screens.widgets.box import Box
from kiosk.screens.widgets.facts import Facts
from kiosk.screens.widgets.words import Words

INITIALS: Final = 8
"""Maximum characters for initials."""


class InitialsScreen(KioskScreen):
    """The box for initials: Enter saves them; with nothing typed, Enter or Backspace goes back."""

    KEYS = ("save", "return-back", "hide", "help")
    FOOTER = ("save", "hide", "help")
    LISTENS = True

    def __init__(self, services: Services, status: Callable[[], Status], staff: str = "") -> None:
        super().__init__(services, status)
        self._staff, self._box = staff, Box(language=self.language, css_id="initials-box")
        self._notice = Words(css_id="notice", style=".badge")

    def compose(self) -> ComposeResult:
        """Yield the purpose and the box."""
        yield self.bar()
        with Vertical(id="page"):
            yield Words(self.text("initials.title"), style=".strong", css_id="page-title")
            yield Words(self.text("initials.how"), style=".quiet", css_id="note-how")
            if self._staff:
                yield Words(self.text("initials.now", initials=self._staff), css_id="initials-now")
            yield self._box
            yield self._notice
        yield from self.interrupt_row()
        yield self.footer()

    def on_mount(self) -> None:
        """Focus the box."""
        self._box.show("", room=INITIALS)
        self._box.focus()

    def act(self, key_id: str) -> None:
        """Save the initials, or go back."""
        match key_id:
            case "save" if words := self._box.value.strip():
                self.post_message(InitialsGiven(words))
            case "save" | "return-back":
                self.finish()
            case _:
                super().act(key_id)

    def refused(self, error: KioskError) -> None:
        """Show why they can't be saved."""
        self._notice.show(error_text(error, self.language))


class FactScreen(KioskScreen):
    """The box of a deferred fact, and the reasons why it may stay empty. Backspace in the empty box goes back."""

    KEYS = ("return-back", "hide", "help")
    FOOTER = ("hide", "help")
    LISTENS = True

    def __init__(self, services: Services, status: Callable[[], Status], record: EncounterRecord, field: Field) -> None:
        super().__init__(services, status)
        self._record, self._field, self._facts = record, field, Facts(1, language=self.language)
        self._notice = Words(css_id="notice", style=".badge")

    def compose(self) -> ComposeResult:
        """Yield the box."""
        yield self.bar()
        with Vertical(id="page"):
            yield Words(self.text("to-do.fill-in", no=self._record.no), style=".strong", css_id="page-title")
            yield self._facts
            yield Words(self.text("step.fields", down="↓"), style=".quiet", css_id="note-how")
            yield self._notice
        yield self.footer()

    def on_mount(self) -> None:
        """Focus the box."""
        self._facts.show([self._field], {}, {})
        self.set_focus(self._facts.first())

    def on_facts_completed(self, event: Facts.Completed) -> None:
        """Save the fact, unless it is deferred once more."""
        event.stop()
        ((field_id, value),) = event.recorded.values
        if value == PUT_OFF:
            self.finish()
        else:
            self.post_message(FilledIn(self._record, field_id, value, event.meant))

    def on_facts_unclear(self, event: Facts.Unclear) -> None:
        """Ask what words with two meanings mean."""
        event.stop()
        self.post_message(MeaningWanted(event.unclear, event.then))

    def on_facts_doubted(self, event: Facts.Doubted) -> None:
        """Show which words must not be saved, or clear the message."""
        event.stop()
        self._notice.show(event.why)

    def on_facts_left(self, event: Facts.Left) -> None:
        """Save nothing before Enter: an amendment is made once."""
        event.stop()

    def act(self, key_id: str) -> None:
        """Go back."""
        if key_id == "return-back":
            self.finish()
        else:
            super().act(key_id)

    def refused(self, error: KioskError) -> None:
        """Show why the fact can't be saved; the words stay in the box."""
        self._notice.show(error_text(error, self.language))
