"""A fact that staff choose with one key: its value is the id of a choice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kiosk.errors import Mistyped
from kiosk.protocol.field_type import FieldType
from kiosk.protocol.field_types.type_record import SAMPLE, Held, TypeRecord
from kiosk.protocol.model import MISSING, Field
from kiosk.protocol.syntax.cursor import Cursor
from kiosk.protocol.syntax.forms import WORDS, Named, must

MAX_FIELD_CHOICES: Final = 9
"""The keys 1 to 9."""


def _own(t: Mapping[str, Cursor]) -> dict[str, Any]:
    """Read the choices. The ids of reasons for a missing fact are reserved."""
    cursor = t.get("choices")
    if cursor is None:
        return {}
    found = {choice: below.text() for choice, below in cursor.named(MISSING, empty=False).items()}
    if len(found) > MAX_FIELD_CHOICES:
        cursor.note("P117", where=cursor.name, count=len(found), limit=MAX_FIELD_CHOICES)
    return {"choices": found}


def _read(field: Field, words: str) -> Held:
    if words not in field.choices:
        raise Mistyped(f"“{field.id}” has no choice “{words}”.", f"Choose one of: {', '.join(field.choices)}.")
    return words


def _example(field: Field, value: Held) -> Held:
    # It was not typed: its id is the protocol's own word.
    return value if value in field.choices else SAMPLE


CHOICE: Final = TypeRecord(
    id=FieldType.CHOICE,
    means="A fact that staff choose with one key.",
    keys=(
        must(
            "choices",
            Named(WORDS, MISSING, empty=False, most=MAX_FIELD_CHOICES),
            f"The choices, at most {MAX_FIELD_CHOICES}: id → text. The record stores the id.",
        ),
    ),
    own=_own,
    room=0,
    read=_read,
    fits=lambda field, value: value in field.choices,
    walked=lambda field: next(iter(field.choices), SAMPLE),
    example=_example,
)
