"""The audit trail in words, one sentence for each entry: sessions, protocols, keys, exports, holds, amendments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from kiosk.errors import ReplaceReason
from kiosk.i18n.strings import Sentence
from kiosk.protocol.replies import CallResult
from kiosk.record.after_action.assessment import Assessor, Decision
from kiosk.record.amendments import ADDITION, name_in
from kiosk.record.bodies import MEANING, meanings_in
from kiosk.record.contacts.entries import NumberResult
from kiosk.record.entries import LoggedEntry
from kiosk.record.entry_kinds import EntryKind, Kind
from kiosk.record.pack_entries import BundleRefusal, PackRefusal
from kiosk.record.people.logins import Ended, Viewed
from kiosk.record.people.roles import Role
from kiosk.record.presence.presence import Audience, LearnedFrom, MessageUse, PlaceSeen
from kiosk.record.requests.records_request import Answer, Channel
from kiosk.record.retention.authorization import AuthorizationRefusal
from kiosk.record.retention.eligibility import KeptBecause
from kiosk.record.retention.schedule import ALL
from kiosk.record.sessions import PreviousSession
from kiosk.record.transparency.checkpoint_loss import CheckpointLoss
from kiosk.reports.amendments import about
from kiosk.reports.formatting import called, duration, with_meaning
from kiosk.system.clock import Sync, SyncState
from kiosk.worded import many

_WITHHELD: Final = "(withheld)"


def sentence(kept: LoggedEntry) -> str:
    """Return an entry in words; for a kind without a sentence of its own, its name and its values."""
    describe, body = _SENTENCES.get(kept.kind), _with_meanings(kept.body)
    if describe is None:
        return " ".join([f"{kept.kind.words}.", *(f"{name}: {value}" for name, value in body.items())])
    return describe(_Values({**dict.fromkeys((*kept.withheld, *kept.encrypted), _WITHHELD), **body}))


def _with_meanings(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body with the meaning of each text that has two in the text."""
    meanings = meanings_in(body)
    texts = {name: value for name, value in body.items() if not name.startswith(MEANING)}
    return {name: with_meaning(value, meanings[name]) if name in meanings else value for name, value in texts.items()}


class _Values(dict[str, Any]):
    """An entry's body. A missing value reads as a mark."""

    def __missing__(self, name: str) -> str:
        return _WITHHELD


def warning(kept: LoggedEntry) -> Sentence:
    """Return the sentence for the desk about an entry that an administrator must acknowledge (`unacknowledged`)."""
    if kept.kind == EntryKind.CHECKPOINT_LOST:
        return Sentence.of("log.checkpoint-lost", day=f"{kept.at.local():%Y-%m-%d}")
    return _new_log(kept)


def _new_log(kept: LoggedEntry) -> Sentence:
    """Return the sentence about a new log and why it was started. kept: the log's first entry."""
    reason, numbers = ReplaceReason.of_id(kept.body.get("reason")), _not_closed(kept.body.get("unfinished"))
    why = Sentence.of(f"log.because.{reason}") if reason else str(kept.body.get("reason", _WITHHELD))
    new = Sentence.of("log.new", day=f"{kept.at.local():%Y-%m-%d}", why=why)
    return Sentence.of("log.new.unclosed", new=new, numbers=numbers) if numbers else new


def _unfinished(values: _Values) -> str:
    numbers = _not_closed(values["unfinished"])
    return f" Not closed in the previous log: {numbers}." if numbers else ""


def _not_closed(numbers: object) -> str:
    return ", ".join(map(str, numbers)) if isinstance(numbers, list) else ""


def _log_started(values: _Values) -> str:
    why = ReplaceReason.words_for(values["reason"])
    before = values["before"] if isinstance(values["before"], dict) else {}
    old = f"log {before['origin']} ({many(before['size'], 'entry', 'entries')})" if before.get("origin") else "a log"
    return f"This log replaced {old} because {why}.{_unfinished(values)}"


def _session_started(values: _Values) -> str:
    before = PreviousSession.of_id(values["before"])
    ended = "" if before in {None, PreviousSession.ENDED} else f" {before.words}."
    return f"The kiosk was opened.{ended}{_synchronized(values.get('clock'))}"


