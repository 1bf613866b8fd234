"""The logs of many desks in the district's database, read as one: what a home's lists ask for, in one query each.

Records are ordered by the time of their opening. A record belongs to the desk that sent its opening first. What the
role may not read is missing, as in a copy of its level.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from db.district import searching
from db.district.connection import Address, Store, connected
from db.district.reading import DistrictLog, LogPlace, places
from db.rows import Row
from kiosk.errors import StoreUnusable, UsageError
from kiosk.log.archive import LogHistory
from kiosk.log.log import LogOnDisk, encoded, kiosk_errors
from kiosk.record.entries import EncodedEntry
from kiosk.record.entry_kinds import EntryKind


@dataclass(frozen=True, slots=True)
class Chosen:
    """Where the records are, and which: those of these schools and desks; of all for none."""

    server: Address
    schools: tuple[str, ...] = ()
    desks: tuple[str, ...] = ()


class DistrictHistory(LogHistory):
    """All logs that the role may read. Each method raises StoreUnusable."""

    def __init__(self, store: Store, found: Sequence[LogPlace], undo: ExitStack) -> None:
        """undo: closes the connection."""
        told = [
            f"The district takes no more of the log of {one.school}, {one.desk}: `kiosk district verify` says why."
            for one in found
            if one.state == "quarantined"
        ]
        super().__init__([LogOnDisk(DistrictLog(store, one)) for one in found], told)
        self._district, self._places, self._undo = store, tuple(found), undo
        self._ids = [one.log_id for one in found]

    def rows_of(self, ids: Sequence[str]) -> Mapping[str, Sequence[Row]]:
        """Return all entries of each of these records, oldest first, of the desk that opened it."""
        with kiosk_errors():
            return searching.rows_of(self._district, self._ids, ids)

    def entries(self, encounter_id: str | None = None) -> Iterator[EncodedEntry]:
        """Yield the entries of a record in order; of all logs, one log after the other."""
        if encounter_id is None:
            yield from super().entries()
            return
        yield from map(encoded, self.rows_of([encounter_id])[encounter_id])

    def values_of(self, kind: EntryKind, name: str) -> Iterator[tuple[str, bytes | None]]:
        """Yield (record id, value with this name or None) of all entries of this kind, newest first."""
        with kiosk_errors():
            yield from searching.values_of(self._district, self._ids, kind, name)

    def numbered(self, no: str) -> Iterator[str]:
        """Yield the id of the record with this number. Raises UsageError when several desks have one."""
        with kiosk_errors():
            found = searching.numbered(self._district, self._ids, no)
        if len(found) > 1:
            desks = "; ".join(f"{school}, {desk}" for _, school, desk in found[:5])
            raise UsageError(f"Several desks have a record {no}: {desks}.", "Name one with --school and --desk.")
        yield from (encounter_id for encounter_id, _, _ in found)

    def unlisted_numbers(self) -> Iterator[tuple[str, bytes | None]]:
        """Yield nothing: the database lists each number as it takes it."""
        yield from ()

    def newest_ids(self, words: Sequence[str], between_us: tuple[int, int], before: str | None) -> Iterator[str]:
        """Yield the ids of the records opened between these times, newest first; the caller looks for the words."""
        del words
        with kiosk_errors():
            yield from searching.opened(self._district, self._ids, between_us, before)

    def encounter_ids(self, kind: EntryKind) -> Sequence[str]:
        """Return the ids of records with an entry of this kind, by the time of the first one, oldest first."""
        with kiosk_errors():
            return searching.with_kind(self._district, self._ids, kind)

    def lacking(self, kind: EntryKind, other: EntryKind, before: str | None = None) -> Iterator[str]:
        """Yield the ids of records with an entry of `kind` and none of `other`, newest first. As in a home."""
        with kiosk_errors():
            found = searching.with_kind(self._district, self._ids, kind)
            gone = set(searching.with_kind(self._district, self._ids, other))
        newest = [one for one in reversed(found) if one not in gone]
        if before is not None:
            newest = newest[newest.index(before) + 1 :] if before in newest else []
        yield from newest

    def of_records(self, ids: Sequence[str], kinds: Collection[EntryKind]) -> dict[str, list[EncodedEntry]]:
        """Return the entries of these kinds of each of these records, in order."""
        with kiosk_errors():
            found = searching.rows_of(self._district, self._ids, ids, kinds)
        return {encounter_id: [*map(encoded, rows)] for encounter_id, rows in found.items()}

    def of_kind(self, kind: EntryKind) -> Iterator[EncodedEntry]:
        """Yield all entries of this kind, one log after the other; of the content of a protocol, one for each."""
        with kiosk_errors():
            one_for_each = kind is EntryKind.PACK_KEPT
            yield from map(encoded, searching.of_kind(self._district, self._ids, kind, one_for_each=one_for_each))

    def count(self, kind: EntryKind) -> int:
        """Return the number of entries of this kind in all logs."""
        with kiosk_errors():
            return searching.count(self._district, self._ids, kind)

    def names_of(self, ids: Sequence[str]) -> Mapping[str, tuple[str, str]]:
        """Return the school and the desk of each of these records."""
        with kiosk_errors():
            found = searching.owners_of(self._district, self._ids, ids)
        return {encounter_id: (one.school, one.desk) for encounter_id, one in found.items()}

    def desk_of(self, encounter_id: str) -> LogHistory:
        """Return the logs of the desk that opened this record; they are closed with this one."""
        with kiosk_errors():
            own = searching.owners_of(self._district, self._ids, [encounter_id])[encounter_id]
        logs = [one for one in self._places if one.desk_id == own.desk_id]
        return DistrictHistory(self._district, logs, ExitStack())

    def close(self) -> None:
        """End the connection."""
        self._undo.close()


def open_district(chosen: Chosen) -> DistrictHistory:
    """Open the logs that the role may read. Raises StoreUnusable, and UsageError for an unknown school or desk."""
    with ExitStack() as undo, kiosk_errors():
        store = undo.enter_context(connected(chosen.server))
        found = places(store)
        _require_known("school", chosen.schools, {one.school for one in found})
        _require_known("desk", chosen.desks, {one.desk for one in found})
        wanted = [
            one
            for one in found
            if (not chosen.schools or one.school in chosen.schools) and (not chosen.desks or one.desk in chosen.desks)
        ]
        if not wanted:
            raise StoreUnusable("There is no log of the district that you may read.", "Ask the district's IT office.")
        return DistrictHistory(store, wanted, undo.pop_all())


def _require_known(what: str, asked: Sequence[str], known: Collection[str]) -> None:
    for one in asked:
        if one not in known:
            raise UsageError(f"You may read no {what} “{one}”.", f"You may read: {', '.join(sorted(known)) or 'none'}.")
