"""What a value in a file can be, and the tables of keys made of such values. The readers do the reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

ID_PATTERN = "[a-z0-9]+(-[a-z0-9]+)*"
"""An id, as a regular expression that Python and editors understand alike."""

ID_LONGEST = 64
"""The most characters of an id."""

LANGUAGE_PATTERN = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"
"""The code of a language."""

DAY_PATTERN = r"\d{4}-\d{2}-\d{2}"
"""A day; whether the calendar has it is for the reader."""

YES = ("true", "yes")
NO = ("false", "no")


@dataclass(frozen=True, slots=True)
class Word:
    """One word or line without a language: a name, a number, an address. `pattern` is what all of it must look like."""

    pattern: str = ""
    longest: int | None = None


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few words."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What people read: a line in the source language, or a table from languages to lines."""


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list. `distinct` when the same item twice is a finding; `most` is how many fit."""

    of: Value
    empty: bool = False
    distinct: bool = False
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A table from ids to values. `reserved` ids have a meaning of their own."""

    of: Value
    reserved: tuple[str, ...] = ()
    empty: bool = True
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Loose:
    """A table whose keys another part of the pack gives. `one`: it holds exactly one; `known`: the fixed keys."""

    of: Value
    one: bool = False
    known: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """Any of these."""

    of: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Anything:
    """Whatever: another reader looks at it."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a table: what belongs to it, and one sentence on what it is for."""

    name: str
    value: Value
    means: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A table with a closed vocabulary.

    name:  what the manual and the schema call it.
    means: one sentence on what it is.
    one_of: groups of keys of which exactly one must be there; such keys are not `required`.
    """

    name: str
    means: str
    keys: tuple[Key, ...]
    one_of: tuple[tuple[str, ...], ...] = ()

    @property
    def vocabulary(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """(keys that must be there, keys that may), as `Cursor.table` wants them."""
        return tuple(k.name for k in self.keys if k.required), tuple(k.name for k in self.keys if not k.required)

    def key(self, name: str) -> Key:
        """The key of that name. Raises KeyError when there is none."""
        found = next((key for key in self.keys if key.name == name), None)
        if found is None:
            raise KeyError(name)
        return found


@dataclass(frozen=True, slots=True)
class File:
    """A kind of file: its name, the file names an editor may meet it under, what is at its root."""

    kind: str
    means: str
    root: Value


Value: TypeAlias = Word | OneOf | Words | ListOf | Named | Loose | Either | Anything | Form

ID = Word(ID_PATTERN, ID_LONGEST)
LANGUAGE = Word(LANGUAGE_PATTERN)
DAY = Word(DAY_PATTERN)
LINE = Word()
WORDS = Words()
FLAG = OneOf((*YES, *NO))

FORMER = Either((Word(), ListOf(Word(), distinct=True)))
"""One earlier id, or several."""


def must(name: str, value: Value, means: str) -> Key:
    """A key that has to be there."""
    return Key(name, value, means, required=True)


def may(name: str, value: Value, means: str) -> Key:
    """A key that can be left out."""
    return Key(name, value, means)


WAS = may("was", FORMER, "What it was called before, when you renamed it; old records still read by that.")