def _synchronized(clock: object) -> str:
    match clock:
        case {"state": state, "error_us": error} if (known := SyncState.of_id(state)) is not None:
            return f" {Sync(known, error if isinstance(error, int) else None).words}"
    return ""


def _clock_changed(values: _Values) -> str:
    by = values["by_us"]
    if not isinstance(by, int):
        return "The clock was changed."
    if values.get("at_least"):
        return f"While the computer was off, its clock was set back by at least {duration(by)}."
    return f"The clock was set {'back' if by < 0 else 'forward'} {duration(by)}."


def _call_made(values: _Values) -> str:
    by = values.get("by") or values.get("staff")
    added = f"A call to {called(values['role'], values['name'])} was added: {CallResult.words_for(values['result'])}"
    return f"{added}, by {by}." if by else f"{added}."


def _amendment_added(values: _Values) -> str:
    name = name_in(values)
    what = "An addition" if name == ADDITION else f"A correction ({about(name)})"
    return f"{what} was made to the closed record {values['no']} by {values['by']}. Reason: {values['reason']}"


def _export_made(values: _Values) -> str:
    recipient = f" for {values['for']}" if values.get("for") else ""
    what = f"format {values['format']}, level {values['level']}"
    report = f" in a {values['report']} report" if values.get("report") else ""
    exported = f"Exported {many(values['count'], 'record')}{report}{recipient}{_by(values)}: {what}."
    lifted = values.get("lifted")
    if not lifted:
        return exported
    again = ", ".join(f"{one['no']}:{one['value']}" for one in lifted if isinstance(one, dict)) or lifted
    return f"{exported} Shown again, after it was withheld: {again}; second person: {values['second']}."


def _request_received(values: _Values) -> str:
    how, asked = Channel.words_for(values["how"]), values["asked"]
    who = f"{values['requester']} asked {how} on {values['received']}: {asked}"
    return f"Records request {values['no']} was entered by {values['by']}; due on {values['deadline']}. {who}"


def _request_given(values: _Values) -> str:
    export = values["export"]
    entry = f"entry {export['entry']}" if isinstance(export, dict) and "entry" in export else "an entry"
    return f"The export of {entry} was given for the records request {values['no']}, by {values['by']}."


def _request_extended(values: _Values) -> str:
    until = f"{values['until']} by {values['by']}. Reason: {values['reason']}"
    return f"The deadline of the records request {values['no']} was extended to {until}"


def _request_closed(values: _Values) -> str:
    how, reason = Answer.words_for(values["how"]), values["reason"]
    why = f" Reason: {reason}" if reason else ""
    return f"The records request {values['no']} was closed by {values['by']}: {how}.{why}"


def _message_approved(values: _Values) -> str:
    use = MessageUse.words_for(values["use"])
    return f"The message “{values['message']}” was approved by {values['by']} (for: {use}): {values['text']}"


def _presence_reported(values: _Values) -> str:
    seen = f"{PlaceSeen.words_for(values['place'])}, {values['seen']}, {LearnedFrom.words_for(values['source'])}"
    record = f" It belongs to record {values['record']}." if values["record"] else ""
    return f"Presence {values['no']} was reported: {seen}; entered by {values['by']}. It is unconfirmed.{record}"


def _presence_confirmed(values: _Values) -> str:
    seen = f"{PlaceSeen.words_for(values['place'])}, {values['seen']}"
    return f"{values['confirmed_by']} confirmed presence {values['no']}: {seen}. Entered by {values['by']}."


def _presence_notified(values: _Values) -> str:
    return f"The notice of presence {values['no']} was sent to {_audiences(values)} by {values['by']}."


def _presence_cleared(values: _Values) -> str:
    sent = f" The message about it was sent to {_audiences(values)}." if values["audiences"] else " No notice was sent."
    reason = f" Reason: {values['reason']}" if values["reason"] else ""
    return f"All clear for presence {values['no']}, by {values['by']}.{sent}{reason}"


def _audiences(values: _Values) -> str:
    found = values["audiences"]
    return ", ".join(map(Audience.words_for, found)) if isinstance(found, list) else str(found)


def _pack_activated(values: _Values) -> str:
    days = f"effective {values['effective']}, review by {values['review_by']}"
    return f"{_pack(values)} was installed; approved by {values['name']}, {values['role']}, on {values['on']}; {days}."


