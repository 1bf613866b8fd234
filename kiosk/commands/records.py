"""Encounters out of a log, for the commands that list, show and export them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from kiosk.commands.talk import say
from kiosk.errors import WrongUse
from kiosk.logchain import LogChain, open_chain
from kiosk.logfile import LogOnDisk
from kiosk.post import Mode
from kiosk.record import happenings as h
from kiosk.record.entries import Kept, unseal
from kiosk.record.history import EncounterRecord, encounters
from kiosk.settings import Home


def mode_of(*, practice: bool) -> Mode:
    """Which log is meant."""
    return "practice" if practice else "live"


@contextmanager
def reading(home: Home, *, practice: bool) -> Iterator[LogChain]:
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


def oldest_first(log: LogOnDisk, ids: Sequence[str] | None = None) -> Iterator[EncounterRecord]:
    """All encounters, or those named, in the order in which they were opened, or named."""
    return encounters(log.encounter_ids(h.OPENED) if ids is None else ids, lambda one: _kept(log, one))


def newest_first(log: LogOnDisk) -> Iterator[EncounterRecord]:
    """All encounters, the newest first."""
    return oldest_first(log, log.encounter_ids(h.OPENED)[::-1])


def find_record(log: LogOnDisk, no: str, *, practice: bool) -> EncounterRecord:
    """The encounter with that number. Raises WrongUse when there is none."""
    wanted = no.strip().upper()
    for record in newest_first(log):
        if record.no == wanted:
            return record
    repair = "Add --practice for a number that begins with P-." if wanted.startswith("P-") and not practice else ""
    raise WrongUse(f"There is no encounter {no} in this log.", repair or "Run `kiosk log list` to see their numbers.")


def _kept(log: LogOnDisk, encounter_id: str) -> Iterable[Kept]:
    return map(unseal, log.entries(encounter_id))
