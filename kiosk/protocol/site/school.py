"""The slots of a school's contacts file: text for a protocol's slots, and no key that changes the path."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, Protocol

from kiosk.protocol.findings.collector import Findings, Mark
from kiosk.protocol.model import Protocol as TheProtocol
from kiosk.protocol.site.people import Contacts
from kiosk.protocol.syntax.cursor import Cursor
from kiosk.protocol.syntax.nodes import MappingNode

MAX_SLOT: Final = 60
"""Maximum length of a slot's text, in characters: it is part of a sentence on 80 columns."""

ROUTING: Final = ("settings", "choices", "steps", "start", "interrupts", "outcomes", "guarantees")
"""Keys that change the path through a protocol; a school may not set them."""


class Places(Protocol):
    """A reading that gives the place of a path."""

    def place(self, *path: str) -> Mark:
        """Return the place of a path."""


def without_routing(root: Cursor) -> Cursor:
    """Return a school's file without the keys that change the path; each of them is noted."""
    if not isinstance(root.node, MappingNode):
        return root
    for key, mark in root.keys().items():
        if key in ROUTING:
            root.book.findings.note("D107", mark, key=key)
    return replace(
        root, node=MappingNode(tuple(p for p in root.node.pairs if p[0].value not in ROUTING), root.node.mark)
    )


def check_slots(reading: Places, contacts: Contacts, protocol: TheProtocol, findings: Findings) -> None:
    """Note each slot that the protocol lacks, and each text that does not fit inside a sentence."""
    for slot, words in contacts.slots.items():
        place = reading.place("slots", slot)
        if slot not in protocol.slots:
            findings.note("D104", place, slot=slot, hint=findings.hint(slot, protocol.slots, of="slots"))
        for code in wrong_with(words):
            findings.note(code, place, slot=slot, count=len(words), limit=MAX_SLOT)


def wrong_with(words: str) -> tuple[str, ...]:
    """Return the codes of the findings about a slot's text."""
    return tuple(
        code
        for code, wrong in (
            ("D105", len(words) > MAX_SLOT),
            ("D106", not words.isprintable() or any(brace in words for brace in "{}")),
        )
        if wrong
    )
