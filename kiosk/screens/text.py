"""The only way for words from people, protocol files and contacts to reach the screen."""

from __future__ import annotations

import unicodedata
from typing import Final

from textual.content import Content
from textual.style import Style

from kiosk.record.printable import printable

_CONSOLE_EXTRA: Final = frozenset("“”‘’–—…•←↑→↓█ı")
"""The characters, other than Latin letters and box drawing, that every font of the Linux console in `deploy/` has."""

STAND_IN: Final = "·"
"""The replacement for a character that the console font lacks."""


def shown(words: str, style: Style | str = "", *, console: bool = False) -> Content:
    """Return the words as content: never markup, never a control, bidi or zero-width character.

    style: for all of it; empty for the widget's own.
    console: whether to use only the glyphs of the Linux console.
    """
    words = plain(words, console=console)
    return Content.styled(words, style) if style else Content(words)


def plain(words: str, *, console: bool = False) -> str:
    """Return the words as `shown` draws them."""
    return on_console(printable(words)) if console else printable(words)


def has_glyph(character: str) -> bool:
    """Check whether every console font has this character, one cell wide."""
    code = ord(character)
    return 0x20 <= code < 0x7F or 0xA0 <= code < 0x180 or 0x2500 <= code < 0x256D or character in _CONSOLE_EXTRA


def on_console(words: str) -> str:
    """Return the words with each character that the console lacks simplified, or replaced by a dot."""
    return words if words.isascii() else "".join(c if has_glyph(c) else _nearest(c) for c in words)


def _nearest(character: str) -> str:
    if unicodedata.combining(character):
        return ""
    plain = "".join(c for c in unicodedata.normalize("NFKD", character) if has_glyph(c))
    return plain or STAND_IN


def taken(words: str, room: int) -> str:
    """Return the part of typed or pasted words that a box takes: one line, nothing invisible, at most `room` long."""
    # Cut first: a paste of megabytes must not be searched to its end.
    return printable(words[:room].replace("\r\n", " ").replace("\r", " ").replace("\n", " ").replace("\t", " "))[:room]
