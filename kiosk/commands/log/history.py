"""`kiosk log history`."""

from __future__ import annotations

import base64

import click

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.entries import enter
from kiosk.commands.common.options import json_option
from kiosk.commands.common.records import reading
from kiosk.errors import Exit, ReplaceReason
from kiosk.log.archive import LogHistory, archived_file, unread_copies
from kiosk.log.log import LogOnDisk
from kiosk.record.entries import Actor, Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.verification.succession import start_entry, waiting_in
from kiosk.settings import Home, Mode
from kiosk.system.clock import Instant


@as_command()
@click.option(
    "--acknowledge",
    is_flag=True,
    help="confirmation that you know the warnings about this log, such as why it replaced another; kept in the log",
)
@json_option
@pass_log
def command(home: Home, mode: Mode, acknowledge: bool, as_json: bool) -> int:
    """Print every log, oldest first."""
    with reading(home, mode) as history:
        found = [_as_dict(home, mode, history, log) for log in history.logs]
        waiting = bool(waiting_in(history.logs))
    if as_json:
        output.json_data(found)
    else:
        columns = {
            "LOG ID": "log_id",
            "STARTED": "started",
            "ENTRIES": "entries",
            "RECORDS": "records",
            "REASON": "reason",
        }
        output.table([[*columns], *([str(one[name]) for name in columns.values()] for one in found)])
        output.lines(f"Kept, but not read, because it is another copy: {path}" for path in unread_copies(home, mode))
    if acknowledge and waiting:
        enter(home, mode, Entry(EntryKind.LOG_ACKNOWLEDGED, {}, actor=Actor.COMMAND))
    return Exit.DONE


def _as_dict(home: Home, mode: Mode, history: LogHistory, log: LogOnDisk) -> dict[str, object]:
    kept, newest = start_entry(log), log.newest_checkpoint()
    started = Instant(log.created_us, "", 0).local()
    place = home.log(mode) if log is history.logs[-1] else archived_file(home, mode, log.origin)
    return {
        "log_id": log.origin,
        "started": f"{started:%Y-%m-%d %H:%M}",
        "entries": log.size(),
        "records": len(log.encounter_ids(EntryKind.ENCOUNTER_OPENED)),
        "reason": ReplaceReason.words_for(kept.body.get("reason")) if kept else "",
        "root": base64.b64encode(newest.root).decode("ascii"),
        "file": str(place),
    }
