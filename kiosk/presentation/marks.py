"""Words of a protocol that are not in the reader's language have a mark that says in which they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.i18n.strings import language_name

if TYPE_CHECKING:
    from kiosk.protocol.slots import Said


def mark(said: Said, language: str = "") -> str:
    """What tells that words are not in the language they should be in: `[English]`; empty when they are.

    language: whoever reads the mark; without it, the language the words should be in.
    """
    if not said.foreign or not said.words:
        return ""
    return f"[{language_name(said.language, language or said.wanted)}]"


def marked(said: Said) -> str:
    """The words as staff read them, after the `mark` when they need one."""
    return f"{mark(said)} {said.words}".lstrip()
