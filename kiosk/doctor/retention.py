"""What is kept on purpose and what may be let go: told every morning, and never a fault."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Protocol

from kiosk.doctor.check import Check, State, Subject
from kiosk.record.entries import Kept, SealedEntry, unseal
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.holds import in_force
from kiosk.record.retention.schedule import due
from kiosk.reports.formatting import many


class Log(Protocol):
    """The log, opened for reading."""

    def of_kind(self, kind: EntryKind) -> Iterable[SealedEntry]:
        """All entries of this kind, oldest first."""


def look_at_keeping(log: Log, today: date) -> Iterator[Check]:
    """How many records are on hold and how many are due; nothing while there are none. Raises Altered."""

    def of_kind(kind: EntryKind) -> Iterable[Kept]:
        return map(unseal, log.of_kind(kind))

    held = {hold.encounter_id for hold in in_force(of_kind(EntryKind.HOLD_PLACED), of_kind(EntryKind.HOLD_RELEASED))}
    may_go = [record for record in due(of_kind, today) if record.encounter_id not in held]
    words = [f"{many(len(held), 'record is', 'records are')} on hold."] if held else []
    if may_go:
        count = many(len(may_go), "is due, and stays until it is", "are due, and stay until they are")
        words += [f"{count} let go: `kiosk log retention due`."]
    if words:
        yield Check(Subject.RETENTION, State.GREEN, " ".join(words))
