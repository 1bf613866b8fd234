"""Enums whose members have a stored id and words for people, so that no member can lack its words."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Self


class Worded(StrEnum):
    """An enum of stored ids with words. Write a member as `NAME = "stored-id", "words for people"`."""

    words: str

    def __new__(cls, stored: str, words: str) -> Self:
        """Create one member."""
        member = str.__new__(cls, stored)
        member._value_ = stored
        member.words = words
        return member

    @classmethod
    def of_id(cls, stored: object) -> Self | None:
        """Return the member with this id; None for an id that this version does not know."""
        return next((member for member in cls if member == stored), None)

    @classmethod
    def words_for(cls, stored: object) -> str:
        """Return the words of this id, or the id itself if this version does not know it."""
        member = cls.of_id(stored)
        return str(stored) if member is None else member.words


def many(count: object, one: str, more: str = "") -> str:
    """Return a count with its noun. more: the plural, if it is not `one` with an s."""
    return f"{count} {one if count == 1 else more or f'{one}s'}"


def listed(names: Sequence[str], most: int = 5) -> str:
    """Return the names in a list, of more than `most` the first ones and the number of the others."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f", and {more} more" if more > 0 else "")
