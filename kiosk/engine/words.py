"""Filling the `{id}` slots of a protocol's texts: with the district's choices, the school's words, numbers to call."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.engine.model import Protocol
    from kiosk.engine.people import Contacts

SLOT = re.compile(r"\{([a-z0-9][a-z0-9-]*)\}")
"""A slot: a kebab-case id in braces."""


def filled(words: str, slots: Mapping[str, str]) -> str:
    """The text with every slot replaced; a slot nobody fills stays as its id, so that nothing vanishes unseen."""
    return SLOT.sub(lambda match: slots.get(match[1], match[1]), words)


def slot_words(protocol: Protocol, contacts: Contacts, language: str) -> dict[str, str]:
    """What fills each of the protocol's `slots`, by id: the school's words, else the protocol's own."""
    return {s.id: contacts.slots.get(s.id) or s.default.say(language) for s in protocol.slots.values()}


def filling(protocol: Protocol, choices: Mapping[str, str], contacts: Contacts, language: str) -> dict[str, str]:
    """Everything that fills `{id}` in texts: each role's first number, the words of each choice, each slot's words.

    choices: setting id → choice, for every setting. Ids are apart in a protocol; where a file breaks that, the
    district's words win over a school's, and both over a number.
    """
    numbers = {role: people[0].spoken_phone for role, people in contacts.roles.items() if people}
    chosen = {s.id: s.choices[choices[s.id]].say(language) for s in protocol.settings.values()}
    return numbers | slot_words(protocol, contacts, language) | chosen
