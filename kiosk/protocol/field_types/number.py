"""A whole number, with optional limits. For words, use `count`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from kiosk.errors import Mistyped
from kiosk.protocol.field_type import FieldType
from kiosk.protocol.field_types.type_record import Held, TypeRecord
from kiosk.protocol.model import Field
from kiosk.protocol.syntax.cursor import Cursor
from kiosk.protocol.syntax.forms import Word, may

PATTERN: Final = "-?[0-9]{1,9}"
"""A whole number of at most nine digits."""

_NUMBER: Final = re.compile(PATTERN)


def _own(t: Mapping[str, Cursor]) -> dict[str, Any]:
    least, most = (_limit(t.get(key), key) for key in ("min", "max"))
    if least is not None and most is not None and least > most:
        t["max"].note("P119", value=most, key="max")
        most = None
    return {"least": least, "most": most}


def _limit(cursor: Cursor | None, key: str) -> int | None:
    said = cursor.token() if cursor else ""
    if cursor and said and not _NUMBER.fullmatch(said):
        cursor.note("P119", value=said, key=key)
        return None
    return int(said) if said else None


def _read(field: Field, words: str) -> Held:
    if not _NUMBER.fullmatch(words):
        raise Mistyped("That is not a whole number.", "Type digits, such as 12.", "error.number")
    if not _fits(field, int(words)):
        raise _outside(field)
    return int(words)


def _outside(field: Field) -> Mistyped:
    """Return the error for a number outside the field's limits, with the limits."""
    what, limits = "That number does not fit here.", {"least": field.least, "most": field.most}
    if field.least is None:
        return Mistyped(what, f"Type a number of at most {field.most}.", "error.number.most", **limits)
    if field.most is None:
        return Mistyped(what, f"Type a number of at least {field.least}.", "error.number.least", **limits)
    return Mistyped(what, f"Type a number from {field.least} to {field.most}.", "error.number.range", **limits)


def _fits(field: Field, value: Held) -> bool:
    if not isinstance(value, int):
        return False
    return (field.least is None or field.least <= value) and (field.most is None or value <= field.most)


def _example(field: Field) -> int:
    """Return the number nearest to 1 that a field takes."""
    found = 1 if field.least is None else max(1, field.least)
    return found if field.most is None else min(found, field.most)


NUMBER: Final = TypeRecord(
    id=FieldType.NUMBER,
    means="A whole number that staff type.",
    keys=(
        may("min", Word(PATTERN), "The smallest number that fits."),
        may("max", Word(PATTERN), "The largest number that fits."),
    ),
    own=_own,
    room=12,
    read=_read,
    fits=_fits,
    walked=_example,
    example=lambda field, _: _example(field),
)
