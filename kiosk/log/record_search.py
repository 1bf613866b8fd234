"""Find records for lists, searches and record numbers, in all logs of a home."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from heapq import merge
from itertools import groupby, islice
from typing import Final

from kiosk.errors import UsageError
from kiosk.log.log import LogOnDisk, kiosk_errors
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

_AFTER_ALL: Final = 2**63 - 1

Place = tuple[int, str]
"""(number of an encounter's first entry in its log, encounter id)."""


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
    protocols = cache(log.protocols)  # a search asks only once for one that is not in the log
    for entries in entries_of(log, _newest_ids(log, words, days, before)):
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
        with kiosk_errors():
            found = [one.lists.of_encounters(batch) for one in log.logs]
        for encounter_id in batch:
            yield decoded([row for one in found for row in one[encounter_id]])


def flagged_ids(log: LogOnDisk) -> list[str]:
    """Return the records that staff flagged at a closing review, oldest first, without reading any entry whole.

    An altered answer counts as a flag; decoding its entry reports it.
    """
    with kiosk_errors():
        rows = (row for one in log.logs for row in one.lists.values(EntryKind.ENCOUNTER_REVIEWED, FLAG))
        return [*dict.fromkeys(encounter_id for _, encounter_id, disclosure in rows if _may_be(disclosure, True))]


def _newest_ids(log: LogOnDisk, words: Sequence[str], days: DateRange, before: str | None) -> Iterator[str]:
    """Yield the encounters that may match these words and days, newest first; the caller must check each.

    before: an encounter id; only older encounters.
    """
    logs, started = log.logs, before is None
    for n in reversed(range(len(logs))):
        first = _AFTER_ALL if started else _opening(logs[n], before)
        if first is not None:
            started = True
            yield from (encounter_id for _, encounter_id in _places(logs[n], logs[n + 1 :], words, days, first))


def _ids_by_index(log: LogOnDisk, no: str) -> Iterator[str]:
    """Yield the encounters whose index row has this record number."""
    with kiosk_errors():
        for one in reversed(log.logs) if _is_text(no) else ():
            yield from one.lists.numbered(EntryKind.ENCOUNTER_OPENED, no)


def _ids_by_value(log: LogOnDisk, no: str) -> Iterator[str]:
    """Yield the encounters whose first entry may have this record number; reads the first entries of all encounters."""
    with kiosk_errors():
        for one in reversed(log.logs):
            for _, encounter_id, disclosure in one.lists.values(EntryKind.ENCOUNTER_OPENED, "no"):
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


def _opening(log: LogOnDisk, encounter_id: str | None) -> int | None:
    with kiosk_errors():
        return next((seq for seq, _ in log.lists.openings(EntryKind.ENCOUNTER_OPENED, [encounter_id or ""])), None)


def _places(
    log: LogOnDisk, later: Sequence[LogOnDisk], words: Sequence[str], days: DateRange, before: int
) -> Iterator[Place]:
    since, until = days.around_us
    if not all(map(_is_text, words)):
        return
    with kiosk_errors():
        if not words:
            yield from log.lists.opened(EntryKind.ENCOUNTER_OPENED, before, since, until)
            return
        added_to = {found for one in later for found in one.lists.opened_elsewhere()}
        unindexed = [place for place in log.lists.unindexed(EntryKind.ENCOUNTER_OPENED, added_to) if place[0] < before]
        hits = log.lists.hits(EntryKind.ENCOUNTER_OPENED, words, before, since, until)
        for place, _ in groupby(merge(hits, unindexed, reverse=True)):
            yield place
