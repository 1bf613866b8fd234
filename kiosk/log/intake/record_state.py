"""Whether the entries of an act fit a record as it is now, which somebody else may have changed since the preview."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kiosk.errors import Refused
from kiosk.record import bodies
from kiosk.record.amendments import ADDITION, amended_json, amendment_in, name_in
from kiosk.record.duties.open_tasks import after, tasks_of
from kiosk.record.duty import DUTY, RecordDuty, duties_in
from kiosk.record.encounter_record import fold
from kiosk.record.entries import SESSION, Entry, LoggedEntry
from kiosk.record.entry_kinds import EntryKind

_SETTLING = frozenset({EntryKind.DUTY_DONE, EntryKind.DUTY_EXCEPTED})
_OF_DUTIES = _SETTLING | {EntryKind.DUTY_ASSIGNED, EntryKind.DUTIES_SETTLED}
_OF_TASKS = frozenset({EntryKind.AMENDMENT_ADDED, EntryKind.CALL_MADE, EntryKind.RECORD_COMPLETED})


def newest_of_desk(kept: Sequence[LoggedEntry]) -> str:
    """Return the id of the newest entry of the desk in a record; empty if there is none."""
    return next((one.event_id for one in reversed(kept) if one.actor in SESSION), "")


def require_unmoved(kept: Sequence[LoggedEntry], newest: str) -> None:
    """Raise Refused if the desk added to a record since `newest_of_desk` was this."""
    if newest_of_desk(kept) != newest:
        raise _changed()


def require_current(kept: Sequence[LoggedEntry], entries: Sequence[Entry]) -> None:
    """Raise Refused unless the entries of one act fit the record. kept: the entries of the record, in order."""
    for entry in entries:
        if entry.kind is EntryKind.AMENDMENT_ADDED:
            _require_newest_value(kept, entry)
    if any(entry.kind in _OF_DUTIES for entry in entries):
        _require_duties(duties_in(kept), entries)
    if any(entry.kind in _OF_TASKS for entry in entries):
        _require_completion(kept, entries)


def _require_newest_value(kept: Iterable[LoggedEntry], entry: Entry) -> None:
    """Refuse an amendment of a value that was amended meanwhile: its original value would not be the newest one."""
    name, target = name_in(entry.body), entry.body.get("target")
    if name == ADDITION or not isinstance(target, dict):
        return
    made = [amendment_in(one) for one in kept if one.kind == EntryKind.AMENDMENT_ADDED]
    values = [one.now for one in made if (one.name, one.target.event_id) == (name, target.get("event_id"))]
    if values and amended_json(values[-1]) != entry.body.get(bodies.WAS + name):
        raise _changed()


def _require_duties(duties: Sequence[RecordDuty], entries: Sequence[Entry]) -> None:
    """Refuse a duty that the record has not, one that is assigned after its end, and a wrong word on the last one."""
    unsettled = {duty.id for duty in duties if duty.settled is None}
    before = bool(unsettled)
    for entry in entries:
        if entry.kind not in _OF_DUTIES or entry.kind is EntryKind.DUTIES_SETTLED:
            continue
        duty = str(entry.body.get(DUTY))
        if duty not in [one.id for one in duties]:
            raise Refused("The record has no such duty.", "`kiosk log show` shows its duties.")
        if entry.kind in _SETTLING:
            unsettled.discard(duty)
        elif duty not in unsettled:
            raise _changed()
    settles = any(entry.kind is EntryKind.DUTIES_SETTLED for entry in entries)
    if settles is not (before and not unsettled):  # such entries are counted
        raise _changed()


def _require_completion(kept: Sequence[LoggedEntry], entries: Sequence[Entry]) -> None:
    """Refuse entries that complete the record without saying so, or that say so and do not."""
    left = before = tasks_of(fold(kept))
    for entry in entries:
        left = after(left, entry)
    completes = any(entry.kind is EntryKind.RECORD_COMPLETED for entry in entries)
    if completes is not (bool(before) and not left):  # such records are found by that entry
        raise _changed()


def _changed() -> Refused:
    what = "Somebody else changed this record meanwhile. Nothing was entered."
    return Refused(what, "Look at the record, then do it again.", "error.record.changed")
