"""Find records for lists, searches and record numbers, in all logs of a home."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Final

from kiosk.errors import UsageError
from kiosk.log.log import LogOnDisk
from kiosk.record.disclosure.review import FLAG
from kiosk.record.encounter_record import EncounterRecord, fold
from kiosk.record.entries import LoggedEntry, value_in
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.search_text import matches, search_words
from kiosk.record.verification.decoding import decoded
from kiosk.settings import Mode
from kiosk.system.date_range import ALL_DAYS, DateRange

_BATCH: Final = 32
"""Number of encounters read at once; more take more memory, fewer take more time."""


def oldest_first(log: LogOnDisk, ids: Iterable[str] | None = None) -> Iterator[EncounterRecord]:
    """Return all records in the order of their opening; or the records of these encounters, in this order."""
    return map(fold, entries_of(log, log.encounter_ids(EntryKind.ENCOUNTER_OPENED) if ids is None else ids))


def newest_first(
    log: LogOnDisk, words: str = "", days: DateRange = ALL_DAYS, before: str | None = None
) -> Iterator[EncounterRecord]:
    """Return the records opened in these days that contain all these words, newest first.

    before: a record number; only older records. Raises UsageError when there is none with this number.
    """
    before_id = None if before is None else find_record(log, before).id
    return _matching(log, search_words(words), days, before_id)


def _matching(log: LogOnDisk, words: Sequence[str], days: DateRange, before: str | None) -> Iterator[EncounterRecord]:
    if not all(map(_is_text, words)):
        return
    protocols = cache(log.protocols)  # a search asks only once for one that is not in the log
    for entries in entries_of(log, log.newest_ids(words, days.around_us, before)):
        record = fold(entries)
        if days.holds(record.opened_at) and matches(record, entries, words, protocols):
            yield record


def find_record(log: LogOnDisk, no: str, mode: Mode = "practice") -> EncounterRecord:
    """Return the record with this number. Raises UsageError when there is none. mode: only for the error's advice."""
    wanted = no.strip().upper()
    for ids in (_ids_by_index, _ids_by_value):  # an index row may be missing or out of date; entries are not
        for record in oldest_first(log, ids(log, wanted)):
            if record.no == wanted:
                return record
    repair = "Add --practice for a number that begins with P-." if wanted.startswith("P-") and mode == "live" else ""
    raise UsageError(f"There is no record {no} in this log.", repair or "Run `kiosk log list` to see the numbers.")


def find_records(log: LogOnDisk, numbers: Iterable[str], mode: Mode) -> list[EncounterRecord]:
    """Return the records with these numbers, each once, in this order. Raises UsageError for an unknown number."""
    found = (find_record(log, no, mode) for no in numbers)
    return list({record.id: record for record in found}.values())


def entries_of(log: LogOnDisk, ids: Iterable[str]) -> Iterator[list[LoggedEntry]]:
    """Yield the entries of each of these encounters, from all logs. Raises StoreUnusable, Altered."""
    wanted = iter(ids)
    while batch := list(islice(wanted, _BATCH)):
        found = log.rows_of(batch)
        for encounter_id in batch:
            yield decoded(found[encounter_id])


def flagged_ids(log: LogOnDisk) -> list[str]:
    """Return the records that staff flagged at a closing review, oldest first, without reading any entry whole.

    An altered answer counts as a flag; decoding its entry reports it.
    """
    rows = log.values_of(EntryKind.ENCOUNTER_REVIEWED, FLAG)
    return [*dict.fromkeys(encounter_id for encounter_id, disclosure in rows if _may_be(disclosure, True))]


def _ids_by_index(log: LogOnDisk, no: str) -> Iterator[str]:
    """Yield the encounters whose index row has this record number."""
    if _is_text(no):
        yield from log.numbered(no)


def _ids_by_value(log: LogOnDisk, no: str) -> Iterator[str]:
    """Yield the encounters whose first entry may have this record number; reads the first entries of all encounters."""
    for encounter_id, disclosure in log.unlisted_numbers():
        if _may_be(disclosure, no):
            yield encounter_id


def _may_be(disclosure: bytes | None, value: object) -> bool:
    try:
        return disclosure is None or value_in(disclosure) == value
    except ValueError:  # altered; decoding the entry reports it
        return True


def _is_text(word: str) -> bool:
    """Check that a log can contain this word; invalid bytes of a command line are in no log."""
    try:
        word.encode()
    except UnicodeEncodeError:
        return False
    return True
