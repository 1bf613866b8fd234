"""The record of one field type: its own file supplies everything that other folders need."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kiosk.protocol.field_type import FieldType
from kiosk.protocol.model import Field
from kiosk.protocol.syntax.cursor import Cursor
from kiosk.protocol.syntax.forms import Key

Held = str | int
"""The logged value of a fact that is not missing."""

SAMPLE = "…"
"""The placeholder for words that somebody typed."""

Say = Callable[[str], str]
"""Takes the id of a text of the program; returns it in the reader's language."""


def as_typed(_: Field, words: str) -> Held:
    """Return the words themselves."""
    return words


def any_words(_: Field, value: Held) -> bool:
    """Check that the value is text that is not blank."""
    return isinstance(value, str) and bool(value.strip())


def a_sample(_: Field, __: Held = "") -> Held:
    """Return the sample for any words."""
    return SAMPLE


def _no_own_keys(_: Mapping[str, Cursor]) -> dict[str, Any]:
    return {}


def _as_it_is(value: Held, _: Say) -> str:
    return str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeRecord:
    """Everything about one type of fields.

    means:   one sentence for the manual, where it has keys of its own; else how the manual lists it.
    keys:    its own keys. own: reads them, as arguments of `Field`.
    room:    how many characters its box takes; 0 where it has none, because it is chosen by a key.
    free:    whether its text can contain more than the fact. sentences: whether it is a person's own sentences.
    read:    returns the value of the text that staff typed, which is never empty. Raises Mistyped.
    fits:    checks that a field can hold this value.
    walked:  returns the value that searches over all walks use.
    example: returns the value that a scenario made from a practice run shows instead of the real one.
    shown:   returns a value as people read it.
    """

    id: FieldType
    means: str
    keys: tuple[Key, ...] = ()
    own: Callable[[Mapping[str, Cursor]], dict[str, Any]] = _no_own_keys
    room: int
    free: bool = False
    sentences: bool = False
    read: Callable[[Field, str], Held] = as_typed
    fits: Callable[[Field, Held], bool] = any_words
    walked: Callable[[Field], Held] = a_sample
    example: Callable[[Field, Held], Held] = a_sample
    shown: Callable[[Held, Say], str] = _as_it_is
