"""Encounters out of a log, for the commands that list, show and export them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from kiosk.commands.common.dates import ALL_DAYS, Days
from kiosk.commands.common.output import say
from kiosk.commands.common.record_search import by_line, by_value, entries_of, newest_places
from kiosk.errors import UsageError
from kiosk.log.archive import LogHistory, open_chain
from kiosk.log.log import LogOnDisk
from kiosk.record import kinds as h
from kiosk.record.history import EncounterRecord, fold, matches
from kiosk.settings import Home, Mode


def mode_of(*, practice: bool) -> Mode:
    """Which log is meant."""
    return "practice" if practice else "live"


@contextmanager
def reading(home: Home, *, practice: bool) -> Iterator[LogHistory]:
    """The log with all earlier ones, opened for reading; it works beside a running kiosk. Raises StoreUnusable.

    An earlier log that can't be read is told, and left out.
    """
    log = open_chain(home, mode_of(practice=practice))
    for words in log.left_out:
        say(words)
    try:
        yield log
    finally:
        log.close()


def oldest_first(log: LogOnDisk, ids: Iterable[str] | None = None) -> Iterator[EncounterRecord]:
    """All encounters, or those named, in the order in which they were opened, or named."""
    return map(fold, entries_of(log, log.encounter_ids(h.OPENED) if ids is None else ids))


def newest_first(
    log: LogOnDisk, words: str = "", days: Days = ALL_DAYS, before: str | None = None
) -> Iterator[EncounterRecord]:
    """The encounters opened in these days that have all these words, the newest first.

    before: only those that are older than the encounter with this number. Raises UsageError when there is none.
    """
    than = None if before is None else find_record(log, before).id
    records = oldest_first(log, newest_places(log, words, days, than))
    return (record for record in records if days.hold(record.opened_at) and matches(record, words))


def find_record(log: LogOnDisk, no: str, *, practice: bool = True) -> EncounterRecord:
    """The encounter with that number. Raises UsageError when there is none."""
    wanted = no.strip().upper()
    for looked_up in (by_line, by_value):  # a line may be missing or behind; the entries say how it is
        for record in oldest_first(log, looked_up(log, wanted)):
            if record.no == wanted:
                return record
    repair = "Add --practice for a number that begins with P-." if wanted.startswith("P-") and not practice else ""
    raise UsageError(f"There is no encounter {no} in this log.", repair or "Run `kiosk log list` to see their numbers.")
