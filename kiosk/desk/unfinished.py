"""Unfinished records: those that can be continued, and the problems of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, Protocol

from kiosk.desk.running import Running, rebuild
from kiosk.desk.station import Pack
from kiosk.errors import CannotResume, KioskError, Refused
from kiosk.protocol.model import Protocol as TheProtocol
from kiosk.record.duties.open_tasks import OpenTasks, incomplete
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.entries import Altered, EncodedEntry, Entry, LoggedEntry, decode, decoded_or_none
from kiosk.record.entry_kinds import EntryKind

_REPAIR: Final = "Finish it on paper and call the Superintendent's Office. You can start a new record."
MOST_TO_DO: Final = 50
"""Number of records that the home screen reads for their open tasks: each takes about a millisecond of its start."""

_BEGINNING: Final = frozenset({"no", "settings", "people"})
"""Details that a record's first entry must still hold for the record to be continued."""


_AT_WORK: Final = frozenset({EntryKind.ENCOUNTER_OPENED, EntryKind.ENCOUNTER_RESUMED})
"""What takes a record up at the desk, until it is paused or closed."""

_MOVES: Final = _AT_WORK | {EntryKind.ENCOUNTER_PAUSED, EntryKind.ENCOUNTER_CLOSED}


class Log(Protocol):
    """A log that returns entries by record."""

    def entries(self, encounter_id: str | None = None) -> Iterable[EncodedEntry]:
        """Return entries in order, of one record or of all."""

    def lacking(self, kind: EntryKind, other: EntryKind) -> Iterable[str]:
        """Return the ids of records with an entry of `kind` and none of `other`, newest first."""

    def newest(self, kind: EntryKind | None = None) -> Iterable[EncodedEntry]:
        """Return entries, or those of one kind, newest first."""


@dataclass(frozen=True, slots=True)
class UnfinishedRecords:
    """The unfinished records of a log.

    records: those that can be continued, newest first.
    trouble: the first problem to show; None when there is none.
    """

    records: tuple[Running, ...] = ()
    trouble: KioskError | None = None


@dataclass(frozen=True, slots=True)
class ToDo:
    """A closed record with open tasks. protocol: the version it used, None when that is no longer here."""

    record: EncounterRecord
    tasks: OpenTasks
    protocol: TheProtocol | None


@dataclass(frozen=True, slots=True)
class Overview:
    """The desk's open work, for the home screen.

    unfinished: records that can be continued, newest first.
    to_do:      closed records with open tasks, newest first, of the newest MOST_TO_DO.
    older:      whether older records may have open tasks too.
    """

    unfinished: tuple[Running, ...] = ()
    to_do: tuple[ToDo, ...] = ()
    older: bool = False


def unfinished_records(log: Log, pack_of: Callable[[str], Pack | None]) -> UnfinishedRecords:
    """Return the records that can be continued, and the first problem of one that can't.

    pack_of: returns the protocol with that content hash, or None. Raises StoreUnusable.
    """
    records: list[Running] = []
    trouble: KioskError | None = None
    for encounter_id in log.lacking(EntryKind.ENCOUNTER_OPENED, EntryKind.ENCOUNTER_CLOSED):
        try:
            records.append(continued([decode(entry) for entry in log.entries(encounter_id)], pack_of))
        except (Altered, CannotResume) as found:
            trouble = trouble or found
    return UnfinishedRecords(tuple(records), trouble)


def overview_of(log: Log, unfinished: tuple[Running, ...], pack_of: Callable[[str], Pack | None]) -> Overview:
    """Return these unfinished records with the open tasks of the newest MOST_TO_DO records that have some."""
    ids = list(islice(log.lacking(EntryKind.RECORD_INCOMPLETE, EntryKind.RECORD_COMPLETED), MOST_TO_DO + 1))
    found = incomplete(ids[:MOST_TO_DO], lambda one: map(decode, log.entries(one)))
    packs = {record.id: pack_of(record.protocol.content_hash) for record, _ in found}
    to_do = (ToDo(record, tasks, pack.protocol if (pack := packs[record.id]) else None) for record, tasks in found)
    return Overview(unfinished, tuple(to_do), older=len(ids) > MOST_TO_DO)


def continued(kept: Sequence[LoggedEntry], pack_of: Callable[[str], Pack | None]) -> Running:
    """Return the record that these entries describe, oldest first, ready to be continued.

    Raises CannotResume when it can't be continued.
    """
    opened = kept[0]
    if not opened.body.keys() >= _BEGINNING:
        raise CannotResume(
            f"The first details of the record of {opened.at.local():%Y-%m-%d %H:%M} are no longer in the log.",
            _REPAIR,
            "error.resume.details",
        )
    pack = pack_of(opened.pack or "")
    if pack is None:
        no = opened.body["no"]
        what = f"Record {no} was opened with a protocol that is no longer on this computer."
        raise CannotResume(what, _REPAIR, "error.resume.protocol", no=no)
    return rebuild(kept, pack)


def require_left(log: Log, entries: Iterable[Entry]) -> None:
    """Check that the desk left each record that these entries close. Raises Refused.

    It has a record from its opening, or from when it continued it in this session, until it pauses or closes it.
    """
    for entry in entries:
        if entry.kind is EntryKind.ENCOUNTER_CLOSED:
            session = next(filter(None, map(decoded_or_none, log.newest(EntryKind.SESSION_STARTED))), None)
            began = -1 if session is None else session.seq
            of_record = [one for one in map(decode, log.entries(entry.encounter_id)) if one.seq > began]
            _require_no_work([one.kind for one in of_record if one.kind in _MOVES])


def _require_no_work(moves: Sequence[str]) -> None:
    if moves and moves[-1] == EntryKind.ENCOUNTER_CLOSED:
        raise Refused("The desk closed this record just now.", "`kiosk log show` shows how.", "error.record.closed")
    if moves and moves[-1] in _AT_WORK:
        what = "The kiosk is open, and the desk is working on this record."
        repair = "Close the record at the desk, or wait until the desk has left it."
        raise Refused(what, repair, "error.record.at-desk")
