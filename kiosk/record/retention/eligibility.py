"""Eligibility for destruction: a record's values, its holds, and the day its retention period ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kiosk.protocol.replies import FACT
from kiosk.record.canonical import Json
from kiosk.record.encounter_record import EncounterRecord, frame_of
from kiosk.record.entries import Actor, Entry, LoggedEntry
from kiosk.record.entry_kinds import ADDITIONS, RETENTION, EntryKind
from kiosk.record.holds import Hold
from kiosk.record.retention.schedule import RetentionRule, due_from, ended
from kiosk.worded import Worded


class KeptBecause(Worded):
    """Why the details of a record may not be destroyed, as the log keeps it."""

    ON_HOLD = "on-hold", "it is on legal hold"
    UNREADABLE = "unreadable", "a previous log that may have a hold on it can't be read"
    NOT_CLOSED = "not-closed", "it is not closed"
    NOT_ELIGIBLE = "not-eligible", "its retention period is not over"
    NO_AUTHORIZATION = "no-authorization", "no signed authorization was named"


@dataclass(frozen=True, slots=True)
class RetentionStatus:
    """One record, as needed to decide on its destruction.

    values: (kind of entry, name) of each value to destroy. holds: the holds in force on it, with pending ones.
    due: the first day on which it is eligible; None for never.
    """

    record: EncounterRecord
    values: tuple[tuple[str, str], ...]
    holds: tuple[Hold, ...]
    due: date | None

    @property
    def facts(self) -> tuple[str, ...]:
        """The ids of the facts among the values, each once."""
        found = (name.removeprefix(FACT) for _, name in self.values if name.startswith(FACT))
        return tuple(dict.fromkeys(found))

    def count(self, kind: EntryKind) -> int:
        """Return how many entries of this kind have values to destroy."""
        return len([name for said, name in self.values if (said, name) == (kind, _ONE_EACH[kind])])


_ONE_EACH = {EntryKind.NOTE_ADDED: "text", EntryKind.AMENDMENT_ADDED: "reason"}


def retention_status(
    record: EncounterRecord, entries: Iterable[LoggedEntry], holds: Iterable[Hold], marked: Mapping[str, RetentionRule]
) -> RetentionStatus:
    """Return the status of one record. entries: all of its entries; holds: those in force on any record."""
    own = [kept for kept in entries if kept.kind not in RETENTION]
    values = tuple((kept.kind, name) for kept in own for name in sorted({*kept.body, *kept.encrypted}))
    closed, added = (
        [kept for kept in own if kept.kind in kinds] for kinds in ((EntryKind.ENCOUNTER_CLOSED,), ADDITIONS)
    )
    due = [due_from(one, marked) for one in ended(closed, added)]
    return RetentionStatus(
        record, values, tuple(x for x in holds if x.encounter_id == record.id), due[0] if due else None
    )


def why_not(stands: RetentionStatus, today: date, authorization: str, *, all_read: bool = True) -> KeptBecause | None:
    """Return why its details may not be destroyed; None if they may. A hold has priority over all other reasons.

    authorization: the reference of the signed approval, empty for none. all_read: every previous log could be read.
    """
    if stands.holds:
        return KeptBecause.ON_HOLD
    if not all_read:
        return KeptBecause.UNREADABLE
    if stands.record.closed_at is None:
        return KeptBecause.NOT_CLOSED
    if stands.due is None or today < stands.due:
        return KeptBecause.NOT_ELIGIBLE
    return None if authorization else KeptBecause.NO_AUTHORIZATION


def destruction(stands: RetentionStatus, *, authorization: str, by: str) -> Entry:
    """Return the entry that destroys its details. The entry also identifies the record."""
    body: dict[str, Json] = {"no": stands.record.no, "record": frame_of(stands.record), "values": len(stands.values)}
    return Entry(
        EntryKind.RECORD_DESTROYED,
        body | {"authorization": authorization, "by": by},
        stands.record.id,
        actor=Actor.COMMAND,
    )


def refusal(stands: RetentionStatus, why: KeptBecause, *, authorization: str, by: str) -> Entry:
    """Return the entry of a destruction that was refused."""
    body: dict[str, Json] = {"no": stands.record.no, "why": why, "by": by, "authorization": authorization}
    return Entry(EntryKind.DESTRUCTION_REFUSED, body, stands.record.id, actor=Actor.COMMAND)
