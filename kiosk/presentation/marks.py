"""Marks for protocol words in a language other than the reader's: they name that language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.i18n.strings import language_name

if TYPE_CHECKING:
    from kiosk.protocol.slots import Said


def mark(said: Said, language: str = "") -> str:
    """Return the mark of words in an unexpected language (`[English]`); empty if the language is as expected.

    language: the reader's language (default: the expected one).
    """
    if not said.foreign or not said.words:
        return ""
    return f"[{language_name(said.language, language or said.wanted)}]"


def marked(said: Said) -> str:
    """Return the words as staff read them, after the `mark` if they need one."""
    return f"{mark(said)} {said.words}".lstrip()
