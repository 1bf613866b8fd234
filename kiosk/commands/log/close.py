"""`kiosk log close`."""

from __future__ import annotations

import click

from kiosk.app import bootstrap
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.options import by_option, reason_option, record_argument
from kiosk.commands.common.prompts import name_for_log, text_for_log
from kiosk.commands.common.records import reading
from kiosk.desk import closing
from kiosk.desk.station import Pack
from kiosk.desk.unfinished import continued
from kiosk.errors import CannotResume, Exit, Refused, StoreUnusable
from kiosk.log.archive import LogHistory
from kiosk.log.record_search import find_record
from kiosk.packs.library import Library
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.endings import ENDED, Ending, closing_body
from kiosk.record.entries import Actor, Entry, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.pack_entries import kept_content, protocol_in
from kiosk.settings import Home, Mode
from kiosk.system.clock import SystemClock


@as_command("NO is the number of an unfinished record, such as 2026-0001. The kiosk must be closed.")
@record_argument
@click.option("--void", is_flag=True, help="void: a record that should never have been started; no calls are needed")
@reason_option
@by_option
@pass_log
def command(home: Home, mode: Mode, no: str, void: bool, reason: str | None, by: str | None) -> int:
    """Close the record with a reason and a name. Raises Refused, UsageError or PrivateText."""
    ending = Ending.VOID if void else Ending.UNFINISHED
    with reading(home, mode) as log:
        record = find_record(log, no, mode)
        if record.closing is not None:
            raise Refused(f"{record.no} is closed already.", "Add to it with `kiosk log amend` or `kiosk log call`.")
        typed = text_for_log(reason, "--reason", "Reason for closing it before its end"), name_for_log(by)
        entries = _entries(home, log, record, ending, typed)
    try:
        bootstrap.append_entry(home, mode, SystemClock(), *entries)
    except StoreUnusable as error:
        if bootstrap.is_in_use(error):
            what = "The kiosk is open, and the desk may be working on that record."
            raise Refused(what, "Close the record at the desk, or close the kiosk first.") from error
        raise
    output.data(f"{record.no} is {ENDED[ending]}.")
    return Exit.DONE


def _entries(
    home: Home, log: LogHistory, record: EncounterRecord, ending: Ending, typed: tuple[str, str]
) -> tuple[Entry, ...]:
    """Return the closing entries as the desk writes them, or a shorter one if the record can't be resumed.

    typed: the reason and the name.
    """

    def pack_of(content_hash: str) -> Pack | None:
        found = Library(home).kept(content_hash)
        protocol = found.protocol if found else protocol_in(kept_content(log, content_hash), content_hash)
        return Pack(protocol, content_hash) if protocol else None

    try:
        running = continued([decode(entry) for entry in log.entries(record.id)], pack_of)
    except CannotResume:
        body = closing_body(ending, *typed) | {"notified": [], "not_notified": [], "superseded": []}
        return (
            Entry(EntryKind.ENCOUNTER_CLOSED, body, record.id, actor=Actor.COMMAND, pack=record.protocol.content_hash),
        )
    return tuple(_by_command(entry) for entry in closing.before_outcome(running, ending, *typed))


def _by_command(entry: Entry) -> Entry:
    return Entry(entry.kind, entry.body, entry.encounter_id, actor=Actor.COMMAND, pack=entry.pack)
