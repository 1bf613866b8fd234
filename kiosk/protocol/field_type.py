"""The closed set of types that a field of a form can have."""

from __future__ import annotations

from enum import StrEnum


class FieldType(StrEnum):
    """The type of a fact, as in a protocol file. `field_types` defines the behavior of each."""

    LINE = "line"
    LINES = "lines"
    COUNT = "count"
    PHONE = "phone"
    CHOICE = "choice"
    DATE = "date"
    NUMBER = "number"
