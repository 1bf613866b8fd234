"""Eligibility for destruction: a record's values, its holds, and the day its retention period ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from kiosk.protocol.replies import FACT
from kiosk.record.canonical import Json
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.entries import Actor, Entry, LoggedEntry
from kiosk.record.entry_kinds import ADDITIONS, RETENTION, EntryKind
from kiosk.record.holds import Hold
from kiosk.record.retention.schedule import RetentionRule, closed_records, eligible_from
from kiosk.worded import Worded


class KeptBecause(Worded):
    """Why the details of a record may not be destroyed, as the log keeps it."""

    ON_HOLD = "on-hold", "it is on legal hold"
    UNREADABLE = "unreadable", "a previous log that may have a hold on it can't be read"
    NOT_CLOSED = "not-closed", "it is not closed"
    DESTROYED = "destroyed", "its details were destroyed before"
    CHANGED = "changed", "it is not what was authorized, because it was added to since"
    NOT_ELIGIBLE = "not-eligible", "its retention period is not over"


@dataclass(frozen=True, slots=True)
class RetentionStatus:
    """One record, as needed to decide on its destruction.

    values: (kind of entry, name) of each value to destroy. holds: the holds in force on it.
    content: the hash of what it is (`request.content_of`).
    eligible_from: the first day on which it is eligible; None for never.
    """

    record: EncounterRecord
    values: tuple[tuple[str, str], ...]
    holds: tuple[Hold, ...]
    eligible_from: date | None
    content: str = ""

    @property
    def facts(self) -> tuple[str, ...]:
        """The ids of the facts among the values, each once."""
        found = (name.removeprefix(FACT) for _, name in self.values if name.startswith(FACT))
        return tuple(dict.fromkeys(found))

    def count(self, kind: EntryKind) -> int:
        """Return the number of entries of this kind with values to destroy. kind: NOTE_ADDED or AMENDMENT_ADDED."""
        return self.values.count((kind, _ONE_EACH[kind]))


_ONE_EACH: Final = {EntryKind.NOTE_ADDED: "text", EntryKind.AMENDMENT_ADDED: "reason"}
"""A value that each entry of the kind has."""


def retention_status(
    record: EncounterRecord,
    entries: Iterable[LoggedEntry],
    holds: Iterable[Hold],
    rules: Mapping[str, RetentionRule],
    content: str = "",
) -> RetentionStatus:
    """Return the status of one record. entries: all of its entries; holds: those in force on any record."""
    own = [kept for kept in entries if kept.kind not in RETENTION]
    values = tuple((kept.kind, name) for kept in own for name in sorted({*kept.body, *kept.encrypted}))
    closed, added = (
        [kept for kept in own if kept.kind in kinds] for kinds in ((EntryKind.ENCOUNTER_CLOSED,), ADDITIONS)
    )
    days = [eligible_from(one, rules) for one in closed_records(closed, added)]
    held = tuple(hold for hold in holds if hold.encounter_id == record.id)
    return RetentionStatus(record, values, held, days[0] if days else None, content)


def why_not(
    status: RetentionStatus, today: date | None, *, unchanged: bool, all_read: bool = True
) -> KeptBecause | None:
    """Return why the details of a record may not be destroyed; None if they may. A hold comes before other reasons.

    today: the last confirmed day, None for none.
    unchanged: whether it is still what was authorized. all_read: whether every log could be read.
    """
    if status.holds:
        return KeptBecause.ON_HOLD
    if not all_read:
        return KeptBecause.UNREADABLE
    if status.record.closed_at is None:
        return KeptBecause.NOT_CLOSED
    if not status.values:
        return KeptBecause.DESTROYED
    if not unchanged:
        return KeptBecause.CHANGED
    if status.eligible_from is None or today is None or today < status.eligible_from:
        return KeptBecause.NOT_ELIGIBLE
    return None


def refusal(status: RetentionStatus, why: KeptBecause, *, authorization: str, by: str) -> Entry:
    """Return the entry of a destruction that was refused. authorization: its hash."""
    body: dict[str, Json] = {"no": status.record.no, "why": why, "by": by, "authorization": authorization}
    return Entry(EntryKind.DESTRUCTION_REFUSED, body, status.record.id, actor=Actor.COMMAND)
