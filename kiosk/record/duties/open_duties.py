"""The open duties of many records, without reading the records: only their few entries about duties."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, Protocol

from kiosk.record.duty import RecordDuty, duties_in
from kiosk.record.entries import Altered, EncodedEntry, LoggedEntry, decode
from kiosk.record.entry_kinds import EntryKind

OF_DUTIES: Final = (
    EntryKind.DUTIES_OWED,
    EntryKind.DUTY_ASSIGNED,
    EntryKind.DUTY_DONE,
    EntryKind.DUTY_EXCEPTED,
)
_BATCH: Final = 64


class Log(Protocol):
    """A log that finds entries by record and kind."""

    def lacking(self, kind: EntryKind, other: EntryKind, before: str | None = None) -> Iterable[str]:
        """Return the ids of records with an entry of `kind` and none of `other`, newest first.

        before: the id of a record; only those whose entry of `kind` is older than its own.
        """

    def of_records(self, ids: Sequence[str], kinds: Collection[EntryKind]) -> Mapping[str, Sequence[EncodedEntry]]:
        """Return the entries of these kinds of each of these records, in order."""


@dataclass(frozen=True, slots=True)
class OpenDuties:
    """A record with open duties. id: of the encounter; outcome: how it ended; pack: its protocol's content hash."""

    id: str
    no: str
    outcome: str
    pack: str
    duties: tuple[RecordDuty, ...]


def open_duties(log: Log, before: str | None = None) -> Iterator[OpenDuties]:
    """Yield the records with open duties, those that were closed last first. before: the id of a record; older ones.

    A record with an altered entry about duties is left out; `kiosk log verify` reports it.
    """
    ids = iter(log.lacking(EntryKind.DUTIES_OWED, EntryKind.DUTIES_SETTLED, before))
    while batch := list(islice(ids, _BATCH)):
        found = log.of_records(batch, OF_DUTIES)
        for encounter_id in batch:
            try:
                kept = [*map(decode, found[encounter_id])]
            except Altered:
                continue
            duties = tuple(duty for duty in duties_in(kept) if duty.settled is None)
            if duties:
                yield _of(kept, encounter_id, duties)


def _of(kept: Sequence[LoggedEntry], encounter_id: str, duties: tuple[RecordDuty, ...]) -> OpenDuties:
    owed = kept[0]
    no, outcome = (str(owed.body.get(name) or "") for name in ("no", "outcome"))
    return OpenDuties(encounter_id, no, outcome, owed.pack or "", duties)
