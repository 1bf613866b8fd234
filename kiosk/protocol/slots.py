"""Fill the `{id}` slots of a protocol's texts, and choose the language for a text.

A slot is filled with the district's choice, the school's words, or a number to call.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.protocol.model import Protocol, Text
    from kiosk.protocol.site.people import Contact, Contacts


SLOT = re.compile(r"\{([a-z0-9][a-z0-9-]*)\}")
"""A slot: a kebab-case id in braces."""


@dataclass(frozen=True, slots=True)
class Said:
    """Text to show or say. `language` is its language, `wanted` the requested one."""

    words: str
    language: str
    wanted: str

    @property
    def foreign(self) -> bool:
        """Whether this is the source text, because the wanted language has no valid one."""
        return self.language != self.wanted


NOTHING = Said("", "", "")
"""No text."""


def filled(words: str, slots: Mapping[str, str]) -> str:
    """Return the text with every slot replaced; a slot without a value stays as its id, so that nothing disappears."""
    return SLOT.sub(lambda match: slots.get(match[1], match[1]), words)


def said(text: Text, language: str, slots: Mapping[str, Text | str] | None = None) -> Said:
    """Return the text in `language` with its slots filled; all in the source language if `language` lacks a part.

    slots: id → a string that is the same in every language, or a text. If a slot's text lacks `language`, the complete
    sentence is in the source language, because no voice can speak a mixed one.
    """
    fill = slots or {}
    code = language if _has_language(text, language, fill) else text.words[0][0]
    inside = {slot: words if isinstance(words, str) else words.say(code) for slot, words in fill.items()}
    return Said(filled(text.say(code), inside), code, language)


def _has_language(text: Text, language: str, slots: Mapping[str, Text | str]) -> bool:
    used = (slots.get(match[1], "") for match in SLOT.finditer(text.say(language)))
    return language in text.languages and all(isinstance(s, str) or language in s.languages for s in used)


def slot_words(protocol: Protocol, contacts: Contacts) -> dict[str, Text | str]:
    """Return the words for each of the protocol's `slots`, by id: the school's words, else the protocol's own."""
    return {s.id: contacts.slots.get(s.id) or s.default for s in protocol.slots.values()}


def filling(protocol: Protocol, choices: Mapping[str, str], contacts: Contacts, language: str) -> dict[str, Text | str]:
    """Return the values of all slots: each role's first number, the text of each choice, each slot's text.

    choices: setting id → choice, for every setting. If a file uses one id twice, the district's text overrides the
    school's, and both override a number. Numbers are in the source language and in `language`.
    """
    codes = tuple(dict.fromkeys((protocol.source_language, language)))
    numbers = {role: _number(people[0], codes) for role, people in contacts.roles.items() if people}
    chosen = {s.id: s.choices[choices[s.id]] for s in protocol.settings.values()}
    return {**numbers, **slot_words(protocol, contacts), **chosen}


def _number(contact: Contact, codes: tuple[str, ...]) -> Text:
    from kiosk.protocol.model import Text  # noqa: PLC0415 - the first paint fills no slot

    return Text(tuple((code, contact.spoken_phone(code)) for code in codes))
