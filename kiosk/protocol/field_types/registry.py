"""The table of all field types, their tables of keys, and the look-ups in it by field."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from kiosk.protocol.field_type import FieldType
from kiosk.protocol.field_types import choice, count, date, number, phone, words
from kiosk.protocol.field_types.type_record import TypeRecord
from kiosk.protocol.model import MISSING, DisclosureClass, Field, Protocol
from kiosk.protocol.replies import PUT_OFF, Missing, Value
from kiosk.protocol.syntax.classes import class_key
from kiosk.protocol.syntax.forms import LINE, WAS, WORDS, Form, ListOf, OneOf, may, must

_ALL: Final = (words.LINE, words.LINES, count.COUNT, phone.PHONE, date.DATE, choice.CHOICE, number.NUMBER)

TYPES: Final[Mapping[FieldType, TypeRecord]] = MappingProxyType({record.id: record for record in _ALL})
"""Every type, in the order of the manual."""

_PLAIN: Final = tuple(record for record in _ALL if not record.keys)
_OWN: Final = tuple(record for record in _ALL if record.keys)

_LABEL: Final = must("label", WORDS, "The label on the screen.")
_OF_ALL: Final = (
    class_key(DisclosureClass.EXEMPT),
    may("cite", ListOf(LINE, distinct=True), "The sources that require this fact."),
    may(
        "missing",
        ListOf(OneOf(MISSING), empty=True, distinct=True),
        "Reasons why it may be missing: “refused”, “not-seen”, “not-asked”, or “none” (there is none). "
        "“deferred” (later) is always offered.",
    ),
    WAS,
)


def _listed() -> str:
    *most, last = (record.means for record in _PLAIN)
    own = " and ".join(f"“{record.id}”" for record in _OWN)
    return f"{', '.join(most)} or {last}; see below for {own}."


FIELD: Final = Form(
    "field",
    "A fact that staff type.",
    (_LABEL, may("type", OneOf(tuple(record.id for record in _PLAIN)), _listed()), *_OF_ALL),
)

_OWN_FORMS: Final[Mapping[FieldType, Form]] = {
    record.id: Form(
        f"{record.id} field",
        record.means,
        (_LABEL, must("type", OneOf((record.id,)), f"“{record.id}”."), *record.keys, *_OF_ALL),
    )
    for record in _OWN
}

FIELD_FORMS: Final = (FIELD, *_OWN_FORMS.values())
"""The tables of a field: one for the types without keys of their own, and one for each other type."""


def form_of(said: str, keys: Mapping[str, object]) -> Form:
    """Return the table of keys for a field. said: its type as written; keys: a key of only one type also decides."""
    meant = next((record.id for record in _OWN if any(key.name in keys for key in record.keys)), None)
    wanted = next((record.id for record in _OWN if record.id == said), meant)
    return FIELD if wanted is None else _OWN_FORMS[wanted]


def out_of_place(type_: FieldType) -> tuple[str, ...]:
    """Return the keys that belong to other types and mean nothing for a field of this type."""
    return tuple(key.name for record in _OWN if record.id != type_ for key in record.keys)


def type_of(field: Field) -> TypeRecord:
    """Return the type of a field."""
    return TYPES[field.type]


def typed(field: Field, words_typed: str) -> Value:
    """Return the value of the words typed into a field's box; PUT_OFF for an empty box. Raise Mistyped."""
    said = words_typed.strip()
    return type_of(field).read(field, said) if said else PUT_OFF


def value_fits(protocol: Protocol, field_id: str, value: Value) -> bool:
    """Check that a field of the protocol can hold that value."""
    field = protocol.fields[field_id]
    if isinstance(value, Missing):
        return value == PUT_OFF or (value.reason in MISSING and value.reason in field.missing)
    return type_of(field).fits(field, value)
