"""The closed set of types that a field of a form can have."""

from __future__ import annotations

from enum import StrEnum


class FieldType(StrEnum):
    """What a fact is, as a protocol file says it. What follows from each is in `field_types`."""

    LINE = "line"
    LINES = "lines"
    COUNT = "count"
    PHONE = "phone"
    CHOICE = "choice"
    DATE = "date"
    NUMBER = "number"
