"""Counts of records on legal hold and of records eligible for destruction; neither is a fault."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Protocol

from kiosk.doctor.check import Check, State, Subject
from kiosk.record.entries import EncodedEntry, LoggedEntry, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.holds import in_force
from kiosk.record.retention.schedule import eligible
from kiosk.worded import many


class Log(Protocol):
    """A log open for reading."""

    def of_kind(self, kind: EntryKind) -> Iterable[EncodedEntry]:
        """Return all entries of this kind, oldest first."""


def check_retention(log: Log, today: date | None) -> Iterator[Check]:
    """Yield the numbers of records on hold and eligible for destruction; nothing when both are 0. Raises Altered."""

    def of_kind(kind: EntryKind) -> Iterable[LoggedEntry]:
        return map(decode, log.of_kind(kind))

    held = {hold.encounter_id for hold in in_force(of_kind(EntryKind.HOLD_PLACED), of_kind(EntryKind.HOLD_RELEASED))}
    ready = [record for record in eligible(of_kind, today) if record.encounter_id not in held]
    words = [f"{many(len(held), 'record is', 'records are')} on legal hold."] if held else []
    if ready:
        count = many(len(ready), "record is", "records are")
        words += [f"{count} eligible for destruction: `kiosk log retention eligible`."]
    if words:
        yield Check(Subject.RETENTION, State.GREEN, " ".join(words))
