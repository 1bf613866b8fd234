"""`kiosk log amend`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import click

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.entries import enter
from kiosk.commands.common.options import by_option, meaning_option, reason_option, record_argument
from kiosk.commands.common.prompts import arg_or_prompt, confirm, meant_by, name_for_log
from kiosk.commands.common.records import reading
from kiosk.commands.common.values import OneOf, Whole
from kiosk.errors import Exit, Refused, UsageError
from kiosk.log.log import LogOnDisk
from kiosk.log.record_search import find_record
from kiosk.privacy.guard import require_storable
from kiosk.privacy.meanings import UNSAID, Meaning, Meant
from kiosk.protocol.model import MISSING, Protocol
from kiosk.protocol.replies import Missing, Value
from kiosk.record import amend_targets
from kiosk.record.amend_targets import AmendTarget, require_closed, storable_text
from kiosk.record.amendments import ADDITION, NOWHERE, REASON, Amendment, entry_of
from kiosk.record.duties import duties_of, with_completion
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.entries import decode
from kiosk.record.pack_entries import kept_content, protocol_in
from kiosk.reports.amendments import in_lines
from kiosk.reports.formatting import shown
from kiosk.settings import Home, Mode
from kiosk.system.clock import SystemClock

_NUMBER = Whole(0, 999_999)


@dataclass(frozen=True, slots=True)
class Asked:
    """The typed options: exactly one of field, note, call and add."""

    field: str | None
    note: int | None
    call: int | None
    add: str | None
    value: str | None
    not_recorded: str | None
    reason: str | None
    by: str | None
    meaning: str | None
    preview: bool

    def require_fitting(self) -> None:
        """Raise UsageError if options are missing or can't be combined."""
        parts = (self.field, self.note, self.call, self.add)
        if sum(part is not None for part in parts) != 1:
            raise UsageError("An amendment is about one thing.", "Give one of --field, --note, --call and --add.")
        if self.not_recorded and self.field is None:
            raise UsageError("Only a fact can be not recorded.", "Use --not-recorded with --field only.")
        if self.not_recorded and self.value is not None:
            raise UsageError("A fact has a value, or it was not recorded.", "Give --value or --not-recorded, not both.")
        if self.add is not None and self.value is not None:
            raise UsageError("--add takes the text itself.", "Remove --value.")


@as_command("NO is the number of a closed record, such as 2026-0001. Give one of --field, --note, --call and --add.")
@record_argument
@click.option("--field", metavar="ID", help="fact to correct, as `kiosk log show` names it")
@click.option("--note", metavar="N", type=_NUMBER, help="note to correct, by its number in `kiosk log show`")
@click.option("--call", metavar="N", type=_NUMBER, help="call whose result to correct, by its number there")
@click.option("--add", metavar="TEXT", help="text to add")
@click.option("--value", metavar="VALUE", help="correct value")
@click.option(
    "--not-recorded",
    metavar="REASON",
    type=OneOf(MISSING),
    help=f"reason why a fact has no value: {', '.join(MISSING)}",
)
@reason_option
@by_option
@meaning_option
@click.option("--preview", is_flag=True, help="only a preview; nothing is entered")
@pass_log
def command(home: Home, mode: Mode, /, no: str, **typed: str) -> int:
    """Preview the amendment, ask for confirmation, and record it. Raises Refused, UsageError or PrivateText."""
    asked = Asked(**typed)  # type: ignore[arg-type]
    asked.require_fitting()
    with reading(home, mode) as log:
        record = find_record(log, no, mode)
        require_closed(record)
        target = _target(asked, record, log)
        protocol = protocol_in(kept_content(log, record.protocol.content_hash), record.protocol.content_hash)
    made = _made(asked, target, protocol, record.amendments)
    output.message(f"To be entered into {record.no}:")
    for line in in_lines(made, record):
        output.message(f"  {line}")
    if asked.preview:
        output.message("This is a preview: nothing was entered.")
        return Exit.DONE
    if output.at_terminal() and not confirm(f"Enter this into {record.no}? It can't be removed."):
        raise Refused("Nothing was entered.", "Run the command again to enter it.")
    return _enter(home, mode, made, record)


def _target(asked: Asked, record: EncounterRecord, log: LogOnDisk) -> AmendTarget:
    """Return the value to amend. Raises UsageError if the record does not have it."""
    if asked.field is not None:
        return amend_targets.fact(record, asked.field, map(decode, log.entries(record.id)))
    if asked.note is not None:
        return amend_targets.note(record, asked.note)
    return amend_targets.addition(record) if asked.call is None else amend_targets.call(record, asked.call)


def _made(asked: Asked, target: AmendTarget, protocol: Protocol | None, before: Sequence[Amendment]) -> Amendment:
    """Return the requested amendment. Its `was` is the newest value. Raises UsageError or PrivateText."""
    given = _given(asked)
    meant = meant_by(given, asked.meaning) if isinstance(given, str) else UNSAID
    was, now = target.newest(before), amend_targets.new_value(target, given, protocol, meant)
    if target.name != ADDITION and now == was:
        raise UsageError(f"It says “{shown(was)}” already.", "Nothing was entered.")
    reason = arg_or_prompt(asked.reason, "--reason", "Reason (kept in the log)")
    why = meant_by(reason, asked.meaning)
    reason = storable_text("reason", reason, meaning=why.get(reason.strip()))
    texts = {target.name: (now, meant), REASON: (reason, why)}
    return Amendment(
        ref=NOWHERE,
        target=target.target,
        name=target.name,
        was=was,
        now=now,
        reason=reason,
        by=name_for_log(asked.by),
        at=SystemClock().now(),
        meanings={name: meaning for name, (value, of) in texts.items() if (meaning := _meaning(value, of))},
    )


def _meaning(value: Value, meant: Meant) -> Meaning | None:
    return require_storable(value, meant.get(value)) if isinstance(value, str) else None


def _given(asked: Asked) -> str | Missing:
    if asked.not_recorded:
        return Missing(asked.not_recorded)
    return arg_or_prompt(asked.value, "--value", "Correct value") if asked.add is None else asked.add


def _enter(home: Home, mode: Mode, made: Amendment, record: EncounterRecord) -> int:
    step, pack = record.step_of(made.target), record.protocol.content_hash
    entry = entry_of(made, encounter_id=record.id, no=record.no, pack=pack, step=step)
    enter(home, mode, *with_completion(duties_of(record), entry))
    output.data(f"{record.no} is amended; the original stays in the log.")
    return Exit.DONE
