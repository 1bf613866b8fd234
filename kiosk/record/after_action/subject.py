"""What a record is about: how the contact came, and which agency came, by what the protocol says of a field.

The format has no mark for either. The channel is the answer to the step `channel`, as in every export. The agency is
the first fact in the protocol that an official says of themselves: a choice or a line of the class public that may be
refused or not asked, but not unseen. A fact that is seen, counted or of another class is no agency.
"""

from __future__ import annotations

from typing import Final

from kiosk.protocol.field_type import FieldType
from kiosk.protocol.kinds.ask import AskStep
from kiosk.protocol.model import DisclosureClass, Field, Protocol
from kiosk.protocol.replies import Missing, Value
from kiosk.record.encounter_record import CHANNEL, EncounterRecord

_SAID: Final = frozenset({"refused", "not-asked"})
_TYPES: Final = frozenset({FieldType.LINE, FieldType.CHOICE})


def agency_field(protocol: Protocol) -> Field | None:
    """Return the fact with the agency as stated; None if the protocol has none."""
    return next((field for field in protocol.fields.values() if _is_stated(field)), None)


def _is_stated(field: Field) -> bool:
    return (
        field.type in _TYPES
        and field.cls is DisclosureClass.PUBLIC
        and set(field.missing) >= _SAID
        and "not-seen" not in field.missing
    )


def agency_of(record: EncounterRecord, field: Field) -> Value | None:
    """Return the agency as stated, or why it is missing, by the newest amendment; None if nothing was recorded."""
    amended = record.amended_field(field.id)
    return amended[-1].now if amended else record.fields.get(field.id)


def agency_words(field: Field, value: Value | None) -> str | None:
    """Return the stated agency in the words of the record or of the choice; None if there is none."""
    if value is None or isinstance(value, Missing):
        return None
    chosen = field.choices.get(str(value))
    return chosen.say() if chosen else str(value)


def channel_words(protocol: Protocol | None, channel: str) -> str:
    """Return the label of this channel in the protocol, else its id."""
    step = protocol.steps.get(CHANNEL) if protocol else None
    options = step.options if isinstance(step, AskStep) else ()
    return next((option.label.say() for option in options if option.id == channel), channel)
