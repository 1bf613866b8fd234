"""How many: a whole number, or words where nobody could count (“four or five”)."""

from __future__ import annotations

from typing import Final

from kiosk.protocol.field_type import FieldType
from kiosk.protocol.field_types.type_record import SAMPLE, Held, TypeRecord
from kiosk.protocol.model import Field

MAX_COUNT: Final = 99_999
"""The largest number a count takes; more digits are a slip, or no count."""


def counted(words: str) -> Held:
    """The number that words are; words that are no number stay words."""
    is_number = words.isascii() and words.isdigit() and len(words) <= len(str(MAX_COUNT))
    return int(words) if is_number else words


def _fits(_: Field, value: Held) -> bool:
    return bool(value.strip()) if isinstance(value, str) else 0 <= value <= MAX_COUNT


COUNT: Final = TypeRecord(
    id=FieldType.COUNT,
    means="“count”",
    room=40,
    read=lambda _, words: counted(words),
    fits=_fits,
    walked=lambda _: 1,
    example=lambda _, value: 1 if isinstance(value, int) else SAMPLE,
)
