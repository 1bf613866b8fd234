"""The preview of a destruction, before a person confirms it: what it destroys, what stays, and the other copies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import PurePath
from typing import Any, Final, assert_never

from kiosk.record.entries import LoggedEntry
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.holds import Hold
from kiosk.record.retention.authorization import Authorization
from kiosk.record.retention.eligibility import KeptBecause, RetentionStatus
from kiosk.record.retention.request import DestructionRequest
from kiosk.record.transparency.verification_code import short_log_id
from kiosk.reports.formatting import moment, with_meaning
from kiosk.worded import many

STAYS: Final = "The entries stay: they show when it happened, its steps and its outcome, and can still be verified."
DISTRICT: Final = "Copies at the district and on paper must be destroyed too. Tell the people who keep them."


def repair(why: KeptBecause) -> str:
    """Return what to do about a refusal for this reason."""
    match why:
        case KeptBecause.ON_HOLD:
            return "Ask the person who placed the hold; `kiosk log hold release` ends it."
        case KeptBecause.UNREADABLE:
            return "Ask counsel. Restore the missing files in log/earlier, and move logs of other kiosks elsewhere."
        case KeptBecause.NOT_CLOSED:
            return "Finish it at the desk first."
        case KeptBecause.NOT_ELIGIBLE:
            return "`kiosk log retention show` has the periods. A day counts once a time server or the log confirms it."
        case KeptBecause.DESTROYED:
            return "If other records are left, make a new request: `kiosk log retention eligible -o FILE`."
        case KeptBecause.CHANGED:
            return "Make a new request, which has it as it is now: `kiosk log retention eligible -o FILE`."
        case _:
            assert_never(why)


def preview(statuses: Sequence[RetentionStatus], made: Iterable[LoggedEntry], copies: Sequence[str]) -> Iterator[str]:
    """Return the preview, line by line.

    made: entries of exports and backups that may hold the records too. copies: files that are destroyed with them.
    """
    yield "Permanently destroyed:"
    for status in statuses:
        yield f"  {status.record.no}: {_values(status)}"
    yield STAYS
    for copy in copies:
        yield f"This copy and everything in it are destroyed too: {copy}"
    others = [f"  {words}" for words in _others(made)]
    if others:
        yield "These may hold it too. Destroy them by hand:"
        yield from others
    yield DISTRICT


def authorized_words(said: Authorization) -> str:
    """Say who authorized the destruction, when and under which reference."""
    return f"Authorized by {said.by} on {said.on} under {with_meaning(said.reference, said.meaning)}."


def request_preview(request: DestructionRequest) -> Iterator[str]:
    """Return the preview of a request for the records officer, line by line."""
    if request.mode == "practice":
        yield "PRACTICE: these are not real records."
    yield f"{request.school or 'This school'}, {request.desk}, log {short_log_id(request.state.origin)}"
    yield f"Requested on {request.on}, when the log had {many(request.state.size, 'entry', 'entries')}."
    yield "Retention schedule:"
    yield from (f"  {line}" for line in request.schedule)
    yield f"The details of {many(len(request.records), 'record')} would be destroyed permanently:"
    yield from (
        f"  {one.no}: {one.outcome}, closed {one.closed}, eligible from {one.eligible_from}" for one in request.records
    )
    yield "Their entries stay. The kiosk refuses all of them if one was added to, or is on legal hold, by then."


def refused(status: RetentionStatus, why: KeptBecause, today: date | None) -> str:
    """Return why this record's details were not destroyed, in one sentence. today: the last confirmed day."""
    kept = f"{status.record.no} is kept: {why.words}"
    match why:
        case KeptBecause.ON_HOLD:
            return f"{kept} ({'; '.join(map(hold_words, status.holds))})."
        case KeptBecause.NOT_ELIGIBLE:
            return f"{kept}; {_period(status, today)}."
        case KeptBecause.UNREADABLE | KeptBecause.NOT_CLOSED | KeptBecause.DESTROYED | KeptBecause.CHANGED:
            return f"{kept}."
        case _:
            assert_never(why)


def hold_words(hold: Hold) -> str:
    """Describe a hold: since when, by whom, for which matter, why."""
    matter, reason = (with_meaning(getattr(hold, name), hold.meanings.get(name)) for name in ("matter", "reason"))
    return f"held since {hold.at.local():%Y-%m-%d} by {hold.by}{f' for {matter}' if matter else ''}: {reason}"


def _period(status: RetentionStatus, today: date | None) -> str:
    if status.eligible_from is None:
        return "it has no retention period, so it is kept permanently"
    confirmed = f"the last confirmed day is {today}" if today else "no day is confirmed yet"
    return f"it is kept until {status.eligible_from}, and {confirmed}"


def _values(status: RetentionStatus) -> str:
    facts = f"facts ({', '.join(status.facts)})" if status.facts else ""
    notes, amendments = status.count(EntryKind.NOTE_ADDED), status.count(EntryKind.AMENDMENT_ADDED)
    parts = [facts, many(notes, "note") * bool(notes), many(amendments, "amendment") * bool(amendments)]
    details = ", ".join(filter(None, parts))
    count = many(len(status.values), "value")
    return f"{count}: {details}, and the answers" if details else count


def _others(made: Iterable[LoggedEntry]) -> Iterator[str]:
    """Return a line for each export, and for the backups of each folder."""
    folders: dict[str, list[LoggedEntry]] = {}
    for kept in made:
        if kept.kind == EntryKind.EXPORT_MADE:
            yield f"{moment(kept.at)} export as {kept.body.get('format', '?')}, {_place(kept.body)}"
        else:
            folders.setdefault(_folder(str(kept.body.get("to", ""))), []).append(kept)
    for folder, backups in folders.items():
        yield f"{moment(backups[0].at)} to {moment(backups[-1].at)}: {many(len(backups), 'backup')} in {folder}"


def _place(body: Mapping[str, Any]) -> str:
    return str(body.get("path") or ("a file" if body.get("as") == "file" else "printed or piped"))


def _folder(path: str) -> str:
    return str(PurePath(path).parent) if path else "a place that the log does not name"
