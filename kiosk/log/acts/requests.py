"""Records requests in the logs: one by its number, the export that it cites, and what may be entered about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kiosk.errors import Refused, UsageError
from kiosk.log.log import LogOnDisk, kiosk_errors
from kiosk.record.amendments import Ref
from kiosk.record.entries import Entry, LoggedEntry, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.requests.changes import changed
from kiosk.record.requests.entries import CHANGES, KINDS, change_in, request_in, requests_in
from kiosk.record.requests.records_request import Given, RecordsRequest
from kiosk.settings import Mode
from kiosk.system.clock import SystemClock


def all_requests(log: LogOnDisk) -> list[RecordsRequest]:
    """Return all records requests, oldest first. Raises Altered, StoreUnusable."""
    return requests_in(log.logs)


def find_request(log: LogOnDisk, no: str, mode: Mode = "practice") -> RecordsRequest:
    """Return the request with this number. Raises UsageError when there is none. mode: only for the error's advice."""
    wanted = no.strip().upper()
    # Of two with one number (a previous log could not be read), the newest.
    found = next((one for one in reversed(all_requests(log)) if one.no == wanted), None)
    if found is None:
        other = wanted.startswith("P-") and mode == "live"
        repair = "Add --practice for a number that begins with P-." if other else "`kiosk request list` shows them."
        raise UsageError(f"There is no records request {no} in this log.", repair)
    return found


def find_export(log: LogOnDisk, entry: int) -> LoggedEntry:
    """Return the newest export with this entry number. Raises UsageError when there is none."""
    for one in reversed(log.logs):
        if (found := _export_at(one, entry)) is not None:
            return found
    raise UsageError(f"Entry {entry} is no export.", "`kiosk log audit --search exported` shows the exports.")


def cited(log: LogOnDisk, export: Ref) -> tuple[int, LoggedEntry] | None:
    """Return an export that a request cites, with the place of its log among the logs; None if it is not there."""
    for place, one in enumerate(log.logs):
        if one.number_of(export.event_id) == export.entry and (found := _export_at(one, export.entry)) is not None:
            return place, found
    return None


def _export_at(log: LogOnDisk, entry: int) -> LoggedEntry | None:
    with kiosk_errors():
        row = next(iter(log.lists.newest(EntryKind.EXPORT_MADE, entry + 1)), None)
    return decode(row) if row is not None and row.seq == entry else None


def require_requests(log: LogOnDisk, entries: Iterable[Entry]) -> None:
    """Check the entries about records requests among these. Raises Refused for one that does not fit its request."""
    about = [entry for entry in entries if entry.kind in KINDS]
    requests = {one.id: one for one in all_requests(log)} if about else {}
    for number, entry in enumerate(about):
        if entry.kind in CHANGES:
            after = _changed(log, entry, requests)
            requests[after.id] = after
        else:
            made = request_in(entry.body, SystemClock().now(), event_id=f"new-{number}")
            if made.no in {one.no for one in requests.values()}:
                raise Refused(f"The number {made.no} was used meanwhile.", "Run the command again.")
            requests[made.id] = made


def _changed(log: LogOnDisk, entry: Entry, requests: Mapping[str, RecordsRequest]) -> RecordsRequest:
    request = requests.get(str(entry.body.get("request")))
    if request is None or request.no != entry.body.get("no"):
        raise Refused("The log has no such records request.", "`kiosk request list` shows them.")
    change = change_in(entry.kind, entry.body, SystemClock().now())
    if isinstance(change, Given) and cited(log, change.export) is None:
        raise Refused("The log has no such export.", "`kiosk log audit --search exported` shows the exports.")
    return changed(request, change)
