"""Words: a line of them, or several."""

from __future__ import annotations

from typing import Final

from kiosk.protocol.field_type import FieldType
from kiosk.protocol.field_types.type_record import TypeRecord

LINE: Final = TypeRecord(id=FieldType.LINE, means="“line” (default)", room=200, free=True)
LINES: Final = TypeRecord(id=FieldType.LINES, means="“lines”", room=1000, free=True, sentences=True)
