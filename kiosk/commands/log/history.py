"""`kiosk log history`."""

from __future__ import annotations

import base64
from collections.abc import Sequence

import click

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.entries import enter
from kiosk.commands.common.options import json_option
from kiosk.commands.common.people import by_person, needs
from kiosk.commands.common.records import reading
from kiosk.commands.common.verdicts import public_keys
from kiosk.errors import Exit, Refused, ReplaceReason, UsageError
from kiosk.log.archive import LogHistory, archived_file, unread_copies
from kiosk.log.log import LogOnDisk
from kiosk.log.signing_key import keys_file, listed_keys, save_keys
from kiosk.record.canonical import Json
from kiosk.record.entries import Actor, Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.people.roles import Right
from kiosk.record.transparency.signed_note import VerifierKey, verifier_key
from kiosk.record.verification.succession import cited_keys, start_entry, waiting_in
from kiosk.settings import Home, Mode
from kiosk.system.clock import Instant


@as_command()
@click.option(
    "--acknowledge",
    is_flag=True,
    help="confirmation that you know the warnings about this log, such as why it replaced another; kept in the log",
)
@click.option(
    "--key",
    "keys",
    metavar="KEY|FILE",
    multiple=True,
    help="public key of the log from paper, to put back a lost list of keys with --acknowledge; repeatable",
)
@json_option
@pass_log
@needs(Right.LOOK, acknowledge=Right.RESTORE)
def command(home: Home, mode: Mode, acknowledge: bool, keys: tuple[str, ...], as_json: bool) -> int:
    """Print every log, oldest first."""
    given = [key for words in keys for key in public_keys(words)]
    if given and not acknowledge:
        raise UsageError("--key puts back the list of keys.", "Add --acknowledge, or use `kiosk log verify --key`.")
    with reading(home, mode) as history:
        found = [_as_dict(home, mode, history, log) for log in history.logs]
        waiting = bool(waiting_in(history.logs))
        own = _own_keys(home, mode, history.logs[-1], given) if given else ()
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
    if acknowledge and (waiting or own):
        body: dict[str, Json] = {"keys": [str(key) for key in own]} if own else {}
        enter(home, mode, by_person(Entry(EntryKind.LOG_ACKNOWLEDGED, body, actor=Actor.COMMAND)))
    if own:
        save_keys(home, mode, own)
        output.message(f"The list of the keys that this kiosk signed with is in {keys_file(home, mode)} again.")
    return Exit.DONE


def _own_keys(home: Home, mode: Mode, log: LogOnDisk, given: Sequence[VerifierKey]) -> tuple[VerifierKey, ...]:
    """Return the keys for the lost list: those that the log cites, and its own; none if the list is not lost.

    Raises Refused unless the log's own key is among those on paper.
    """
    if log.key in listed_keys(home, mode):
        return ()
    if log.key not in given:
        repair = "Compare it letter by letter. If it differs, read `kiosk log verify` and call the office."
        raise Refused("The log is not signed with that key, so the list of keys was not put back.", repair)
    return (*map(verifier_key, cited_keys(start_entry(log))), log.key)


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
