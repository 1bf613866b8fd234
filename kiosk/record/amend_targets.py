"""The values of a closed record that can be amended, and the values that an amendment can give them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kiosk.errors import Refused, UsageError
from kiosk.privacy.guard import require_storable
from kiosk.privacy.meanings import UNSAID, Meaning, Meant
from kiosk.protocol.field_types.count import counted
from kiosk.protocol.field_types.registry import typed, value_fits
from kiosk.protocol.model import Protocol
from kiosk.protocol.replies import FACT, CallResult, Missing, Value
from kiosk.record.amendments import ADDITION, CALL, NOTE, NOWHERE, Amendment, Ref
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.entries import LoggedEntry

LONGEST_TEXT: Final = 1000
"""The maximum number of characters of a text, as for a note at the desk."""


@dataclass(frozen=True, slots=True)
class AmendTarget:
    """The value to amend: its name and entry, as in an amendment, and the recorded value."""

    name: str
    target: Ref
    recorded: Value | None = None

    def newest(self, amendments: Iterable[Amendment]) -> Value | None:
        """Return its newest value after these amendments, oldest first."""
        values = [a.now for a in amendments if (a.name, a.target.event_id) == (self.name, self.target.event_id)]
        return values[-1] if values and self.name != ADDITION else self.recorded


def require_closed(record: EncounterRecord) -> None:
    """Raise Refused for an open record, whose answers are changed at the desk."""
    if record.closing is None:
        repair = "Open the kiosk, continue the record, change the answer, then close the record."
        raise Refused(f"{record.no} is not closed yet, so change it at the desk.", repair)


def addition(record: EncounterRecord) -> AmendTarget:
    """Return the target of an addition: the entry that closed the record."""
    return AmendTarget(ADDITION, record.closing or NOWHERE)


def fact(record: EncounterRecord, field_id: str, entries: Iterable[LoggedEntry]) -> AmendTarget:
    """Return the target for a fact, recorded or not. Raises Refused if it was recorded but is no longer kept.

    entries: all of the encounter.
    """
    name = FACT + field_id
    if field_id not in record.fields and any(name in entry.withheld for entry in entries):
        what = f"What {record.no} recorded as “{field_id}” is no longer kept, so it can't be corrected."
        raise Refused(what, "Add what you know with --add.")
    return AmendTarget(name, record.places.get(field_id, record.closing or NOWHERE), record.fields.get(field_id))


def note(record: EncounterRecord, number: int) -> AmendTarget:
    """Return the target for the note with this number, from 1. Raises UsageError."""
    found = record.notes[_index("note", number, record.notes, record.no)]
    return AmendTarget(NOTE, found.ref, found.text)


def call(record: EncounterRecord, number: int) -> AmendTarget:
    """Return the target for the result of the call with this number, from 1. Raises UsageError."""
    found = record.calls[_index("call", number, record.calls, record.no)]
    return AmendTarget(CALL, found.ref, found.result)


def new_value(target: AmendTarget, given: str | Missing, protocol: Protocol | None, meant: Meant = UNSAID) -> Value:
    """Return the new value, checked for this target. Raises UsageError or PrivateText.

    protocol: the protocol of the encounter; None if the log does not have it. meant: what texts with two meanings mean.
    """
    value = storable_text("text", given, meaning=meant.get(given.strip())) if isinstance(given, str) else given
    if target.name == CALL and CallResult.of_id(value) is None:
        raise UsageError("That is not a result of a call.", f"Choose one of: {', '.join(CallResult)}.")
    if not target.name.startswith(FACT):
        return value
    return _of_field(target, value, protocol)


def storable_text(what: str, given: str, most: int = LONGEST_TEXT, meaning: Meaning | None = None) -> str:
    """Return the typed text, trimmed and checked for storage. Raises UsageError or PrivateText.

    what: its name in the error. most: the maximum number of characters. meaning: what the text can only mean.
    """
    trimmed = given.strip()
    if not trimmed or len(trimmed) > most or not trimmed.replace("\n", " ").isprintable():
        repair = f"Give 1 to {most} plain characters."
        raise UsageError(f"That {what} can't be used.", repair, "error.text", most=most)
    require_storable(trimmed, meaning)
    return trimmed


def _of_field(target: AmendTarget, value: Value, protocol: Protocol | None) -> Value:
    field_id = target.name.removeprefix(FACT)
    if protocol is None and target.recorded is not None:
        return _like(target.recorded, value)
    field = protocol.fields.get(field_id) if protocol else None
    if protocol is None or field is None:
        raise UsageError(f"The record has no field “{field_id}”.", "`kiosk log show` names them; or use --add.")
    checked = typed(field, value) if isinstance(value, str) else value
    if not value_fits(protocol, field_id, checked):
        whys = ", ".join(field.missing) or "nothing"
        raise UsageError(f"“{field_id}” can't be marked like that.", f"--not-recorded can be: {whys}; or use --value.")
    return checked


def _like(recorded: Value, value: Value) -> Value:
    """Return the value, as a number if a number was recorded. Without the protocol, no more can be checked."""
    return counted(value) if isinstance(recorded, int) and isinstance(value, str) else value


def _index(what: str, number: int, items: Sequence[object], no: str) -> int:
    """Return the index of the item with this number, from 1. Raises UsageError. no: the record's number."""
    if not 1 <= number <= len(items):
        has = f"It has {len(items)}" if items else "It has none"
        raise UsageError(f"{no} has no {what} {number}.", f"{has}; `kiosk log show {no}` numbers them.")
    return number - 1
