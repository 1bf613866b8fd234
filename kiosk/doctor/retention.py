"""Records on legal hold, records eligible for destruction, and retention periods that were set lately."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Protocol

from kiosk.doctor.check import Check, State, Subject
from kiosk.record.entries import EncodedEntry, LoggedEntry, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.holds import in_force
from kiosk.record.retention.schedule import ALL, Period, eligible, rules_in_force
from kiosk.worded import many


class Log(Protocol):
    """A log open for reading."""

    def of_kind(self, kind: EntryKind) -> Iterable[EncodedEntry]:
        """Return all entries of this kind, oldest first."""


def check_retention(log: Log, today: date | None) -> Iterator[Check]:
    """Yield the numbers of records on hold and eligible for destruction, if not 0, and each rule not yet in use.

    today: the last day that counts for retention; None while none is confirmed. Raises Altered.
    """

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
    for rule in rules_in_force(of_kind(EntryKind.RETENTION_SET)).values():
        if rule.period != Period() and (today is None or today < rule.applies_from):
            which = "all records" if rule.category == ALL else f"records that ended as {rule.category}"
            said = f"{rule.by} set the retention period of {which} to {rule.period}; it applies from"
            repair = "If nobody decided that, set it to permanent: `kiosk log retention set`."
            yield Check(Subject.RETENTION, State.AMBER, f"{said} {rule.applies_from}.", repair)
