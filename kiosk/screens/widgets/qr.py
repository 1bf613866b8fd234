"""The QR code: two rows of modules per line, always dark on light, in every theme."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from kiosk.screens.theme import CONSOLE

_DARK, _LIGHT = "#000000", "#ffffff"
_GLYPHS = {(True, True): " ", (True, False): "▄", (False, True): "▀", (False, False): "█"}
"""By (upper dark, lower dark): the light half as a white glyph, for consoles that draw white paper gray."""

Modules = Sequence[Sequence[bool]]


class Qr(Widget, inherit_bindings=False):
    """A code of modules (True is dark), with its quiet zone. A module is one cell wide and half a cell high."""

    def __init__(self, modules: Modules) -> None:
        super().__init__()
        self._columns = len(modules[0])
        light = [False] * self._columns
        self._modules = [*modules, light] if len(modules) % 2 else list(modules)
        self.styles.width, self.styles.height = self.columns, self.lines

    @property
    def columns(self) -> int:
        """Return its width in cells."""
        return self._columns

    @property
    def lines(self) -> int:
        """Return its height in lines."""
        return len(self._modules) // 2

    def render_line(self, y: int) -> Strip:
        """Return two rows of modules."""
        if 2 * y + 1 >= len(self._modules):
            return Strip.blank(self.size.width)
        pairs = zip(self._modules[2 * y], self._modules[2 * y + 1], strict=True)
        draw = _white_glyph if self.app.theme == CONSOLE else _two_colors
        return Strip([draw(bool(upper), bool(lower)) for upper, lower in pairs], self._columns)


def _two_colors(upper: bool, lower: bool) -> Segment:
    return Segment("▀", Style(color=_DARK if upper else _LIGHT, bgcolor=_DARK if lower else _LIGHT))


def _white_glyph(upper: bool, lower: bool) -> Segment:
    return Segment(_GLYPHS[upper, lower], Style(color=_LIGHT, bgcolor=_DARK))
