"""The base of all screens: the bar, the keys that work everywhere, and closing exactly once."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.css.query import NoMatches
from textual.geometry import Size
from textual.screen import Screen

from kiosk.errors import KioskError
from kiosk.i18n.strings import has_text, text
from kiosk.layout.window import Window
from kiosk.presentation import keys
from kiosk.presentation.services import Services
from kiosk.presentation.status import Status
from kiosk.presentation.values import Pair
from kiosk.screens.debounce import Kind, Question
from kiosk.screens.messages import InterruptPressed, Opened, WindowChanged
from kiosk.screens.widgets.bar import Bar
from kiosk.screens.widgets.box import Box
from kiosk.screens.widgets.choices import Choices
from kiosk.screens.widgets.keyrow import KeyRow
from kiosk.screens.widgets.lines import Lines

PRESS: Final = "press "
"""The prefix of a key name in a click target: words about a key act as that key, wherever the focus is."""


class KioskScreen(Screen[None], inherit_bindings=False):
    """A screen with its keys. `KEYS` are ids from the registry; `FOOTER` lists those shown on the footer.

    EXPLAINED:  for the keys whose sentence in the help is another one here: its id.
    LISTENS:    a box takes what is typed, from the start.
    question:   since when people can have seen what is asked here.
    interrupts: on a page over an encounter, the protocol's interrupts: they work there as on a step.
    """

    AUTO_FOCUS = ""
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "quiet", "aside", "strong", "accent", "heading", "key-label", "cursor", "badge", "caret", "urgent",
    }  # fmt: skip
    KEYS: ClassVar[tuple[str, ...]] = ("hide", "help")
    FOOTER: ClassVar[tuple[str, ...]] = ("hide", "help")
    EXPLAINED: ClassVar[Mapping[str, str]] = {}
    LISTENS: ClassVar[bool] = False

    def __init__(self, services: Services, status: Callable[[], Status]) -> None:
        super().__init__()
        self.services, self.status = services, status
        self._finished = self._dismissed = False
        self.question = Question()
        self.interrupts: Sequence[Pair] = ()

    @property
    def language(self) -> str:
        """The language of the desk."""
        return self.services.station.language

    def text(self, word_id: str, **slots: object) -> str:
        """Return a text of the user interface."""
        return text(word_id, self.language, **slots)

    # -- keys ----------------------------------------------------------------------------------------------------

    def kind(self, event: events.Key) -> Kind:
        """Return the kind of this press, with the current focus."""
        listens = isinstance(self.focused, Box) or (self.LISTENS and self.focused is None)
        if listens and (event.is_printable or event.key in Box.EDITS):
            return Kind.TYPES
        key_id = keys.pressed(event.key, (*self.KEYS, *keys.INTERRUPTS, *keys.MOVES))
        if key_id == "hide":
            return Kind.HIDES
        if key_id in keys.AT_ONCE:
            return Kind.AT_ONCE
        if key_id in keys.MOVES:
            return Kind.MOVES
        return Kind.ENTERS if event.key in keys.ENTERS else Kind.ANSWERS

    def on_key(self, event: events.Key) -> None:
        """Do what the key means here; every other key means nothing."""
        event.stop()
        kind = self.kind(event)
        if kind is Kind.TYPES:
            self._type(event)
        elif not self.question.is_early(kind, event.time):  # it may have waited here while the page went on
            self.key_pressed(event.key)

    def _type(self, event: events.Key) -> None:
        """Pass a typed key to the box that gets the focus next, or do what the key means here if the box ignored it."""
        if self.focused is None:
            with contextlib.suppress(NoMatches):
                self.query_one(Box).on_key(event)
        else:
            self.key_pressed(event.key)

    def asking(self) -> Choices | None:
        """Return the list whose keys count now; None if there is none."""
        return None

    def key_pressed(self, name: str) -> None:
        """Handle a key that no box used, by textual's name."""
        choices = self.asking()
        if choices is not None:
            line, answer = choices.line, choices.pressed(name)
            if line != choices.line:
                self.line_changed()
            if answer:
                self.pick(answer)
            if answer is not None:
                return
        if key_id := keys.pressed(name, (*self.KEYS, *keys.INTERRUPTS)):
            self.act(key_id)

    def pick(self, answer: str) -> None:
        """Handle an answer from the list: the id of an answer, or ENTER for its last line."""

    def line_changed(self) -> None:
        """Note that Enter means something else now."""
        self.question.line_changed()

    def on_lines_picked(self, event: Lines.Picked) -> None:
        """Handle a click on a line with a target."""
        event.stop()
        if not self.question.is_early(Kind.ANSWERS, event.time):
            self.picked(event.widget, event.target)

    # Textual calls a handler (`on_…`) of every class in turn, so what a screen changes are these two, not handlers.
    def picked(self, widget: Lines, target: str) -> None:
        """Handle a click: on a key or the words for it, press the key; on an answer, give it."""
        if isinstance(widget, Choices):
            line, answer = widget.line, widget.clicked(target)
            if line != widget.line:
                self.line_changed()
            if answer:
                self.pick(answer)
        elif target.startswith(PRESS):
            self.app.simulate_key(target.removeprefix(PRESS))
        elif target in keys.KEYS:
            self.act(target)

    @property
    def interruptible(self) -> bool:
        """Whether the protocol's interrupts work here."""
        return True

    def act(self, key_id: str) -> None:
        """Do what this key does. A screen handles its own keys and leaves the rest to this method."""
        match key_id:
            case "interrupt-1" | "interrupt-2" | "interrupt-3" | "interrupt-4":
                if self.interruptible:
                    self.post_message(InterruptPressed(keys.INTERRUPTS.index(key_id)))
            case "hide" | "help" | "card" | "note" | "calls" | "admin" | "record" | "to-do" | "initials" | "review":
                self.post_message(Opened(key_id))

    def label(self, key_id: str) -> str:
        """Return the label of a key; empty for keys that only move."""
        return self.text(f"key.{key_id}") if has_text(f"key.{key_id}") else ""

    def pairs(self, key_ids: Iterable[str]) -> Sequence[Pair]:
        """Return keys with their labels, for a footer."""
        return [Pair(key_id, self.label(key_id)) for key_id in key_ids]

    def explained(self) -> Sequence[Pair]:
        """Return the keys to explain in the help: those of this screen with a label, and the interrupts that work."""
        own = [key_id for key_id in self.KEYS if key_id != "help" and self.label(key_id)]
        return [*(Pair(one, self.help_words(one)) for one in own), *(self.interrupts if self.interruptible else ())]

    def help_words(self, key_id: str) -> str:
        """Return what the help says about a key: its sentence, else its label."""
        words = f"help.{self.EXPLAINED.get(key_id, key_id)}"
        return self.text(words) if has_text(words) else self.label(key_id)

    def footer(self) -> KeyRow:
        """Return the footer of this screen."""
        return KeyRow(self.pairs(self.FOOTER), classes="footer")

    def interrupt_row(self) -> ComposeResult:
        """Yield the row of interrupts, on pages that staff read over an encounter."""
        if self.interrupts and self.interruptible:
            yield KeyRow(self.interrupts, key_label_style=".urgent", css_id="interrupts", classes="footer")

    def bar(self, *, bare: bool = False, language: str = "") -> Bar:
        """Return the bar; `bare` for pages that a visitor may read, in their `language`."""
        return Bar(self.services, self.status, bare=bare, language=language)

    # -- size, refusal, leaving ----------------------------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        """Adapt the layout: a larger window shows more, never other words."""
        self.fit(event.size)
        self.post_message(WindowChanged())

    def fit(self, size: Size) -> None:
        """Set the layout for a window of this size. Calling it before the screen is shown saves a second styling."""
        window = Window(*size)
        self.set_class(window.roomy, "roomy")
        self.set_class(window.short, "short")

    def tell_bar(self) -> None:
        """Show a new status now, not at the next second."""
        for bar in self.query(Bar):
            bar.tell()

    def refused(self, error: KioskError) -> None:
        """Handle a refused action; a screen whose actions can be refused shows the reason."""
        raise error

    def finish(self) -> None:
        """Close this page: now, or as soon as no page covers it. A second call does nothing."""
        self._finished = True
        self._leave()

    def on_screen_resume(self) -> None:
        """Start the question when the screen first comes to the top; close the page if that was requested."""
        if not self.question.begun:
            self.question.begin()
        self._leave()

    def _leave(self) -> None:
        if self._finished and not self._dismissed and self.app.screen_stack[-1:] == [self]:
            self._dismissed = True
            below = self.app.screen_stack[-2]
            if isinstance(below, KioskScreen):
                below.question.begin()
            self.dismiss(None)
