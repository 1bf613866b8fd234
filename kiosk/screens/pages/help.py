"""The help for the screen below: its keys, from the registry. Any key returns."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import ComposeResult

from kiosk.presentation.keys import INTERRUPTS, KEYS, pressed
from kiosk.presentation.services import Services
from kiosk.presentation.status import Status
from kiosk.presentation.values import Pair
from kiosk.screens.base import KioskScreen
from kiosk.screens.theme import glyphs_for
from kiosk.screens.widgets.scroll import Column, More
from kiosk.screens.widgets.words import Tagged, Words


class HelpScreen(KioskScreen):
    """The help. explained: the keys, each with its sentence."""

    def __init__(
        self, services: Services, status: Callable[[], Status], explained: Sequence[Pair], *, options: bool = False
    ) -> None:
        super().__init__(services, status)
        self._explained, self._options = explained, options
        self._more = More(language=self.language)
        self._column = Column(self._more, css_id="page")

    def compose(self) -> ComposeResult:
        """Yield two sentences, then one line per key."""
        yield self.bar()
        with self._column:
            yield Words(self.text("help.title"), style=".strong", css_id="page-title")
            if self._options:
                yield Words(self.text("help.plain.1"))
                yield Words(self.text("help.plain.2"), css_id="help-plain")
                yield self._line("", KEYS["choose"].key_label, self.text("help.choose"))
            for pair in self._explained:
                yield self._line(pair.key, KEYS[pair.key].key_label, pair.label)
            yield Words(self.text("help.any"), style=".quiet", css_id="help-any")
        yield self._more

    def key_pressed(self, name: str) -> None:
        """Return on any key; Esc still hides, and the interrupts still work."""
        self.act(pressed(name, ("hide", *INTERRUPTS, "page-up", "page-down")) or "")

    def act(self, key_id: str) -> None:
        """Do what the key does on every page, or return."""
        if key_id == "hide" or (key_id in INTERRUPTS and self.interrupts):
            super().act(key_id)
        elif key_id in {"page-up", "page-down"} and self._column.max_scroll_y:
            self._column.page(key_id)
        else:
            self.finish()

    def on_click(self) -> None:
        """Return on a click, too."""
        self.finish()

    def _line(self, key: str, key_label: str, words: str) -> Tagged:
        key_label = glyphs_for(self.app.theme).backspace if key_label == "⌫" else key_label
        line = Tagged(key_label, tag_style=".accent", target=key)
        line.show(words)
        return line
