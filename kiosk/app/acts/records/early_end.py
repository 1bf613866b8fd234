"""The end of an unfinished record by an administrator: closed before its outcome, or void."""

from __future__ import annotations

from dataclasses import replace

from kiosk.app.acts.records.planned import Planned, Stated
from kiosk.desk import closing
from kiosk.desk.station import Pack
from kiosk.desk.unfinished import continued
from kiosk.errors import CannotResume, Refused
from kiosk.log.intake.record_state import newest_of_desk, require_unmoved
from kiosk.log.log import LogOnDisk
from kiosk.log.record_search import find_record
from kiosk.packs.library import Library
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.endings import ENDED, Ending, closing_body, reason_words
from kiosk.record.entries import Actor, Entry, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.pack_entries import kept_content, protocol_in
from kiosk.reports.formatting import with_meaning
from kiosk.settings import Home, Mode


def planned(
    home: Home,
    mode: Mode,
    log: LogOnDisk,
    no: str,
    ending: Ending,
    stated: Stated,
    shown: EncounterRecord | None = None,
) -> Planned:
    """Return the closing of an unfinished record. Raises Refused, UsageError or PrivateText.

    shown: the record as the person read it, which the desk must not have continued since.
    Entering it raises Refused while the desk is working on the record, and after it continued it.
    """
    record = find_record(log, no, mode)
    if record.closing is not None:
        repair = "Add to it with `kiosk log amend --add` or `--called`."
        raise Refused(f"{record.no} is closed already.", repair, "error.record.closed")
    newest = newest_of_desk((shown or record).entries)
    require_unmoved(record.entries, newest)
    reason, by = stated.why(), stated.by()
    entries = _entries(home, log, record, ending, (reason, by))
    lines = (f"{ENDED[ending]}, by {by}", f"reason: {with_meaning(reason_words(reason), stated.texts.meaning(reason))}")
    return Planned(record.no, entries, lines, f"{record.no} is {ENDED[ending]}.", newest=newest)


def _entries(
    home: Home, log: LogOnDisk, record: EncounterRecord, ending: Ending, typed: tuple[str, str]
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
