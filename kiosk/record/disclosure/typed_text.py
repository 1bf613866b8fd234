"""The texts in an entry that a person may have typed: those that no public copy shows. The privacy guard reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from kiosk.privacy.meanings import Meaning
from kiosk.protocol.replies import FACT
from kiosk.record import bodies
from kiosk.record.disclosure.levels import TABLE, Level, Owned
from kiosk.record.entry_kinds import Kind


def typed_in(kind: Kind, body: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield (name, text) for each text in a body that a person may have typed: all that no public copy shows.

    The name of a value is such a text too, unless the table has it; it comes as ("name", text). The id
    of a meaning is none.
    A key is not among them: its owner's name was checked when it was made, and its letters mean nothing. Nor is a hash.
    """
    levels = TABLE.get(kind, {})
    for name, value in body.items():
        about = bodies.about(name)
        if name.startswith(bodies.MEANING) and Meaning.of_id(value) is not None:
            continue
        if about not in levels:
            yield "name", name
        level = levels.get(about, Level.FULL)
        typed = isinstance(level, Owned) or level > Level.PUBLIC
        if about.startswith(FACT) or (typed and not (about in _KEYS and about in levels)):
            yield from _texts(about, value)


_KEYS: Final = frozenset({"before", "now", "key"})
_HASH: Final = re.compile(r"[0-9a-f]{64}")


def _texts(name: str, value: object) -> Iterator[tuple[str, str]]:
    """Yield (name, text) for each text in a value, under the nearest name, and for each name in it."""
    match value:
        case str():
            if not _HASH.fullmatch(value):
                yield name, value
        case Mapping():
            for key, one in value.items():
                yield "name", key
                yield from _texts(key, one)
        case list() | tuple():
            for one in value:
                yield from _texts(name, one)
