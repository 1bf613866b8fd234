"""The audit trail, an entry a sentence: sessions, protocols, keys, exports, holds, destruction, amendments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from kiosk.errors import ReplaceReason
from kiosk.i18n.strings import Sentence
from kiosk.protocol.replies import CallResult
from kiosk.record.amendments import ADDITION, name_in
from kiosk.record.entries import LoggedEntry
from kiosk.record.entry_kinds import EntryKind, Kind
from kiosk.record.pack_entries import PackRefusal
from kiosk.record.retention.eligibility import KeptBecause
from kiosk.record.retention.schedule import ALL
from kiosk.record.sessions import PreviousSession
from kiosk.reports.amendments import about
from kiosk.reports.formatting import called, duration
from kiosk.system.clock import Sync, SyncState
from kiosk.worded import many

_GONE: Final = "(withheld)"


def sentence(kept: LoggedEntry) -> str:
    """What happened, in words; for a kind without a sentence of its own, its name and its values."""
    tell = _SENTENCES.get(kept.kind)
    if tell is None:
        return " ".join([f"{kept.kind.words}.", *(f"{name}: {value}" for name, value in kept.body.items())])
    return tell(_Said({**dict.fromkeys((*kept.withheld, *kept.sealed), _GONE), **kept.body}))


class _Said(dict[str, Any]):
    """An entry's body, in which a value that is no longer there reads as a mark."""

    def __missing__(self, name: str) -> str:
        return _GONE


def new_log(kept: LoggedEntry) -> Sentence:
    """Return the sentence for the desk about a new log and why it was started. kept: the log's first entry."""
    reason, numbers = ReplaceReason.of_id(kept.body.get("reason")), _not_closed(kept.body.get("unclosed"))
    why = Sentence.of(f"log.because.{reason}") if reason else str(kept.body.get("reason", _GONE))
    new = Sentence.of("log.new", day=f"{kept.at.local():%Y-%m-%d}", why=why)
    return Sentence.of("log.new.unclosed", new=new, numbers=numbers) if numbers else new


def _unclosed(said: _Said) -> str:
    numbers = _not_closed(said["unclosed"])
    return f" Not closed in the previous log: {numbers}." if numbers else ""


def _not_closed(left: object) -> str:
    return ", ".join(map(str, left)) if isinstance(left, list) else ""


def _log_started(said: _Said) -> str:
    why = ReplaceReason.words_for(said["reason"])
    before = said["before"] if isinstance(said["before"], dict) else {}
    old = f"log {before['origin']} ({many(before['size'], 'entry', 'entries')})" if before.get("origin") else "a log"
    return f"This log replaced {old} because {why}.{_unclosed(said)}"


def _session_started(said: _Said) -> str:
    before = PreviousSession.of_id(said["before"])
    ended = "" if before in {None, PreviousSession.ENDED} else f" {before.words}."
    return f"The kiosk was opened.{ended}{_synchronized(said.get('clock'))}"


def _synchronized(clock: object) -> str:
    match clock:
        case {"state": state, "error_us": error} if (known := SyncState.of_id(state)) is not None:
            return f" {Sync(known, error if isinstance(error, int) else None).words}"
    return ""


def _clock_changed(said: _Said) -> str:
    by = said["by_us"]
    if not isinstance(by, int):
        return "The clock was changed."
    if said.get("at_least"):
        return f"While the computer was off, its clock was set back by at least {duration(by)}."
    return f"The clock was set {'back' if by < 0 else 'forward'} {duration(by)}."


def _call_made(said: _Said) -> str:
    by = said.get("by") or said.get("staff")
    added = f"A call to {called(said['role'], said['name'])} was added: {CallResult.words_for(said['result'])}"
    return f"{added}, by {by}." if by else f"{added}."


def _amendment_added(said: _Said) -> str:
    name = name_in(said)
    what = "An addition" if name == ADDITION else f"A correction ({about(name)})"
    return f"{what} was made to the closed record {said['no']} by {said['by']}. Reason: {said['reason']}"


def _export_made(said: _Said) -> str:
    recipient = f" for {said['for']}" if said.get("for") else ""
    return f"Exported {many(said['count'], 'record')}{recipient}: format {said['format']}, level {said['level']}."