def _pack_rejected(values: _Values) -> str:
    refused = f"{_pack(values)} was refused: {PackRefusal.words_for(values['why'])}"
    if values.get("by") == "install":
        return f"{refused}; not installed."
    instead = values.get("instead")
    version = "another version" if instead in (None, _WITHHELD) else f"version with content hash {str(instead)[:8]}"
    return f"{refused}; {version} ran instead."


def _bundle_installed(values: _Values) -> str:
    changed = values["changed"]
    new = (", ".join(map(str, changed)) or "nothing") if isinstance(changed, list) else changed
    return f"The district's bundle of {values['made']} with {_pack(values)} was installed. New here: {new}."


def _bundle_refused(values: _Values) -> str:
    made = f" of {values['made']}" if values["made"] else ""
    of_protocol = values.get("of_protocol")
    more = f" ({PackRefusal.words_for(of_protocol)})" if of_protocol else ""
    return f"A bundle of the district{made} was refused: {BundleRefusal.words_for(values['why'])}{more}."


def _contacts_changed(values: _Values) -> str:
    changed = values["changed"]
    if not isinstance(changed, list):
        return f"The contacts were changed{_by(values)}: {changed}."
    if not changed:
        return "The contacts were recorded."
    return f"The contacts were changed{_by(values)}: {', '.join(map(str, changed))}."


def _contact_tested(values: _Values) -> str:
    result = NumberResult.words_for(values["result"])
    return f"Test call to {values['name']} on {values['on']}: {result}. Entered by {values['by']}."


def _calendar_changed(values: _Values) -> str:
    was, now = (values[name] or "a usual day" for name in ("was", "now"))
    return f"The calendar was changed by {values['by']}: {values['day']} was {was}, and is now {now}."


def _pack(values: _Values) -> str:
    """Return the protocol with its version, if the entry has them."""
    return f"{values['id'] or 'A protocol'} {values['version']}".strip()


def _encryption_changed(values: _Values) -> str:
    now = values["now"]
    return f"Notes are now encrypted with the district key {now}." if now else "Notes are no longer encrypted."


def _disclosure_reviewed(values: _Values) -> str:
    return f"{values['by']} read {values['no']} before public copies. Reason: {values['reason']}"


def _duties_owed(values: _Values) -> str:
    found = values["duties"]
    if not isinstance(found, list):
        return "The record was closed with duties for the district."
    duties = ", ".join(f"{one.get('id')} ({one.get('owner')}, due {one.get('due')})" for one in found)
    return f"Duties of the district: {duties}."


def _duty_assigned(values: _Values) -> str:
    return f"{values['by']} assigned the duty {values['duty']} of {values['no']} to {values['to']}."


def _duty_done(values: _Values) -> str:
    done = f"The duty {values['duty']} of {values['no']} was done on {values['on']}, says {values['by']}."
    return f"{done} Note: {values['note']}" if "note" in values else done


def _duty_excepted(values: _Values) -> str:
    what = f"{values['by']} excepted the duty {values['duty']} of {values['no']}"
    return f"{what}. Reason: {values['reason']}"


def _record_assessed(values: _Values) -> str:
    decision = values["decision"]
    what = f": {Decision.words_for(decision)}" if decision else ""
    note = f" Note: {values['note']}" if "note" in values else ""
    kept = " Its note is privileged." * ("privileged_note" in values)
    return f"{values['by']}, {Assessor.words_for(values['role'])}, assessed {values['no']}{what}.{note}{kept}"


def _hold_placed(values: _Values) -> str:
    return f"A legal hold{_matter(values)} was placed on {values['no']} by {values['by']}. Reason: {values['reason']}"


def _hold_released(values: _Values) -> str:
    return (
        f"The legal hold{_matter(values)} on {values['no']} was released by {values['by']}. Reason: {values['reason']}"
    )


def _matter(values: _Values) -> str:
    matter = values["matter"]
    return f" ({matter})" if matter and matter != _WITHHELD else ""


def _retention_set(values: _Values) -> str:
    which = "all records" if values["category"] == ALL else f"records with outcome {values['category']}"
    by = f"Set by {values['by']}. Authority: {values['authority']}"
    from_day = f"It applies from {values['applies_from']}"
    return f"The retention period of {which} was set: {values['period']}. {from_day}. {by}"


