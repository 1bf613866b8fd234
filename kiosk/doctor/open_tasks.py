"""Open tasks and overdue duties of closed records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from kiosk.doctor.check import Check, State, Subject
from kiosk.record.duties.open_duties import Log as LogOfDuties
from kiosk.record.duties.open_duties import open_duties
from kiosk.record.duties.open_tasks import incomplete
from kiosk.record.duty import DutyState
from kiosk.record.entries import EncodedEntry, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.system.clock import Instant
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


def check_duties(log: LogOfDuties, now: Instant) -> Iterator[Check]:
    """Yield a check for the duties that are overdue now, and the number of those that are open; none without any."""
    found = [(record.no, duty, duty.state(now)) for record in open_duties(log) for duty in record.duties]
    overdue = [f"{no} {duty.id} ({duty.owner})" for no, duty, state in found if state is DutyState.OVERDUE]
    if overdue:
        words = f"{many(len(overdue), 'duty is', 'duties are')} overdue: {listed(overdue)}."
        repair = "Run `kiosk duty list --overdue`, then `kiosk duty done NO DUTY` or `kiosk duty except NO DUTY`."
        yield Check(Subject.DUTIES, State.AMBER, words, repair)
    elif found:
        words = f"{many(len(found), 'duty is', 'duties are')} open, and none is overdue (`kiosk duty list`)."
        yield Check(Subject.DUTIES, State.GREEN, words)
