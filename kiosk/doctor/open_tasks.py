"""Open tasks of closed records: calls to make, and postponed facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from kiosk.doctor.check import Check, State, Subject
from kiosk.record.duties.open_tasks import incomplete
from kiosk.record.entries import EncodedEntry, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.worded import listed, many


class Log(Protocol):
    """A log open for reading."""

    def entries(self, encounter_id: str | None = None) -> Iterable[EncodedEntry]:
        """Return entries in order, of one record or of all."""

    def lacking(self, kind: EntryKind, other: EntryKind) -> Iterable[str]:
        """Return the ids of records with an entry of `kind` and none of `other`, newest first."""


def check_open_tasks(log: Log) -> Iterator[Check]:
    """Yield checks for calls still to make and facts to fill in; none when there are none."""
    found = incomplete(
        log.lacking(EntryKind.RECORD_INCOMPLETE, EntryKind.RECORD_COMPLETED), lambda one: map(decode, log.entries(one))
    )
    calls = [f"{record.no} ({role})" for record, tasks in found for role in tasks.calls]
    facts = sum(len(tasks.facts) for _, tasks in found)
    if calls:
        words = f"{many(len(calls), 'call is', 'calls are')} still to make: {listed(calls)}."
        yield Check(
            Subject.CALLS,
            State.AMBER,
            words,
            "Press F5 on the first screen, or run `kiosk log amend NO --called ROLE`.",
        )
    if facts:
        words = f"{many(facts, 'fact', 'facts')} can still be filled in: press F5 on the first screen."
        yield Check(Subject.FACTS, State.GREEN, words)