def _record_destroyed(values: _Values) -> str:
    what = f"The details of {values['no']} ({many(values['values'], 'value')})"
    who = f"{values['by']}. Authorized by {values['authorized_by']} under {values['reference']}"
    return f"{what} were destroyed by {who}. Reason: {values['reason']}"


def _person_added(values: _Values) -> str:
    return f"{values['name']} was added as {Role.words_for(values['role'])} by {values['by']}."


def _person_changed(values: _Values) -> str:
    return f"{values['name']} was changed, {Role.words_for(values['role'])}, by {values['by']}."


def _person_removed(values: _Values) -> str:
    who = f"{values['name']}, {Role.words_for(values['role'])},"
    return f"{who} was removed by {values['by']}. Reason: {values['reason']}"


def _people_reset(values: _Values) -> str:
    how = f"{values['by']} with the superintendent's key {values['key']}"
    return f"All people were removed ({_names(values)}) by {how}. Reason: {values['reason']}"


def _people_refused(values: _Values) -> str:
    return f"The passphrases of {_names(values)} in the home folder are not the recorded ones. They were refused."


def _names(values: _Values) -> str:
    names = values["names"]
    return (", ".join(map(str, names)) or "nobody") if isinstance(names, list) else str(names)


def _viewed(values: _Values) -> str:
    no = f" {values['no']}" if values.get("no") else ""
    return f"{values['by']} {Viewed.words_for(values['what'])}{no}."


def _by(values: _Values) -> str:
    """Return who did it, if a named person did."""
    return f" by {values['by']}" if values.get("by") else ""


def _authorization_refused(values: _Values) -> str:
    why = AuthorizationRefusal.words_for(values["why"])
    return f"{values['by']} asked to destroy records with an authorization. It was refused: {why}."


def _destruction_refused(values: _Values) -> str:
    why = KeptBecause.words_for(values["why"])
    return f"{values['by']} asked to destroy the details of {values['no']}. Refused: {why}."


