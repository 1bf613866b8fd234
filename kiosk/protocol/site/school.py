"""What a school may say beside its contacts: words for the protocol's slots, and nothing that decides the way."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, Protocol

from kiosk.protocol.findings.collector import Findings, Mark
from kiosk.protocol.model import Protocol as TheProtocol
from kiosk.protocol.site.people import Contacts
from kiosk.protocol.syntax.cursor import Cursor
from kiosk.protocol.syntax.nodes import MappingNode

MAX_SLOT: Final = 60
"""The most characters a slot's words may have: they stand inside a sentence on 80 columns."""

ROUTING: Final = ("settings", "choices", "steps", "start", "interrupts", "outcomes", "guarantees")
"""Keys that decide the way through a protocol; none of them is a school's."""


class Places(Protocol):
    """What is needed of a reading: where things are."""

    def place(self, *path: str) -> Mark:
        """The place of a path."""


def without_routing(root: Cursor) -> Cursor:
    """A school's file without the keys that decide the way; each is noted."""
    if not isinstance(root.node, MappingNode):
        return root
    for key, mark in root.keys().items():
        if key in ROUTING:
            root.book.findings.note("D107", mark, key=key)
    return replace(
        root, node=MappingNode(tuple(p for p in root.node.pairs if p[0].value not in ROUTING), root.node.mark)
    )


def check_slots(reading: Places, contacts: Contacts, protocol: TheProtocol, findings: Findings) -> None:
    """Note each slot that the protocol does not have, and words that don't fit where they are shown."""
    for slot, words in contacts.slots.items():
        place = reading.place("slots", slot)
        if slot not in protocol.slots:
            findings.note("D104", place, slot=slot, hint=findings.hint(slot, protocol.slots, of="slots"))
        for code in wrong_with(words):
            findings.note(code, place, slot=slot, count=len(words), limit=MAX_SLOT)


def wrong_with(words: str) -> tuple[str, ...]:
    """The codes of what is wrong with a slot's words; each check of words has its line here."""
    return tuple(
        code
        for code, wrong in (
            ("D105", len(words) > MAX_SLOT),
            ("D106", not words.isprintable() or any(brace in words for brace in "{}")),
        )
        if wrong
    )
