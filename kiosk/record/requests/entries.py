"""The entries of records requests, as written and as read back.

What an entry of a command says is read strictly, so that no log gets a request that nobody can read later. In a log, an
entry that does not read, or whose request is missing, is left out: only a newer version can have written it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import Any, Final, Protocol

from kiosk.errors import Refused
from kiosk.record.amendments import Ref
from kiosk.record.bodies import meanings_in
from kiosk.record.canonical import Json
from kiosk.record.entries import Actor, EncodedEntry, Entry, LoggedEntry, decode
from kiosk.record.entry_kinds import EntryKind, Kind
from kiosk.record.requests.changes import Change, changed
from kiosk.record.requests.records_request import (
    MOST_DAYS,
    Answer,
    Channel,
    Closed,
    Extension,
    Given,
    RecordsRequest,
    Scope,
)
from kiosk.settings import Mode
from kiosk.system.clock import Instant

CHANGES: Final = frozenset({EntryKind.REQUEST_GIVEN, EntryKind.REQUEST_EXTENDED, EntryKind.REQUEST_CLOSED})
KINDS: Final = CHANGES | {EntryKind.REQUEST_RECEIVED}

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER: Final = re.compile(r"(?:P-)?R-(\d{4})-(\d{4,})", re.ASCII)


def next_number(requests: Iterable[RecordsRequest], mode: Mode, year: int) -> str:
    """Return the number of a new request: it follows the highest one of this year."""
    numbers = (_NUMBER.fullmatch(one.no) for one in requests)
    taken = (int(found[2]) for found in numbers if found and int(found[1]) == year)
    return f"{'P-' if mode == 'practice' else ''}R-{year}-{max(taken, default=0) + 1:04}"


def receiving(request: RecordsRequest) -> Entry:
    """Return the entry that records a new request."""
    scope = request.scope
    body: dict[str, Json] = {
        "no": request.no,
        "requester": request.requester,
        "how": request.channel,
        "received": str(request.received),
        "deadline": str(request.due),
        "business_days": request.business_days,
        "asked": scope.asked,
        "records": list(scope.records),
        "from": str(scope.first) if scope.first else None,
        "to": str(scope.last) if scope.last else None,
        "by": request.by,
    }
    return Entry(EntryKind.REQUEST_RECEIVED, body, actor=Actor.COMMAND)


def changing(request: RecordsRequest, change: Change) -> Entry:
    """Return the entry of a change. Raises Refused for one that is not possible in the state of the request."""
    changed(request, change)
    kind, values = _written(change)
    body: dict[str, Json] = {"no": request.no, "request": request.id, **values, "by": change.by}
    return Entry(kind, body, actor=Actor.COMMAND)


def _written(change: Change) -> tuple[EntryKind, dict[str, Json]]:
    match change:
        case Given(export=export):
            return EntryKind.REQUEST_GIVEN, {"export": {"entry": export.entry, "event_id": export.event_id}}
        case Extension(until=until, reason=reason):
            return EntryKind.REQUEST_EXTENDED, {"until": str(until), "reason": reason}
        case Closed(how=how, reason=reason):
            return EntryKind.REQUEST_CLOSED, {"how": how, "reason": reason}


def request_in(body: Mapping[str, Any], at: Instant, event_id: str = "") -> RecordsRequest:
    """Return the new request in a body. Raises Refused when it does not read."""
    try:
        channel = Channel.of_id(body["how"])
        request = None if channel is None else _request(body, channel, at, event_id)
    except (KeyError, TypeError, ValueError) as error:
        raise _unreadable() from error
    if request is None or not _NUMBER.fullmatch(request.no) or request.due < request.received:
        raise _unreadable()
    return request


def _request(body: Mapping[str, Any], channel: Channel, at: Instant, event_id: str) -> RecordsRequest:
    return RecordsRequest(
        id=event_id,
        no=_text(body, "no"),
        at=at,
        requester=_text(body, "requester"),
        channel=channel,
        received=_day(body["received"]),
        due=_day(body["deadline"]),
        business_days=_count(body["business_days"]),
        scope=_scope(body),
        by=_text(body, "by"),
        meanings=meanings_in(body),
    )


def change_in(kind: Kind, body: Mapping[str, Any], at: Instant) -> Change:
    """Return the change in a body. Raises Refused when it does not read."""
    try:
        by, meant = _text(body, "by"), meanings_in(body)
        match kind, body:
            case EntryKind.REQUEST_GIVEN, {"export": {"entry": int(entry), "event_id": str(event_id)}}:
                return Given(at, Ref(entry, event_id), by)
            case EntryKind.REQUEST_EXTENDED, {"until": until, "reason": str(reason)}:
                return Extension(at, _day(until), reason, by, meant)
            case EntryKind.REQUEST_CLOSED, {"how": how, "reason": str(reason)}:
                if (answer := Answer.of_id(how)) is not None:
                    return Closed(at, answer, reason, by, meant)
    except (KeyError, TypeError, ValueError) as error:
        raise _unreadable() from error
    raise _unreadable()


class Log(Protocol):
    """A log open for reading."""

    def of_kind(self, kind: EntryKind) -> Iterable[EncodedEntry]:
        """Return all entries of this kind, oldest first."""


def requests_in(logs: Iterable[Log]) -> list[RecordsRequest]:
    """Return all requests in these logs, oldest first. logs: each single log, oldest first. Raises Altered."""
    found: dict[str, RecordsRequest] = {}
    for kept in _entries(logs):
        with suppress(Refused):
            if kept.kind == EntryKind.REQUEST_RECEIVED:
                found[kept.event_id] = request_in(kept.body, kept.at, kept.event_id)
            elif (request := found.get(str(kept.body.get("request")))) is not None:
                found[request.id] = changed(request, change_in(kept.kind, kept.body, kept.at))
    return [*found.values()]


def _entries(logs: Iterable[Log]) -> Iterator[LoggedEntry]:
    for log in logs:
        yield from sorted((decode(one) for kind in sorted(KINDS) for one in log.of_kind(kind)), key=lambda one: one.seq)


def _scope(body: Mapping[str, Any]) -> Scope:
    first, last = (None if body[name] is None else _day(body[name]) for name in ("from", "to"))
    if type(body["records"]) is not list:
        raise TypeError
    return Scope(_text(body, "asked"), tuple(_of_text(one) for one in body["records"]), first, last)


def _text(body: Mapping[str, Any], name: str) -> str:
    return _of_text(body[name])


def _count(value: object) -> int | None:
    if value is not None and not (type(value) is int and 1 <= value <= MOST_DAYS):
        raise ValueError
    return value


def _of_text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise TypeError
    return value


def _day(value: object) -> date:
    return date.fromisoformat(value if isinstance(value, str) and _DAY.fullmatch(value) else "")


def _unreadable() -> Refused:
    return Refused("This entry about a records request can't be read.", "Use a command of the kiosk's version.")
