"""One row of the footer: keys with their labels, spread over the width, each of them clickable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate

from textual.content import Content

from kiosk.layout.cells import cells
from kiosk.layout.key_row import Key, Spacing, spacing
from kiosk.presentation.keys import KEYS
from kiosk.presentation.values import Pair
from kiosk.screens.widgets.lines import Lines, Row


class KeyRow(Lines):
    """Keys and labels in one line. A click posts `Picked` with the key's id."""

    def __init__(
        self,
        pairs: Sequence[Pair] = (),
        *,
        key_label_style: str = ".accent",
        css_id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(css_id=css_id, classes=classes)
        self._pairs, self._key_label_style = tuple(pairs), key_label_style
        self._spans: tuple[tuple[int, int, str], ...] = ()

    def show(self, pairs: Sequence[Pair]) -> None:
        """Show these keys instead."""
        if tuple(pairs) != self._pairs:
            self._pairs = tuple(pairs)
            self.changed()

    def rows(self, width: int) -> Iterable[Row]:
        """Return the one line; the part that does not fit at the narrowest spacing is cut."""
        parts = self._parts(
            spacing([Key(self._key_label(pair.key), self.plain(pair.label)) for pair in self._pairs], width)
        )
        starts = [0, *accumulate(cells(part.plain) for part in parts)]
        self._spans = tuple((a, b, p.key) for a, b, p in zip(starts, starts[1:], self._pairs, strict=False))
        return [Row(Content("").join(parts))]

    def target_at(self, x: int, _y: int) -> str:
        """Return the id of the key at that cell."""
        return next((key for start, end, key in self._spans if start <= x < end), "")

    def _parts(self, apart: Spacing) -> list[Content]:
        near, far = " " * apart.near, " " * apart.far
        return [
            Content.assemble(
                self.shown(self._key_label(pair.key), self._key_label_style), near, self.shown(pair.label), far
            )
            for pair in self._pairs
        ]

    def _key_label(self, key: str) -> str:
        key_label = KEYS[key].key_label
        return self.glyphs.backspace if key_label == "⌫" else key_label
