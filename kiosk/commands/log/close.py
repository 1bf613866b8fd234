"""`kiosk log close`: a record that was left open is closed by an administrator, as void or before its end."""

from __future__ import annotations

import argparse

from kiosk.app import bootstrap
from kiosk.commands.common.output import out
from kiosk.commands.common.paths import home_of
from kiosk.commands.common.prompts import add_by, name_of, text_of
from kiosk.commands.common.records import find_record, mode_of, reading
from kiosk.desk import closing
from kiosk.desk.station import Pack
from kiosk.desk.unfinished import continued
from kiosk.errors import CannotResume, Exit, Refused, StoreUnusable
from kiosk.log.archive import LogHistory
from kiosk.packs.library import Library
from kiosk.record import kinds as h
from kiosk.record.endings import ENDED, Ending, closing_body
from kiosk.record.entries import Entry, unseal
from kiosk.record.history import EncounterRecord
from kiosk.record.pack_entries import kept_content, protocol_in
from kiosk.settings import Home
from kiosk.system.clock import SystemClock


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk log close` takes."""
    parser.add_argument("no", metavar="NO", help="its number, like 2026-0001")
    parser.add_argument("--void", action="store_true", help="it should never have been started: nobody need know of it")
    parser.add_argument("--reason", metavar="TEXT", help="why it is closed before its end; kept in the log")
    add_by(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Close the record; the closing says how, why and by whom. Raises Refused, UsageError or Private."""
    home, mode = home_of(args), mode_of(practice=args.practice)
    ending = Ending.VOID if args.void else Ending.UNFINISHED
    with reading(home, practice=args.practice) as log:
        record = find_record(log, args.no, practice=args.practice)
        if record.closing is not None:
            raise Refused(f"{record.no} is closed already.", "Add to it with `kiosk log amend` or `kiosk log call`.")
        reason, by = text_of(args, "reason", "Why it is closed before its end"), name_of(args)
        entries = _entries(home, log, record, ending, (reason, by))
    try:
        bootstrap.append_entry(home, mode, SystemClock(), *entries)
    except StoreUnusable as error:
        if bootstrap.is_in_use(error):
            what = "The kiosk is running, and may be working on that record."
            raise Refused(what, "Close the record at the desk, or close the kiosk first.") from error
        raise
    out(f"{record.no} is {ENDED[ending]}.")
    return Exit.DONE


def _entries(
    home: Home, log: LogHistory, record: EncounterRecord, ending: Ending, said: tuple[str, str]
) -> tuple[Entry, ...]:
    """The closing as the desk would write it; where its protocol is gone, with the little that is known."""

    def pack_of(seal: str) -> Pack | None:
        found = Library(home).kept(seal)
        protocol = found.protocol if found else protocol_in(kept_content(log, seal), seal)
        return Pack(protocol, seal) if protocol else None

    try:
        running = continued([unseal(entry) for entry in log.entries(record.id)], pack_of)
    except CannotResume:
        body = closing_body(ending, *said) | {"told": [], "untold": [], "aside": []}
        return (Entry(h.CLOSED, body, record.id, actor="command", pack=record.protocol.seal),)
    return tuple(_by_command(entry) for entry in closing.before_outcome(running, ending, *said))


def _by_command(entry: Entry) -> Entry:
    return Entry(entry.kind, entry.body, entry.encounter_id, actor="command", pack=entry.pack)
