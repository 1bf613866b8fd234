"""`kiosk log show`."""

from __future__ import annotations

import click

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.options import json_option, record_argument
from kiosk.commands.common.people import enter_view, needs
from kiosk.commands.common.records import district_options, reading
from kiosk.errors import Exit, Refused
from kiosk.log.acts.presence import all_presences
from kiosk.log.log import LogOnDisk
from kiosk.log.record_search import find_record
from kiosk.record.after_action.assessment import without_privileged
from kiosk.record.encounter_record import EncounterRecord, fold
from kiosk.record.entries import decode
from kiosk.record.pack_entries import kept_content, protocol_in
from kiosk.record.people.logins import Viewed
from kiosk.record.people.roles import Right
from kiosk.reports.acts.presence import as_dict as presence_dict
from kiosk.reports.acts.presence import presence_lines
from kiosk.reports.exports import jsonl
from kiosk.reports.record import record_lines
from kiosk.reports.transcript import transcript_lines
from kiosk.settings import Home, Mode
from kiosk.system.clock import SystemClock


@as_command("NO is a record number, such as 2026-0001.")
@record_argument
@click.option("--transcript", is_flag=True, help="exact words of the screens, step by step, in the version used then")
@click.option("--privileged", is_flag=True, help="also privileged notes of administrators and counsel")
@json_option
@district_options
@pass_log
@needs(Right.LOOK, privileged=Right.REVIEW)
def command(home: Home, mode: Mode, no: str, transcript: bool, privileged: bool, as_json: bool) -> int:
    """Print one record in full; privileged notes only on request, as somebody may look over a shoulder."""
    with reading(home, mode) as log:
        record = find_record(log, no, mode)
        if not privileged:
            record = fold(without_privileged(record.entries))
        known = all_presences(log.desk_of(record.id))
        about = [one for one in known.reports if one.record == record.no]
        enter_view(home, Viewed.RECORD, record.no)
        lines = _transcript(log, record) if transcript else list(record_lines(record, now=SystemClock().now()))
    if about and not transcript:
        lines += ["", "Presence", *(f"  {line}" for one in about for line in presence_lines(one, known.messages))]
    if as_json:
        full = jsonl.as_dict(record) | {"presence": [presence_dict(one, known.messages) for one in about]}
        output.json_data(lines if transcript else full)
    else:
        output.lines(lines)
    return Exit.DONE


def _transcript(log: LogOnDisk, record: EncounterRecord) -> list[str]:
    """Return the transcript of a record from the log alone. Raises Refused if the log does not have the protocol."""
    used = record.protocol
    protocol = protocol_in(kept_content(log, used.content_hash), used.content_hash)
    if protocol is None:
        raise Refused(
            f"The log does not keep the words of {used.id} {used.version}, content hash {used.content_hash}.",
            "Ask the Superintendent's Office for the version with that hash.",
        )
    title = f"{record.no}  {used.id} {used.version}, content hash {used.content_hash}"
    return [title, *transcript_lines([decode(entry) for entry in log.entries(record.id)], protocol)]
