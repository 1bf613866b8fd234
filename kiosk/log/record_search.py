"""The records that a list, a search or a number asks for: in which log, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import groupby, islice
from typing import Final

from kiosk.errors import UsageError
from kiosk.log.log import LogOnDisk, kiosk_errors
from kiosk.record.encounter_record import EncounterRecord, asked, fold, matches
from kiosk.record.entries import LoggedEntry, decode, value_in
from kiosk.record.entry_kinds import EntryKind
from kiosk.settings import Mode
from kiosk.system.date_range import ALL_DAYS, DateRange

_TOGETHER: Final = 32  # encounters that are read at once: more costs memory, fewer costs time
_AFTER_ALL: Final = 2**63 - 1

Place = tuple[int, str]
"""The number of an encounter's first entry in its log, and the encounter."""


def oldest_first(log: LogOnDisk, ids: Iterable[str] | None = None) -> Iterator[EncounterRecord]:
    """All records, or those named, in the order in which they were opened, or named."""
    return map(fold, entries_of(log, log.encounter_ids(EntryKind.ENCOUNTER_OPENED) if ids is None else ids))


def newest_first(
    log: LogOnDisk, words: str = "", days: DateRange = ALL_DAYS, before: str | None = None
) -> Iterator[EncounterRecord]:
    """The records opened in these days that have all these words, the newest first.

    before: only those that are older than the record with this number. Raises UsageError when there is none.
    """
    than = None if before is None else find_record(log, before).id
    records = oldest_first(log, newest_places(log, words, days, than))
    return (record for record in records if days.holds(record.opened_at) and matches(record, words))


def find_record(log: LogOnDisk, no: str, mode: Mode = "practice") -> EncounterRecord:
    """The record with that number in the log of the mode. Raises UsageError when there is none."""
    wanted = no.strip().upper()
    for looked_up in (by_line, by_value):  # a line may be missing or behind; the entries say how it is
        for record in oldest_first(log, looked_up(log, wanted)):
            if record.no == wanted:
                return record
    repair = "Add --practice for a number that begins with P-." if wanted.startswith("P-") and mode == "live" else ""
    raise UsageError(f"There is no record {no} in this log.", repair or "Run `kiosk log list` to see the numbers.")


def find_records(log: LogOnDisk, numbers: Iterable[str], mode: Mode) -> list[EncounterRecord]:
    """Return the records with these numbers, each once, in this order. Raises UsageError for an unknown number."""
    found = (find_record(log, no, mode) for no in numbers)
    return list({record.id: record for record in found}.values())


def entries_of(log: LogOnDisk, ids: Iterable[str]) -> Iterator[list[LoggedEntry]]:
    """The entries of these encounters, one after the other, out of all logs. Raises StoreUnusable, Altered."""
    wanted = iter(ids)
    while some := list(islice(wanted, _TOGETHER)):
        with kiosk_errors():
            found = [one.lists.of_encounters(some) for one in log.logs]
        for encounter_id in some:
            rows = (row for one in found for row in one[encounter_id])
            yield [*map(decode, rows)]


def newest_places(log: LogOnDisk, words: str, days: DateRange, before: str | None) -> Iterator[str]:
    """The encounters to look at for these words and days, the newest first; `before`: only those older than this one.

    None that matches is left out; some may not match.
    """
    logs, begun = log.logs, before is None
    for n in reversed(range(len(logs))):
        first = _AFTER_ALL if begun else _opening(logs[n], before)
        if first is not None:
            begun = True
            yield from (encounter_id for _, encounter_id in _places(logs[n], logs[n + 1 :], words, days, first))


def by_line(log: LogOnDisk, no: str) -> Iterator[str]:
    """The encounters whose line has this number."""
    with kiosk_errors():
        yield from (
            who
            for one in reversed(log.logs)
            if _is_text(no)
            for who in one.lists.numbered(EntryKind.ENCOUNTER_OPENED, no)
        )


def by_value(log: LogOnDisk, no: str) -> Iterator[str]:
    """The encounters whose first entry may have this number: all of them are looked through."""
    with kiosk_errors():
        for one in reversed(log.logs):
            yield from (
                who for _, who, kept in one.lists.values(EntryKind.ENCOUNTER_OPENED, "no") if _may_say(kept, no)
            )


def _may_say(kept: bytes | None, no: str) -> bool:
    try:
        return kept is None or value_in(kept) == no
    except ValueError:  # altered: reading the encounter says so
        return True


def _is_text(words: str) -> bool:
    """Whether a log can have these words: bytes of a command line that are no text are in none."""
    try:
        return bool(words.encode()) or not words
    except UnicodeEncodeError:
        return False


def _opening(log: LogOnDisk, encounter_id: str | None) -> int | None:
    with kiosk_errors():
        return next((seq for seq, _ in log.lists.openings(EntryKind.ENCOUNTER_OPENED, [encounter_id or ""])), None)


def _places(log: LogOnDisk, later: Sequence[LogOnDisk], words: str, days: DateRange, before: int) -> Iterator[Place]:
    since, until = days.around_us
    if not _is_text(words):
        return
    with kiosk_errors():
        if not asked(words):
            yield from log.lists.opened(EntryKind.ENCOUNTER_OPENED, before, since, until)
            return
        added_to = {who for one in later for who in one.lists.opened_elsewhere()}
        unindexed = [place for place in log.lists.unindexed(EntryKind.ENCOUNTER_OPENED, added_to) if place[0] < before]
        hits = log.lists.hits(EntryKind.ENCOUNTER_OPENED, asked(words), before, since, until)
        for place, _ in groupby(merge(hits, unindexed, reverse=True)):
            yield place
