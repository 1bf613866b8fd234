"""Types of values in a file, and tables of keys with such values. The readers do the reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

ID_PATTERN = "[a-z0-9]+(-[a-z0-9]+)*"
"""An id, as a regular expression for Python and editors."""

ID_LONGEST = 64
"""Maximum length of an id, in characters."""

LANGUAGE_PATTERN = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"
"""The code of a language."""

DAY_PATTERN = r"\d{4}-\d{2}-\d{2}"
"""A date; the reader checks that it exists."""

YES = ("true", "yes")
NO = ("false", "no")


@dataclass(frozen=True, slots=True)
class Word:
    """One word or line without a language: a name, number or address. `pattern` must match all of it."""

    pattern: str = ""
    longest: int | None = None


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few words."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Text for people: a line in the source language, or a table from languages to lines."""


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list. `distinct`: a duplicate item is a finding; `most`: maximum number of items."""

    of: Value
    empty: bool = False
    distinct: bool = False
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A table from ids to values. `reserved`: ids with another meaning."""

    of: Value
    reserved: tuple[str, ...] = ()
    empty: bool = True
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Loose:
    """A table whose keys another part of the pack defines. `one`: it has exactly one key; `known`: the fixed keys."""

    of: Value
    one: bool = False
    known: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """Any one of these types."""

    of: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a table: its type of value, and one sentence about it."""

    name: str
    value: Value
    means: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A table with a fixed set of keys.

    name:  its name in the manual and the schema.
    means: one sentence about it.
    one_of: groups of keys of which exactly one is required; such keys are not `required`.
    """

    name: str
    means: str
    keys: tuple[Key, ...]
    one_of: tuple[tuple[str, ...], ...] = ()

    @property
    def vocabulary(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """(required keys, optional keys), for `Cursor.table`."""
        return tuple(k.name for k in self.keys if k.required), tuple(k.name for k in self.keys if not k.required)


@dataclass(frozen=True, slots=True)
class File:
    """A kind of file: its name, one sentence about it, and the type of its root."""

    kind: str
    means: str
    root: Value


Value: TypeAlias = Word | OneOf | Words | ListOf | Named | Loose | Either | Form

ID = Word(ID_PATTERN, ID_LONGEST)
LANGUAGE = Word(LANGUAGE_PATTERN)
DAY = Word(DAY_PATTERN)
LINE = Word()
WORDS = Words()
FLAG = OneOf((*YES, *NO))

FORMER = Either((Word(), ListOf(Word(), distinct=True)))
"""One earlier id, or several."""


def must(name: str, value: Value, means: str) -> Key:
    """Return a required key."""
    return Key(name, value, means, required=True)


def may(name: str, value: Value, means: str) -> Key:
    """Return an optional key."""
    return Key(name, value, means)


WAS = may("was", FORMER, "Earlier ids after a rename, so that older records can still be read.")
