"""Corrections of a value of a closed record, and additions to it."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.app.acts.records.planned import Planned, Stated
from kiosk.errors import UsageError
from kiosk.log.log import LogOnDisk
from kiosk.log.record_search import find_record
from kiosk.protocol.model import Protocol
from kiosk.protocol.replies import Missing, Value
from kiosk.record import amend_targets
from kiosk.record.amend_targets import AmendTarget, require_closed
from kiosk.record.amendments import ADDITION, NOWHERE, REASON, Amendment, entry_of
from kiosk.record.duties.open_tasks import tasks_of, with_completion
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.pack_entries import kept_content, protocol_in
from kiosk.reports.amendments import in_lines
from kiosk.reports.formatting import shown
from kiosk.settings import Mode
from kiosk.system.clock import Instant


@dataclass(frozen=True, slots=True)
class ClosedRecord:
    """A closed record, and the protocol that it used; None if the log does not have that."""

    record: EncounterRecord
    protocol: Protocol | None

    def fact(self, field_id: str) -> AmendTarget:
        """Return the target for a fact, recorded or not. Raises Refused if it is no longer kept."""
        return amend_targets.fact(self.record, field_id, self.record.entries)

    def note(self, number: int) -> AmendTarget:
        """Return the target for a note by its number, from 1. Raises UsageError."""
        return amend_targets.note(self.record, number)

    def call(self, number: int) -> AmendTarget:
        """Return the target for the result of a call by its number, from 1. Raises UsageError."""
        return amend_targets.call(self.record, number)

    def addition(self) -> AmendTarget:
        """Return the target of an addition."""
        return amend_targets.addition(self.record)


def closed_record(log: LogOnDisk, no: str, mode: Mode) -> ClosedRecord:
    """Return the closed record with this number. Raises UsageError for an unknown one, and Refused for an open one."""
    record = find_record(log, no, mode)
    require_closed(record)
    return ClosedRecord(record, protocol_of(log, record))


def protocol_of(log: LogOnDisk, record: EncounterRecord) -> Protocol | None:
    """Return the protocol that a record used; None if the log does not have it."""
    used = record.protocol.content_hash
    return protocol_in(kept_content(log, used), used)


def planned(of: ClosedRecord, target: AmendTarget, given: str | Missing, stated: Stated, at: Instant) -> Planned:
    """Return the amendment that gives a value another one, or that adds a text. Raises UsageError or PrivateText.

    given: the new value, checked if it is a text. at: the time for the preview.
    """
    record, texts = of.record, stated.texts
    was, now = target.newest(record.amendments), amend_targets.new_value(target, given, of.protocol, texts.meant)
    _require_another(target, was, now)
    reason = stated.why()
    made = Amendment(
        ref=NOWHERE,
        target=target.target,
        name=target.name,
        was=was,
        now=now,
        reason=reason,
        by=stated.by(),
        at=at,
        meanings=texts.meanings({target.name: now, REASON: reason}),
    )
    step, pack = record.step_of(made.target), record.protocol.content_hash
    entry = entry_of(made, encounter_id=record.id, no=record.no, pack=pack, step=step)
    done = f"{record.no} is amended; the original stays in the log."
    return Planned(record.no, with_completion(tasks_of(record), entry), [*in_lines(made, record)], done)


def _require_another(target: AmendTarget, was: Value | None, now: Value) -> None:
    if target.name != ADDITION and now == was:
        raise UsageError(f"It says “{shown(was)}” already.", "Nothing was entered.", "error.record.same")
