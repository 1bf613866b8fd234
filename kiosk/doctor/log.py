"""Checks of the log, its newest entry, unfinished records, and the clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from typing import Final, Literal, Protocol

from kiosk.doctor.check import Check, State, Subject, red
from kiosk.doctor.log_key import check_key
from kiosk.doctor.open_tasks import check_duties, check_open_tasks
from kiosk.doctor.outside_copies import check_outside_copies
from kiosk.doctor.previous_logs import check_previous_logs
from kiosk.doctor.retention import check_retention
from kiosk.doctor.reviews import check_reviews
from kiosk.errors import StoreUnusable
from kiosk.log.archive import open_history
from kiosk.log.continuity import Log as SignedLog
from kiosk.log.create import require_first
from kiosk.log.retention_state import last_confirmed_day
from kiosk.log.swap import pending
from kiosk.packs.files import NOTE_FILE
from kiosk.record.entries import EncodedEntry, LoggedEntry, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.verification.succession import unacknowledged
from kiosk.reports.audit_trail import warning
from kiosk.reports.formatting import moment
from kiosk.settings import Home
from kiosk.system.clock import Clock, Instant
from kiosk.worded import many

EARLIEST_YEAR: Final = 2024

BEHIND_US: Final = 2_000_000
"""Maximum time that the clock may be behind the newest entry without a warning, in µs."""


class Log(SignedLog, Protocol):
    """A log open for reading."""

    def size(self) -> int:
        """Return the number of entries."""

    def last(self) -> EncodedEntry | None:
        """Return the newest entry."""

    def encounter_ids(self, kind: EntryKind) -> Sequence[str]:
        """Return the ids of records with an entry of this kind."""

    def of_kind(self, kind: EntryKind) -> Iterable[EncodedEntry]:
        """Return all entries of this kind, oldest first."""

    def newest(self, kind: EntryKind | None = None) -> Iterable[EncodedEntry]:
        """Return entries, or those of one kind, newest first."""

    def require_intact(self) -> None:
        """Raise StoreUnusable when the file is damaged anywhere."""

    def stale_rows(self) -> int:
        """Return the number of search index rows that differ from their entries."""

    def close(self) -> None:
        """Close the log."""


def check_log(home: Home, clock: Clock, open_log: Callable[[Home, Literal["live"]], Log]) -> Iterator[Check]:
    """Check the live log. Raises StoreUnusable, Altered."""
    if pending(home, "live"):
        words = "The replacement of the live log was interrupted."
        yield Check(Subject.LOG, State.AMBER, words, "Open the kiosk, which finishes it.")
        return
    if not home.log("live").exists():
        try:
            require_first(home, "live")
        except StoreUnusable as error:
            yield red(Subject.LOG, error)
            return
        if any((home.path / "packs").glob(f"*/{NOTE_FILE}")):
            repair = "Put it back, or run `kiosk log restore`. If there is no backup, `kiosk setup` starts a new log."
            yield Check(Subject.LOG, State.RED, "The live log is missing, but this kiosk had one.", repair)
            return
        yield Check(Subject.LOG, State.AMBER, "There is no live log yet.", "Run `kiosk setup`, which creates one.")
        yield _clock(clock, None)
        return
    log = open_log(home, "live")
    try:
        last = log.last()
        newest = None if last is None else decode(last).at.wall_us
        log.require_intact()
        entries = many(log.size(), "entry", "entries")
        checked = "Verified: the file and the newest entry. Not checked: all others (`kiosk log verify`)."
        contents = "no entries." if last is None else f"{entries}. {checked}"
        yield Check(Subject.LOG, State.GREEN, f"The live log opens. It has {contents}")
        if log.stale_rows():
            words = "The search index is out of date; a search may miss a record."
            yield Check(Subject.SEARCH, State.AMBER, words, "Run `kiosk setup --upgrade-log`.")
        outside, day = [*check_outside_copies(log, clock.now())], last_confirmed_day(log, clock)
        yield from check_key(home, log)
        yield from check_previous_logs(home, log)
        yield from map(_unacknowledged, unacknowledged(log))
    finally:
        log.close()
    yield from _open_work(home, clock.now(), day)
    yield from outside
    yield _clock(clock, newest)


def _open_work(home: Home, now: Instant, day: date | None) -> Iterator[Check]:
    """Check what somebody must still do about records, also those of previous logs. day: the last confirmed one."""
    with closing(open_history(home, "live")) as logs:
        if unfinished := sum(1 for _ in logs.lacking(EntryKind.ENCOUNTER_OPENED, EntryKind.ENCOUNTER_CLOSED)):
            words = f"{many(unfinished, 'record is', 'records are')} unfinished."
            repair = "Open the kiosk and finish them, or run `kiosk log amend NO --close`."
            yield Check(Subject.UNFINISHED, State.AMBER, words, repair)
        yield from (*check_open_tasks(logs), *check_duties(logs, now), *check_reviews(logs))
        yield from check_retention(logs, day)


def _unacknowledged(kept: LoggedEntry) -> Check:
    if kept.kind == EntryKind.CHECKPOINT_LOST:
        repair = "Compare an outside copy: `kiosk log verify --code`. Then confirm: `kiosk log history --acknowledge`."
        return Check(Subject.LOG_STATE, State.RED, warning(kept), repair)
    repair = "Read `kiosk log history`, then confirm with `kiosk log history --acknowledge`."
    return Check(Subject.NEW_LOG, State.AMBER, warning(kept), repair)


def _clock(clock: Clock, newest_us: int | None) -> Check:
    now = clock.now()
    words = f"The clock says {moment(now)}"
    if now.local().year < EARLIEST_YEAR:
        return Check(Subject.CLOCK, State.RED, f"{words}, which is wrong.", "Set the computer's date and time.")
    if newest_us is not None and now.wall_us < newest_us - BEHIND_US:
        return Check(
            Subject.CLOCK, State.AMBER, f"{words}, before the newest entry.", "Set the computer's date and time."
        )
    # Green even without synchronization: no check of the log depends on the time alone.
    return Check(Subject.CLOCK, State.GREEN, f"{words}. {clock.sync().words}")
