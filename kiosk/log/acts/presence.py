"""Presence in the logs: one report by its number, approved messages, and what may be entered about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kiosk.errors import Refused, UsageError
from kiosk.log.log import LogOnDisk
from kiosk.log.record_search import find_record
from kiosk.record.entries import Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.presence.changes import Messages, changed
from kiosk.record.presence.entries import CHANGES, KINDS, Presences, change_in, message_in, presence_in, presences_in
from kiosk.record.presence.presence import Presence
from kiosk.settings import Mode
from kiosk.system.clock import SystemClock


def all_presences(log: LogOnDisk) -> Presences:
    """Return all reports and messages. Raises Altered, StoreUnusable."""
    return presences_in(log.logs)


def find_presence(found: Presences, no: str, mode: Mode = "practice") -> Presence:
    """Return the report with this number. Raises UsageError when there is none. mode: only for the error's advice."""
    wanted = no.strip().upper()
    report = next((one for one in reversed(found.reports) if one.no == wanted), None)
    if report is None:
        other = wanted.startswith("P-") and mode == "live"
        repair = "Add --practice for a number that begins with P-." if other else "`kiosk presence list` shows them."
        raise UsageError(f"There is no report of presence {no} in this log.", repair)
    return report


def require_presences(log: LogOnDisk, entries: Iterable[Entry]) -> None:
    """Check the entries about presence among these. Raises Refused for one that does not fit its report."""
    about = [entry for entry in entries if entry.kind in KINDS]
    known = all_presences(log) if about else Presences((), {})
    reports, messages = {one.id: one for one in known.reports}, dict(known.messages)
    now = SystemClock().now()
    for number, entry in enumerate(about):
        if entry.kind in CHANGES:
            after = _changed(entry, reports, messages)
            reports[after.id] = after
        elif entry.kind is EntryKind.MESSAGE_APPROVED:
            message_in(entry.body, now)
        else:
            made = presence_in(entry.body, now)
            if made.no in {one.no for one in reports.values()}:
                raise Refused(f"The number {made.no} was used meanwhile.", "Run the command again.")
            _require_record(log, made)
            reports[f"new-{number}"] = replace(made, id=f"new-{number}")


def _changed(entry: Entry, reports: Mapping[str, Presence], messages: Messages) -> Presence:
    report = reports.get(str(entry.body.get("presence")))
    if report is None or report.no != entry.body.get("no"):
        raise Refused("The log has no such report of presence.", "`kiosk presence list` shows them.")
    return changed(report, change_in(entry.kind, entry.body, SystemClock().now()), messages)


def _require_record(log: LogOnDisk, made: Presence) -> None:
    try:
        if made.record:
            find_record(log, made.record)
    except UsageError as error:
        raise Refused(error.what, error.repair) from error
