"""Filling the `{id}` slots of a protocol's texts, and in which language a text can be said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.engine.model import Text

SLOT = re.compile(r"\{([a-z0-9][a-z0-9-]*)\}")
"""A slot: a kebab-case id in braces."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words as they can be shown or spoken. `language` is the one they are in, `wanted` the one that was asked for."""

    words: str
    language: str
    wanted: str

    @property
    def foreign(self) -> bool:
        """Whether these are the source words, because the language that was asked for has none that count."""
        return self.language != self.wanted


NOTHING = Said("", "", "")
"""No words at all."""


def filled(words: str, slots: Mapping[str, str]) -> str:
    """The text with every slot replaced; a slot nobody fills stays as its id, so that nothing vanishes unseen."""
    return SLOT.sub(lambda match: slots.get(match[1], match[1]), words)


def said(text: Text, language: str, slots: Mapping[str, Text | str] | None = None) -> Said:
    """The text in `language`, its slots filled; whole in the source language when it can't be said whole in `language`.

    slots: id → words that are the same in every language, or a text. A sentence with a slot whose text lacks `language`
    is said in the source language: half a sentence in each helps nobody, and no voice could speak it.
    """
    fill = slots or {}
    code = language if _whole(text, language, fill) else text.words[0][0]
    inside = {slot: words if isinstance(words, str) else words.say(code) for slot, words in fill.items()}
    return Said(filled(text.say(code), inside), code, language)


def _whole(text: Text, language: str, slots: Mapping[str, Text | str]) -> bool:
    used = (slots.get(match[1], "") for match in SLOT.finditer(text.say(language)))
    return language in text.languages and all(isinstance(s, str) or language in s.languages for s in used)
