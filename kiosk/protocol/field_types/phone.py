"""A telephone number, as given."""

from __future__ import annotations

from typing import Final

from kiosk.protocol.field_type import FieldType
from kiosk.protocol.field_types.type_record import TypeRecord

PHONE: Final = TypeRecord(
    id=FieldType.PHONE,
    means="“phone”",
    room=40,
    example=lambda _, __: "860-555-0100",  # a number that is kept for such use
)
