"""Closed sets whose members are stored under an id and shown in words: one line a member, so no table can lack one."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Worded(StrEnum):
    """A member is its stored id, and carries its words. Write `NAME = "stored-id", "words for people"`."""

    words: str

    def __new__(cls, stored: str, words: str) -> Self:
        """One member."""
        member = str.__new__(cls, stored)
        member._value_ = stored
        member.words = words
        return member

    @classmethod
    def of_id(cls, stored: object) -> Self | None:
        """The member with that id; None for what this version does not know."""
        return next((member for member in cls if member == stored), None)

    @classmethod
    def words_for(cls, stored: object) -> str:
        """The words of that id; of one that this version does not know, the id itself."""
        member = cls.of_id(stored)
        return str(stored) if member is None else member.words
