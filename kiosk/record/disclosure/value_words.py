"""The values of entries about a record in words, for people who never saw an entry."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "addition": "the text",
        "by": "who entered it",
        "desk": "the name of the desk",
        "facts_only": "whether only facts were typed",
        "matter": "the matter",
        "name": "the name of the person called",
        "names_child": "whether typed text names a child, a class or a room",
        "reason": "the reason",
        "slots": "telephone numbers and rooms of the school",
        "staff": "the initials of the staff",
        "text": "the text",
    }
)


def value_words(name: str) -> str:
    """Return the words of a value by its name in the entry; the name itself for one without words."""
    return _WORDS.get(name, name)
