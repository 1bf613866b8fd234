"""The base of all screens: the bar, the keys that work everywhere, and leaving exactly once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual import events
from textual.geometry import Size
from textual.screen import Screen

from kiosk.errors import KioskError
from kiosk.screens import keys
from kiosk.screens.front import Front
from kiosk.screens.messages import Opened, WindowChanged
from kiosk.screens.status import Status
from kiosk.screens.widgets.bar import Bar
from kiosk.screens.widgets.keyrow import KeyRow, Pair
from kiosk.screens.widgets.lines import Lines
from kiosk.screens.widgets.words import Words
from kiosk.screens.words import has_word, word

ROOMY_COLUMNS = 100
"""From this width on the side panel is wider and answers stand apart."""
AIRY_ROWS = 30
"""Below this height boxes stand closer together."""
NEEDED = (80, 24)
"""Columns and rows below which no step can be shown whole."""


class KioskScreen(Screen[None], inherit_bindings=False):
    """A screen with its keys. `KEYS` are ids of the registry; the first ones are on the footer, in that order."""

    AUTO_FOCUS = ""
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "quiet", "aside", "strong", "accent", "cap", "keycap", "cursor", "badge", "caret", "urgent",
    }  # fmt: skip
    KEYS: ClassVar[tuple[str, ...]] = ("hide", "help")
    FOOTER: ClassVar[tuple[str, ...]] = ("hide", "help")

    def __init__(self, front: Front, status: Callable[[], Status]) -> None:
        super().__init__()
        self.front, self.status = front, status
        self._finished = self._dismissed = False

    @property
    def language(self) -> str:
        """The language of the desk."""
        return self.front.post.language

    def word(self, word_id: str, **slots: object) -> str:
        """Words of the chrome."""
        return word(word_id, self.language, **slots)

    # -- keys ----------------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Do what the key means here; every other key means nothing."""
        event.stop()
        self.key_pressed(event.key)

    def key_pressed(self, name: str) -> None:
        """A key that no box took, by textual's name."""
        if key_id := keys.pressed(name, self.KEYS):
            self.act(key_id)

    def on_lines_picked(self, event: Lines.Picked) -> None:
        """A line that stands for something was clicked."""
        event.stop()
        self.picked(event.widget, event.target)

    # Textual calls a handler (`on_…`) of every class in turn, so what a screen changes are these two, not handlers.
    def picked(self, widget: Lines, target: str) -> None:
        """A click on a key, or on words that stand for one, is that key."""
        if isinstance(widget, KeyRow | Words):
            self.act(target)

    def act(self, key_id: str) -> None:
        """Do what this key does; a screen adds its own and leaves the rest to this."""
        match key_id:
            case "hide" | "help" | "card" | "note" | "calls" | "admin":
                self.post_message(Opened(key_id))

    def label(self, key_id: str) -> str:
        """What a key does, in a word or two; empty for keys that only move, which need none."""
        return self.word(f"key.{key_id}") if has_word(f"key.{key_id}") else ""

    def pairs(self, key_ids: Iterable[str]) -> Sequence[Pair]:
        """Keys with their labels, for a footer."""
        return [Pair(key_id, self.label(key_id)) for key_id in key_ids]

    def footer(self) -> KeyRow:
        """The footer of this screen."""
        return KeyRow(self.pairs(self.FOOTER), classes="footer")

    def bar(self, *, bare: bool = False, language: str = "") -> Bar:
        """The bar; `bare` for pages a visitor may read, in their `language`."""
        return Bar(self.front, self.status, bare=bare, language=language)

    # -- size, refusal, leaving ----------------------------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        """More room shows more, never other words."""
        self.fit(event.size)
        self.post_message(WindowChanged())

    def fit(self, size: Size) -> None:
        """Lay out for a window of this size. Known before the screen is shown, it saves styling everything twice."""
        self.set_class(size.width >= ROOMY_COLUMNS, "roomy")
        self.set_class(size.height < AIRY_ROWS, "short")

    def tell_bar(self) -> None:
        """The status has changed: tell it now, not at the next second."""
        for bar in self.query(Bar):
            bar.tell()

    def refused(self, error: KioskError) -> None:
        """What this screen asked for was refused; a screen that can be refused shows it."""
        raise error

    def finish(self) -> None:
        """Leave this page: at once, or as soon as what covers it is gone. Twice is once."""
        self._finished = True
        self._leave()

    def on_screen_resume(self) -> None:
        """What covered this page is gone."""
        self._leave()

    def _leave(self) -> None:
        if self._finished and not self._dismissed and self.app.screen is self:
            self._dismissed = True
            self.dismiss(None)
