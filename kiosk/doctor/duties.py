"""What is still to do for closed records: calls to make, and facts that were put off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from kiosk.doctor.check import Check, State, Subject
from kiosk.record.duties import incomplete
from kiosk.record.entries import SealedEntry, unseal
from kiosk.record.entry_kinds import EntryKind
from kiosk.reports.formatting import many


class Log(Protocol):
    """The log, opened for reading."""

    def entries(self, encounter_id: str | None = None) -> Iterable[SealedEntry]:
        """Entries in order, of one encounter or all."""

    def lacking(self, kind: EntryKind, other: EntryKind) -> Iterable[str]:
        """The encounters that have an entry of one kind and none of the other, the newest first."""


def look_at_duties(log: Log) -> Iterator[Check]:
    """Which calls are still to make, and how many facts to fill in; nothing while there are none."""
    found = incomplete(
        log.lacking(EntryKind.RECORD_INCOMPLETE, EntryKind.RECORD_COMPLETED), lambda one: map(unseal, log.entries(one))
    )
    calls = [f"{record.no} ({role})" for record, duties in found for role in duties.calls]
    facts = sum(len(duties.facts) for _, duties in found)
    if calls:
        words = f"{many(len(calls), 'call is', 'calls are')} still to make: {', '.join(calls)}."
        yield Check(Subject.CALLS, State.AMBER, words, "Press F5 on the first screen, or run `kiosk log call NO`.")
    if facts:
        words = f"{many(facts, 'fact was', 'facts were')} put off and can still be filled in: F5 on the first screen."
        yield Check(Subject.FACTS, State.GREEN, words)
