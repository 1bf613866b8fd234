"""A records request in words, and as JSON for scripts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, tzinfo
from typing import Any

from kiosk.record.requests.records_request import RecordsRequest, RequestState, Scope
from kiosk.reports.acts.copies import Copy
from kiosk.reports.formatting import moment, stamp, with_meaning
from kiosk.worded import many


def state_words(request: RecordsRequest, *, late: bool) -> str:
    """Return the state of a request in words. late: whether it is overdue today."""
    if request.closed is not None:
        return f"{request.closed.how.words}"
    return f"{request.state.words}{', OVERDUE' * late}{', extended' * bool(request.extensions)}"


def scope_words(scope: Scope) -> str:
    """Return the records and days that a request names; empty for none."""
    days = [f"{word} {day}" for word, day in (("from", scope.first), ("to", scope.last)) if day]
    named = [f"records {', '.join(scope.records)}"] if scope.records else []
    return "; ".join([*named, *([f"opened {' '.join(days)}"] if days else [])])


def request_lines(
    request: RecordsRequest, copies: Sequence[Copy], *, late: bool, zone: tzinfo | None = None
) -> Iterator[str]:
    """Return a request line by line: what was asked, each act, and what each copy withholds."""
    yield f"{request.no}  {state_words(request, late=late)}"
    yield f"from {_meant(request, 'requester')}, {request.channel.words} on {request.received}"
    counted = "" if request.business_days is None else f" ({many(request.business_days, 'business day')} after it)"
    yield f"due {request.due}{counted}" + (f", extended to {request.deadline}" if request.extensions else "")
    yield f"asked: {_meant(request, 'asked')}"
    if named := scope_words(request.scope):
        yield f"named: {named}"
    yield f"entered {moment(request.at, zone)} by {request.by}"
    for made in request.extensions:
        why = with_meaning(made.reason, made.meanings.get("reason"))
        yield f"extended {moment(made.at, zone)} to {made.until} by {made.by}: {why}"
    for copy in copies:
        yield f"given {moment(copy.given.at, zone)} by {copy.given.by}: {copy_words(copy)}"
        yield from (f"  withheld: {line}" for line in withheld_lines(copy))
    if request.closed is not None:
        why = with_meaning(request.closed.reason, request.closed.meanings.get("reason"))
        yield (
            f"{request.closed.how.words} {moment(request.closed.at, zone)} by {request.closed.by}"
            + f": {why}" * bool(why)
        )


def copy_words(copy: Copy) -> str:
    """Return what a copy was, in a line."""
    if copy.made is None:
        return f"entry {copy.given.export.entry}, which is not in the logs that can be read"
    level = "a level of a newer version" if copy.level is None else f"level {copy.level.name.lower()}"
    format_ = copy.format.rpartition(".")[2]  # of a report, its name is in front
    return f"{copy.asked} ({many(copy.count, 'record')}), format {format_}, {level}"


def withheld_lines(copy: Copy) -> Iterator[str]:
    """Return the values that a copy withholds, in a line each."""
    for one in copy.withheld:
        part = " (in part)" if one.extent == "part" else ""
        yield f"{one.words}{part} in {', '.join(one.records)}: {one.ground}"


def as_dict(request: RecordsRequest, zone: tzinfo | None = None) -> dict[str, Any]:
    """Return a request as plain values."""
    closed = request.closed
    return {
        "no": request.no,
        "state": request.state if closed is None else closed.how,
        "requester": request.requester,
        "how": request.channel,
        "received": str(request.received),
        "due": str(request.due),
        "business_days": request.business_days,
        "deadline": str(request.deadline),
        "asked": request.scope.asked,
        "records": list(request.scope.records),
        "from": _day(request.scope.first),
        "to": _day(request.scope.last),
        "entered_at": stamp(request.at, zone),
        "by": request.by,
        "extensions": [
            {"at": stamp(one.at, zone), "until": str(one.until), "reason": one.reason, "by": one.by}
            for one in request.extensions
        ],
        "given": [
            {"at": stamp(one.at, zone), "entry": one.export.entry, "event_id": one.export.event_id, "by": one.by}
            for one in request.given
        ],
        "closed": None
        if closed is None
        else {"at": stamp(closed.at, zone), "how": closed.how, "reason": closed.reason or None, "by": closed.by},
        "meanings": dict(request.meanings),
        "is_open": request.state is not RequestState.CLOSED,
    }


def copy_dict(copy: Copy) -> Mapping[str, Any]:
    """Return a copy as plain values."""
    return {
        "entry": copy.given.export.entry,
        "found": copy.made is not None,
        "format": copy.format,
        "level": None if copy.level is None else copy.level.name.lower(),
        "count": copy.count,
        "asked": copy.asked,
        "withheld": [
            {"value": one.value, "records": list(one.records), "extent": one.extent, "ground": one.ground}
            for one in copy.withheld
        ],
    }


def _day(day: date | None) -> str | None:
    return None if day is None else str(day)


def _meant(request: RecordsRequest, name: str) -> str:
    words = request.requester if name == "requester" else request.scope.asked
    return with_meaning(words, request.meanings.get(name))
