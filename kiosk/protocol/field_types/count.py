"""A count: a whole number, or words if nobody could count (“four or five”)."""

from __future__ import annotations

from typing import Final

from kiosk.protocol.field_type import FieldType
from kiosk.protocol.field_types.type_record import SAMPLE, Held, TypeRecord
from kiosk.protocol.model import Field

MAX_COUNT: Final = 99_999
"""The largest count; more digits are a typing error, or not a count."""


def counted(words: str) -> Held:
    """Return the number that the words mean; other words stay words."""
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