def _pack_activated(said: _Said) -> str:
    days = f"effective {said['effective']}, review by {said['review_by']}"
    return f"{_pack(said)} was installed; approved by {said['name']}, {said['role']}, on {said['on']}; {days}."


def _pack_rejected(said: _Said) -> str:
    instead = f"version with content hash {str(said['instead'])[:8]} ran instead"
    where = "not installed" if said.get("by") == "install" else instead
    return f"{_pack(said)} was refused: {PackRefusal.words_for(said['why'])}; {where}."


def _pack(said: _Said) -> str:
    """The protocol with its version, where the copy could say one."""
    return f"{said['id'] or 'A protocol'} {said['version']}".strip()


def _encryption_changed(said: _Said) -> str:
    now = said["now"]
    return f"Notes are now encrypted with the district key {now}." if now else "Notes are no longer encrypted."


def _hold_placed(said: _Said) -> str:
    return f"A legal hold{_matter(said)} was placed on {said['no']} by {said['by']}. Reason: {said['reason']}"


def _hold_released(said: _Said) -> str:
    return f"The legal hold{_matter(said)} on {said['no']} was released by {said['by']}. Reason: {said['reason']}"


def _matter(said: _Said) -> str:
    return f" ({said['matter']})" if said["matter"] else ""


def _retention_set(said: _Said) -> str:
    which = "all records" if said["category"] == ALL else f"records with outcome {said['category']}"
    by = f"Set by {said['by']}. Authority: {said['authority']}"
    return f"The retention period of {which} is now: {said['keep']}. {by}"


def _record_destroyed(said: _Said) -> str:
    what = f"The details of {said['no']} ({many(said['values'], 'value')})"
    return f"{what} were destroyed by {said['by']}. Authorization: {said['authorization']}"


def _destruction_refused(said: _Said) -> str:
    why = KeptBecause.words_for(said["why"])
    return f"{said['by']} asked to destroy the details of {said['no']}. Refused: {why}."


_SENTENCES: Final[Mapping[Kind, Callable[[_Said], str]]] = {
    EntryKind.SESSION_STARTED: _session_started,
    EntryKind.SESSION_ENDED: lambda _: "The kiosk was closed.",
    EntryKind.CLOCK_CHANGED: _clock_changed,
    EntryKind.AMENDMENT_ADDED: _amendment_added,
    EntryKind.CALL_MADE: _call_made,
    EntryKind.RECORD_COMPLETED: lambda _: "Nothing is left to do for the record.",
    EntryKind.STAFF_CHANGED: lambda said: f"Now at the desk: {said['staff']}.",
    EntryKind.HOLD_PLACED: _hold_placed,
    EntryKind.HOLD_RELEASED: _hold_released,
    EntryKind.RETENTION_SET: _retention_set,
    EntryKind.RECORD_DESTROYED: _record_destroyed,
    EntryKind.DESTRUCTION_REFUSED: _destruction_refused,
    EntryKind.EXPORT_MADE: _export_made,
    EntryKind.LOG_STARTED: _log_started,
    EntryKind.LOG_ACKNOWLEDGED: lambda _: "An administrator confirmed that the log was replaced.",
    EntryKind.BACKUP_MADE: lambda said: (
        f"The log ({many(said['size'], 'entry', 'entries')}) was copied to {said['to']}."
    ),
    EntryKind.CHECKPOINT_ISSUED: lambda said: (
        f"A checkpoint of {many(said['size'], 'entry', 'entries')} was issued for {said['for']}."
    ),
    EntryKind.PACK_KEPT: lambda said: f"The words of {_pack(said)} were recorded.",
    EntryKind.PACK_ACTIVATED: _pack_activated,
    EntryKind.PACK_REJECTED: _pack_rejected,
    EntryKind.PACK_OVERDUE: lambda said: f"{_pack(said)} ran past its review date, {said['review_by']}.",
    EntryKind.KEY_FIXED: lambda said: f"The superintendent's key was set: {said['now']}.",
    EntryKind.KEY_REPLACED: lambda said: f"The superintendent's key was replaced: {said['before']} by {said['now']}.",
    EntryKind.ENCRYPTION_CHANGED: _encryption_changed,
}
"""A sentence for each kind that the audit trail shows; what happened at a step reads by the words of its kind."""
