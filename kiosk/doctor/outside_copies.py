"""Check for a recent outside copy. Without one, only this kiosk's own key proves that the log was not rewritten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Protocol

from kiosk.doctor.check import Check, State, Subject
from kiosk.record.entries import EncodedEntry, LoggedEntry, decoded_or_none
from kiosk.record.entry_kinds import EntryKind
from kiosk.reports.formatting import moment
from kiosk.system.clock import Instant
from kiosk.worded import many

WEEK_US: Final = 7 * 24 * 3600 * 1_000_000
"""Maximum time without an outside copy after a record was closed, in µs."""

_REPAIR: Final = "Run `kiosk log checkpoint issue -o checkpoint.pdf` and give the file to the Superintendent's Office."


class Log(Protocol):
    """A log open for reading."""

    def of_kind(self, kind: EntryKind) -> Iterable[EncodedEntry]:
        """Return all entries of this kind, oldest first."""

    def encounter_ids(self, kind: EntryKind) -> Sequence[str]:
        """Return the ids of records with an entry of this kind."""


def check_outside_copies(log: Log, now: Instant) -> Iterator[Check]:
    """Check the age of the newest issued checkpoint; yield nothing while no record is closed."""
    closed = len(log.encounter_ids(EntryKind.ENCOUNTER_CLOSED))
    if not closed:
        return
    last = _last(log, EntryKind.CHECKPOINT_ISSUED)
    covered = last.body.get("closed", 0) if last else 0
    uncovered = closed - covered if isinstance(covered, int) else closed
    since = last.at if last else _first_closed(log)
    recipient = last.body.get("for", "an unnamed recipient") if last else ""
    issued = f"The last checkpoint was issued for {recipient} on {moment(last.at)}" if last else ""
    issued = issued or "No checkpoint was ever issued"
    if uncovered > 0 and since is not None and now.wall_us - since.wall_us > WEEK_US:
        words = f"{issued}; {many(uncovered, 'record was', 'records were')} closed since."
        yield Check(Subject.OUTSIDE_COPIES, State.AMBER, words, _REPAIR)
    elif last is not None:
        yield Check(Subject.OUTSIDE_COPIES, State.GREEN, f"{issued}.")


def _last(log: Log, kind: EntryKind) -> LoggedEntry | None:
    found = [kept for kept in map(decoded_or_none, log.of_kind(kind)) if kept is not None]
    return found[-1] if found else None


def _first_closed(log: Log) -> Instant | None:
    first = next(iter(log.of_kind(EntryKind.ENCOUNTER_CLOSED)), None)
    kept = None if first is None else decoded_or_none(first)
    return None if kept is None else kept.at
