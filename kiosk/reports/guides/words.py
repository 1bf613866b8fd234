"""Keys, texts of screens, commands and pictures as a guide names them. What does not exist raises KeyError."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Formatter
from typing import Final

from kiosk.i18n.english_guide import GUIDE
from kiosk.i18n.strings import SOURCE, text
from kiosk.presentation.keys import KEYS
from kiosk.reports.document.model import Cell, Figure, Line, Style

PICTURES: Final = Path(__file__).parent / "pictures"
"""`NAME.LANGUAGE.svg`, drawn by `deploy/pictures.py`."""
BACKSPACE: Final = "⌫"
"""A glyph that the fonts of paper lack."""


def key(key_id: str, language: str = SOURCE) -> str:
    """Return what is printed on a key."""
    found = KEYS[key_id].key_label
    return text("guide.backspace", language) if found == BACKSPACE else found


def label(text_id: str, **slots: object) -> str:
    """Return a text of a screen in English, in quotation marks."""
    return f"“{text(text_id, SOURCE, **slots)}”"


def guide_text(text_id: str, language: str) -> str:
    """Return a text of the front desk's guide, with the keys and the words of the screens in that language."""
    slots = {name: _slot(name, language) for _, name, _, _ in Formatter().parse(GUIDE[text_id]) if name}
    return text(text_id, language, **slots)


def _slot(name: str, language: str) -> str:
    kind, _, rest = name.partition("_")
    named = rest.replace("__", ".").replace("_", "-")
    return key(named, language) if kind == "key" else text(named, language)


def commands(*lines: str) -> Cell:
    """Return a cell with these commands, each written without `kiosk`."""
    return tuple(Line(f"kiosk {line}", Style.COMMAND) for line in lines)


def picture(name: str, description: str, *, language: str = SOURCE, share: float) -> Figure:
    """Return a picture of a screen; English if there is none in that language. share: its width, of the page's."""
    path = PICTURES / f"{name}.{language}.svg"
    svg = (path if path.exists() else PICTURES / f"{name}.{SOURCE}.svg").read_text(encoding="utf-8")
    described = svg.replace("<svg ", f'<svg role="img" aria-label="{escape(description)}" ', 1)
    return Figure(described, name, description, headed=False, share=share)
