"""The question what words with two meanings mean. The answer is stored with them; without one, they are refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kiosk.i18n.strings import text
from kiosk.presentation.values import Choice
from kiosk.privacy.guard import UnclearText
from kiosk.privacy.meanings import MEANINGS, Meaning
from kiosk.screens.pages.ask import Asked

_SHOWN: Final = 150
"""Maximum number of the typed characters that the question repeats."""


def about_meaning(unclear: UnclearText, language: str, then: Callable[[Meaning | None], object]) -> Asked:
    """Ask which of the meanings that a record may contain the words have. then: called with it; None: with none."""

    def answered(answer: str) -> None:
        then(Meaning.of_id(answer))

    shown = unclear.words if len(unclear.words) <= _SHOWN else f"{unclear.words[:_SHOWN]}…"
    choices = [
        *(Choice(meaning, text(f"meaning.{meaning}", language)) for meaning in MEANINGS[unclear.doubt]),
        Choice("none", text("meaning.none", language)),
    ]
    lines = (f"“{shown}”", text("meaning.how", language))
    return Asked(text(f"meaning.ask.{unclear.doubt}", language), choices, answered, lines)
