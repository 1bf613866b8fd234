"""The rules for entries of commands, applied by the program that writes them: the command itself, or the kiosk."""

from __future__ import annotations

from collections.abc import Container, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Final

from kiosk.errors import Refused
from kiosk.log.acts.presence import require_presences
from kiosk.log.acts.requests import require_requests
from kiosk.log.archive import LogHistory, open_history
from kiosk.log.intake.people import require_people
from kiosk.log.intake.record_state import require_current, require_unmoved
from kiosk.log.retention_state import holds
from kiosk.privacy.guard import UnclearText, require_storable
from kiosk.privacy.meanings import Meaning
from kiosk.record import bodies
from kiosk.record.after_action.assessment import require_assessment
from kiosk.record.contacts.entries import require_contact_entries
from kiosk.record.disclosure.typed_text import typed_in
from kiosk.record.endings import Ending
from kiosk.record.entries import Entry, decoded_or_none
from kiosk.record.entry_kinds import BY_COMMAND, OF_RECORD, EntryKind
from kiosk.record.presence.entries import KINDS as OF_PRESENCE
from kiosk.record.requests.entries import KINDS as OF_REQUESTS
from kiosk.record.retention.schedule import COOLING_OFF
from kiosk.settings import Home, Mode
from kiosk.system.clock import SystemClock

_OF_CLOSED: Final = frozenset(
    {
        EntryKind.AMENDMENT_ADDED,
        EntryKind.CALL_MADE,
        EntryKind.RECORD_COMPLETED,
        EntryKind.DISCLOSURE_REVIEWED,
        EntryKind.DUTY_ASSIGNED,
        EntryKind.DUTY_DONE,
        EntryKind.DUTY_EXCEPTED,
        EntryKind.DUTIES_SETTLED,
        EntryKind.RECORD_ASSESSED,
    }
)
"""What is added to a closed record; an open one is changed at the desk."""

_CLOSING: Final = frozenset({EntryKind.RECORD_INCOMPLETE, EntryKind.ENCOUNTER_CLOSED})
"""What closes an unfinished record. It is of the desk, but an administrator may close what the desk left."""

_EARLY: Final = (Ending.UNFINISHED, Ending.VOID)

_COOLING_OFF: Final = frozenset({EntryKind.RETENTION_SET, EntryKind.RECORDS_KEY_FIXED, EntryKind.RECORDS_KEY_REPLACED})
"""What counts only some time after its entry, so that others can see it first."""

_OF_ACTS: Final = OF_REQUESTS | OF_PRESENCE
"""What must fit the state of a records request, or of a report of presence."""

_NAMES: Final = frozenset({"name", "by", "second", "names", "for", "path", "to", "requester", "confirmed_by"})
"""Values that can only be a name: of a person, an office, a file, a folder or a value."""


def require_enterable(home: Home, mode: Mode, entries: Sequence[Entry], newest: str = "") -> None:
    """Check that a command may write these entries now. newest: as in `EntryRequest`.

    Raises Refused, PrivateText for text that must not be stored, and StoreUnusable.
    """
    require_people(home, mode, entries)
    require_contact_entries(entries, SystemClock().now().local().date())
    for entry in entries:
        _require_kind(entry)
        _require_cooling_off(entry)
        if entry.encounter_id is None:
            _require_storable(entry)
    if any(entry.encounter_id is not None or entry.kind in _OF_ACTS for entry in entries):
        with closing(open_history(home, mode)) as log:
            require_requests(log, entries)
            require_presences(log, entries)
            _require_whole_closings(entries)
            for encounter_id in dict.fromkeys(entry.encounter_id for entry in entries):
                if encounter_id is not None:
                    of_record = [one for one in entries if one.encounter_id == encounter_id]
                    _require_record(log, encounter_id, of_record, newest)
    if any(entry.kind is EntryKind.HOLD_RELEASED for entry in entries):
        _require_held(home, mode, entries)


def _require_kind(entry: Entry) -> None:
    named = entry.encounter_id is not None
    if entry.kind not in (OF_RECORD | _CLOSING if named else BY_COMMAND):
        raise Refused("A command does not write entries of this kind.", "Do it at the desk.")


