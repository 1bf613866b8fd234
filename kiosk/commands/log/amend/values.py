"""Corrections of a value of a closed record, and additions to it: `--field`, `--note`, `--call`, `--add`."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.commands.common.prompts import arg_or_prompt
from kiosk.commands.common.records import reading
from kiosk.commands.log.amend.acts import Act, Asked, Planned
from kiosk.errors import UsageError
from kiosk.log.log import LogOnDisk
from kiosk.log.record_search import find_record
from kiosk.protocol.model import Protocol
from kiosk.protocol.replies import Missing
from kiosk.record import amend_targets
from kiosk.record.amend_targets import AmendTarget, require_closed
from kiosk.record.amendments import ADDITION, NOWHERE, REASON, Amendment, entry_of
from kiosk.record.duties.open_tasks import tasks_of, with_completion
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.entries import decode
from kiosk.record.pack_entries import kept_content, protocol_in
from kiosk.reports.amendments import in_lines
from kiosk.reports.formatting import shown
from kiosk.settings import Home, Mode
from kiosk.system.clock import SystemClock


def planned(home: Home, mode: Mode, no: str, asked: Asked) -> Planned:
    """Return the amendment of a closed record. Raises Refused, UsageError or PrivateText."""
    with reading(home, mode) as log:
        record = find_record(log, no, mode)
        require_closed(record)
        target = _target(asked, record, log)
        protocol = protocol_in(kept_content(log, record.protocol.content_hash), record.protocol.content_hash)
    made = _made(asked, target, protocol, record.amendments)
    step, pack = record.step_of(made.target), record.protocol.content_hash
    entry = entry_of(made, encounter_id=record.id, no=record.no, pack=pack, step=step)
    done = f"{record.no} is amended; the original stays in the log."
    return Planned(record.no, with_completion(tasks_of(record), entry), [*in_lines(made, record)], done)


def _target(asked: Asked, record: EncounterRecord, log: LogOnDisk) -> AmendTarget:
    """Return the value to amend. Raises UsageError if the record does not have it."""
    match asked.act:
        case Act.FIELD:
            return amend_targets.fact(record, asked.of, map(decode, log.entries(record.id)))
        case Act.NOTE:
            return amend_targets.note(record, asked.of)
        case Act.CALL:
            return amend_targets.call(record, asked.of)
        case _:
            return amend_targets.addition(record)


def _made(asked: Asked, target: AmendTarget, protocol: Protocol | None, before: Sequence[Amendment]) -> Amendment:
    """Return the requested amendment. Its `was` is the newest value. Raises UsageError or PrivateText."""
    given = _given(asked)
    was, now = target.newest(before), amend_targets.new_value(target, given, protocol, asked.texts.meant)
    if target.name != ADDITION and now == was:
        raise UsageError(f"It says “{shown(was)}” already.", "Nothing was entered.")
    reason = asked.texts.text(asked.reason, "--reason", "Reason (kept in the log)")
    return Amendment(
        ref=NOWHERE,
        target=target.target,
        name=target.name,
        was=was,
        now=now,
        reason=reason,
        by=asked.texts.name(asked.by),
        at=SystemClock().now(),
        meanings=asked.texts.meanings({target.name: now, REASON: reason}),
    )


def _given(asked: Asked) -> str | Missing:
    if asked.not_recorded:
        return Missing(asked.not_recorded)
    typed = asked.of if asked.act is Act.ADD else arg_or_prompt(asked.value, "--value", "Correct value")
    return asked.texts.checked("text", typed)
