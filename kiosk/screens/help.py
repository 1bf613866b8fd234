"""The help for the screen below: its keys, from the registry. Any key returns."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import ComposeResult

from kiosk.screens.front import Front
from kiosk.screens.keys import KEYS
from kiosk.screens.look import glyphs_for
from kiosk.screens.screen import KioskScreen
from kiosk.screens.status import Status
from kiosk.screens.widgets.scroll import Column
from kiosk.screens.widgets.words import Tagged, Words
from kiosk.screens.words import has_word


class HelpScreen(KioskScreen):
    """`explained`: (key id, label) of the keys to explain; a key without a sentence of its own is told by its label."""

    def __init__(
        self, front: Front, status: Callable[[], Status], explained: Sequence[tuple[str, str]], *, options: bool = False
    ) -> None:
        super().__init__(front, status)
        self._explained, self._options = explained, options

    def compose(self) -> ComposeResult:
        """Two sentences, then one line per key."""
        yield self.bar()
        with Column(id="page"):
            yield Words(self.word("help.title"), style=".strong", css_id="page-title")
            if self._options:
                yield Words(self.word("help.plain.1"))
                yield Words(self.word("help.plain.2"), css_id="help-plain")
            for cap, words in self._lines():
                yield self._line(cap, words)
            yield Words(self.word("help.any"), style=".quiet", css_id="help-any")

    def key_pressed(self, name: str) -> None:
        """Any key returns; Esc hides as everywhere."""
        if name == "escape":
            self.act("hide")
        else:
            self.finish()

    def on_click(self) -> None:
        """A touch returns, too."""
        self.finish()

    def _lines(self) -> list[tuple[str, str]]:
        options = [(KEYS["choose"].cap, self.word("help.choose"))] if self._options else []
        told = [
            (KEYS[key].cap, self.word(f"help.{key}") if has_word(f"help.{key}") else label)
            for key, label in self._explained
        ]
        return options + told

    def _line(self, cap: str, words: str) -> Tagged:
        line = Tagged(glyphs_for(self.app.theme).backspace if cap == "⌫" else cap, tag_style=".accent")
        line.show(words)
        return line