def _require_cooling_off(entry: Entry) -> None:
    """Refuse a retention period or a records officer's key that would apply before its cooling-off is over."""
    if entry.kind in _COOLING_OFF:
        today, said = SystemClock().now().local().date(), str(entry.body.get("applies_from", ""))
        if said < (today + COOLING_OFF - timedelta(days=1)).isoformat():  # the day may have changed since
            what = "A new retention period, or a new key of the records officer, applies after thirty days."
            raise Refused(what, "Use `kiosk log retention set` or `kiosk setup`.")


def _require_storable(entry: Entry, recorded: Container[str] = ()) -> None:
    """Check the typed text of an entry. recorded: text of the record, which an original value may repeat."""
    body = dict(entry.body)
    if entry.kind is EntryKind.BACKUP_MADE:  # the kiosk named the folder itself, by the log's ID and the time
        body["to"] = str(Path(str(body.get("to", ""))).parent)
    meant = bodies.meant_in(body)
    for name, value in body.items():
        for about, typed in typed_in(entry.kind, {name: value}):
            if not (name.startswith(bodies.WAS) and typed in recorded):
                _require_meant(typed, Meaning.NAME if about in _NAMES else None, meant.get(typed))


def _require_meant(words: str, known: Meaning | None, said: Meaning | None) -> None:
    """Raise PrivateText unless a text can be stored. known: the meaning of each such text; said: that in its entry."""
    try:
        require_storable(words, known)
    except UnclearText:
        require_storable(words, said)


def _require_record(log: LogHistory, encounter_id: str, entries: Sequence[Entry], newest: str) -> None:
    kept = [one for one in map(decoded_or_none, log.entries(encounter_id)) if one is not None]
    kinds, texts = {one.kind for one in kept}, {text for one in kept for _, text in typed_in(one.kind, one.body)}
    if EntryKind.ENCOUNTER_OPENED not in kinds:
        raise Refused("The log has no such record.", "`kiosk log list` shows the records.")
    for entry in entries:
        _require_of_record(entry, kinds, texts)
    if newest:
        require_unmoved(kept, newest)
    require_current(kept, entries)


def _require_of_record(entry: Entry, kinds: Container[str], recorded: Container[str]) -> None:
    """Check one entry about a record. kinds, recorded: the kinds of its entries, and their typed texts."""
    if entry.kind in _OF_CLOSED and EntryKind.ENCOUNTER_CLOSED not in kinds:
        raise Refused("The record is not closed yet.", "Open the kiosk, and continue it.")
    if entry.kind in _CLOSING and EntryKind.ENCOUNTER_CLOSED in kinds:
        raise Refused("The record is closed already.", "`kiosk log show` shows by whom.", "error.record.closed")
    if entry.kind is EntryKind.RECORD_ASSESSED:
        require_assessment(entry.body)
    _require_storable(entry, recorded)


def _require_whole_closings(entries: Sequence[Entry]) -> None:
    """Check that only the desk closes a record at its outcome, and that no record is incomplete before it is closed."""
    closings = [entry for entry in entries if entry.kind is EntryKind.ENCOUNTER_CLOSED]
    if any(entry.body.get("ending") not in _EARLY for entry in closings):
        raise Refused("Only the desk closes a record at its outcome.", "Do it at the desk.")
    closed = {entry.encounter_id for entry in closings}
    if any(one.kind is EntryKind.RECORD_INCOMPLETE and one.encounter_id not in closed for one in entries):
        raise Refused("A record is incomplete only when it is closed.", "Use `kiosk log amend NO --close`.")


def _require_held(home: Home, mode: Mode, entries: Sequence[Entry]) -> None:
    held = {(hold.event_id, hold.encounter_id) for hold in holds(home, mode)}
    released = [(e.body.get("hold"), e.encounter_id) for e in entries if e.kind is EntryKind.HOLD_RELEASED]
    if not held.issuperset(released):
        raise Refused("That hold is not in force any more.", "`kiosk log hold list` shows the holds.")