_SENTENCES: Final[Mapping[Kind, Callable[[_Values], str]]] = {
    EntryKind.SESSION_STARTED: _session_started,
    EntryKind.SESSION_ENDED: lambda _: "The kiosk was closed.",
    EntryKind.CLOCK_CHANGED: _clock_changed,
    EntryKind.AMENDMENT_ADDED: _amendment_added,
    EntryKind.CALL_MADE: _call_made,
    EntryKind.RECORD_COMPLETED: lambda _: "Nothing is left to do for the record.",
    EntryKind.DUTIES_OWED: _duties_owed,
    EntryKind.DUTY_ASSIGNED: _duty_assigned,
    EntryKind.DUTY_DONE: _duty_done,
    EntryKind.DUTY_EXCEPTED: _duty_excepted,
    EntryKind.DUTIES_SETTLED: lambda values: f"No duty of {values['no']} is open any more.",
    EntryKind.STAFF_CHANGED: lambda values: f"Now at the desk: {values['staff']}.",
    EntryKind.DISCLOSURE_REVIEWED: _disclosure_reviewed,
    EntryKind.RECORD_ASSESSED: _record_assessed,
    EntryKind.HOLD_PLACED: _hold_placed,
    EntryKind.HOLD_RELEASED: _hold_released,
    EntryKind.RETENTION_SET: _retention_set,
    EntryKind.RECORD_DESTROYED: _record_destroyed,
    EntryKind.DESTRUCTION_REFUSED: _destruction_refused,
    EntryKind.DESTRUCTION_AUTHORIZED: lambda values: (
        f"Destruction was authorized: {values['authorization']}. `kiosk log retention show --authorization` has its "
        "text."
    ),
    EntryKind.AUTHORIZATION_REFUSED: _authorization_refused,
    EntryKind.EXPORT_MADE: _export_made,
    EntryKind.MESSAGE_APPROVED: _message_approved,
    EntryKind.PRESENCE_REPORTED: _presence_reported,
    EntryKind.PRESENCE_CONFIRMED: _presence_confirmed,
    EntryKind.PRESENCE_REFUTED: lambda values: (
        f"The report of presence {values['no']} was found false by {values['by']}. Reason: {values['reason']}"
    ),
    EntryKind.PRESENCE_NOTIFIED: _presence_notified,
    EntryKind.PRESENCE_CLEARED: _presence_cleared,
    EntryKind.REQUEST_RECEIVED: _request_received,
    EntryKind.REQUEST_GIVEN: _request_given,
    EntryKind.REQUEST_EXTENDED: _request_extended,
    EntryKind.REQUEST_CLOSED: _request_closed,
    EntryKind.LOG_STARTED: _log_started,
    EntryKind.LOG_ACKNOWLEDGED: lambda values: (
        f"{values.get('by') or 'An administrator'} compared the log's key with paper and put back the list of keys."
        if "keys" in values
        else f"{values.get('by') or 'An administrator'} acknowledged the warning about the log."
    ),
    EntryKind.CHECKPOINT_LOST: lambda values: (
        f"The kiosk's own copy of the newest checkpoint {CheckpointLoss.words_for(values['how'])}: entries before this "
        "one may have been deleted."
    ),
    EntryKind.BACKUP_MADE: lambda values: (
        f"The log ({many(values['size'], 'entry', 'entries')}) was copied{_by(values)} to {values['to']}."
    ),
    EntryKind.CHECKPOINT_ISSUED: lambda values: (
        f"A checkpoint of {many(values['size'], 'entry', 'entries')} was issued{_by(values)} for {values['for']}."
    ),
    EntryKind.PACK_KEPT: lambda values: f"The words of {_pack(values)} were recorded.",
    EntryKind.PACK_ACTIVATED: _pack_activated,
    EntryKind.PACK_REJECTED: _pack_rejected,
    EntryKind.PACK_OVERDUE: lambda values: f"{_pack(values)} ran past its review date, {values['review_by']}.",
    EntryKind.BUNDLE_INSTALLED: _bundle_installed,
    EntryKind.BUNDLE_REFUSED: _bundle_refused,
    EntryKind.KEY_FIXED: lambda values: f"The superintendent's key was set: {values['now']}.",
    EntryKind.KEY_REPLACED: lambda values: (
        f"The superintendent's key was replaced: {values['before']} by {values['now']}."
    ),
    EntryKind.KEY_REFUSED: lambda values: (
        f"The settings file had the superintendent's key {values['found'] or '(none)'} instead of the recorded one, "
        f"{values['recorded']}. It was refused."
    ),
    EntryKind.RECORDS_KEY_FIXED: lambda values: (
        f"The records officer's key was set: {values['now']}. It applies from {values['applies_from']}."
    ),
    EntryKind.RECORDS_KEY_REPLACED: lambda values: (
        f"The records officer's key was replaced: {values['before']} by {values['now']}. "
        f"It applies from {values['applies_from']}."
    ),
    EntryKind.RECORDS_KEY_REFUSED: lambda values: (
        f"The settings file had the records officer's key {values['found'] or '(none)'} instead of the recorded one, "
        f"{values['recorded'] or '(none)'}. It was refused."
    ),
    EntryKind.CONTACTS_CHANGED: _contacts_changed,
    EntryKind.CONTACT_TESTED: _contact_tested,
    EntryKind.CALENDAR_CHANGED: _calendar_changed,
    EntryKind.ENCRYPTION_CHANGED: _encryption_changed,
    EntryKind.PERSON_ADDED: _person_added,
    EntryKind.PERSON_CHANGED: _person_changed,
    EntryKind.PERSON_REMOVED: _person_removed,
    EntryKind.PEOPLE_RESET: _people_reset,
    EntryKind.PEOPLE_REFUSED: _people_refused,
    EntryKind.LOGIN_SUCCEEDED: lambda values: (
        f"{values['name']}, {Role.words_for(values['role'])}, logged in: {values['where']}."
    ),
    EntryKind.LOGIN_FAILED: lambda values: f"A wrong passphrase was typed for {values['name']}: {values['where']}.",
    EntryKind.LOGIN_ENDED: lambda values: f"The log-in of {values['name']} ended: {Ended.words_for(values['why'])}.",
    EntryKind.RECORD_VIEWED: _viewed,
}
"""The sentence of each kind in the audit trail. Other kinds have only their words."""
