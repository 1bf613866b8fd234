"""The end of an unfinished record by a command: `--close` and `--void`."""

from __future__ import annotations

from dataclasses import replace

from kiosk.app import bootstrap
from kiosk.commands.common.records import reading
from kiosk.commands.log.amend.acts import Act, Asked, Planned
from kiosk.desk import closing
from kiosk.desk.station import Pack
from kiosk.desk.unfinished import continued
from kiosk.errors import CannotResume, Refused, StoreUnusable
from kiosk.log.archive import LogHistory
from kiosk.log.record_search import find_record
from kiosk.packs.library import Library
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.endings import ENDED, Ending, closing_body
from kiosk.record.entries import Actor, Entry, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.pack_entries import kept_content, protocol_in
from kiosk.reports.formatting import with_meaning
from kiosk.settings import Home, Mode
from kiosk.system.clock import SystemClock


def planned(home: Home, mode: Mode, no: str, asked: Asked) -> Planned:
    """Return the closing of an unfinished record. Raises Refused, UsageError or PrivateText."""
    ending = Ending.VOID if asked.act is Act.VOID else Ending.UNFINISHED
    with reading(home, mode) as log:
        record = find_record(log, no, mode)
        if record.closing is not None:
            raise Refused(f"{record.no} is closed already.", "Add to it with `kiosk log amend --add` or `--called`.")
        reason = asked.texts.text(asked.reason, "--reason", "Reason for closing it before its end")
        by = asked.texts.name(asked.by)
        entries = _entries(home, log, record, ending, (reason, by))
    lines = (f"{ENDED[ending]}, by {by}", f"reason: {with_meaning(reason, asked.texts.meaning(reason))}")
    return Planned(record.no, entries, lines, f"{record.no} is {ENDED[ending]}.", enter_all=_enter)


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
    entries = closing.before_outcome(running, ending, *typed)
    return tuple(replace(entry, actor=Actor.COMMAND, step=None) for entry in entries)


def _enter(home: Home, mode: Mode, *entries: Entry) -> None:
    """Append the entries. Raises Refused while the kiosk is open, because then only the desk closes records."""
    try:
        bootstrap.append_entry(home, mode, SystemClock(), *entries)
    except StoreUnusable as error:
        if bootstrap.is_in_use(error):
            what = "The kiosk is open, and the desk may be working on that record."
            raise Refused(what, "Close the record at the desk, or close the kiosk first.") from error
        raise
