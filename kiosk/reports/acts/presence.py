"""A report of presence in words, and as JSON for scripts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import tzinfo
from typing import Any, assert_never

from kiosk.record.presence.changes import Messages
from kiosk.record.presence.presence import Audience, Clearance, Notice, Presence, Refutation
from kiosk.reports.formatting import moment, stamp, with_meaning


def presence_lines(presence: Presence, messages: Messages, zone: tzinfo | None = None) -> Iterator[str]:
    """Return a report line by line, each act with its time and the person who entered it."""
    record = f", record {presence.record}" if presence.record else ""
    yield f"{presence.no}  {presence.state.words}{record}"
    seen = f"{presence.place.words}, {presence.seen}, {presence.source.words}"
    yield f"  reported {moment(presence.at, zone)} by {presence.by}: {seen}"
    if (made := presence.confirmation) is not None:
        seen = f"by {made.confirmed_by}, {made.place.words}, {made.seen}"
        yield f"  confirmed {moment(made.at, zone)} ({seen}), entered by {made.by}"
    for notice in presence.notices:
        yield f"  notice {moment(notice.at, zone)} by {notice.by}: {_sent(notice, messages)}"
    match presence.end:
        case None:
            pass
        case Refutation(at, by, reason, meanings):
            yield f"  false {moment(at, zone)} by {by}: {with_meaning(reason, meanings.get('reason'))}"
        case Clearance() as end:
            sent = _sent(end, messages) if end.message else "no notice was sent"
            why = f"; {with_meaning(end.reason, end.meanings.get('reason'))}" if end.reason else ""
            yield f"  all clear {moment(end.at, zone)} by {end.by}: {sent}{why}"
        case _:
            assert_never(presence.end)


def _sent(made: Notice | Clearance, messages: Messages) -> str:
    return f"message “{messages[made.message].name}” to {_words(made.audiences)}"


def _words(audiences: Iterable[Audience]) -> str:
    return ", ".join(one.words for one in audiences)


def as_dict(presence: Presence, messages: Messages, zone: tzinfo | None = None) -> dict[str, Any]:
    """Return a report as plain values."""
    made, end = presence.confirmation, presence.end
    return {
        "no": presence.no,
        "state": presence.state,
        "where": presence.place,
        "seen": presence.seen,
        "source": presence.source,
        "record": presence.record or None,
        "reported_at": stamp(presence.at, zone),
        "by": presence.by,
        "confirmed": None
        if made is None
        else {
            "at": stamp(made.at, zone),
            "confirmed_by": made.confirmed_by,
            "where": made.place,
            "seen": made.seen,
            "by": made.by,
        },
        "notices": [_as_sent(one, messages, zone) for one in presence.notices],
        "false": {"at": stamp(end.at, zone), "reason": end.reason, "by": end.by}
        if isinstance(end, Refutation)
        else None,
        "clear": _as_sent(end, messages, zone) | {"reason": end.reason or None} if isinstance(end, Clearance) else None,
    }


def _as_sent(made: Notice | Clearance, messages: Messages, zone: tzinfo | None) -> dict[str, Any]:
    message = messages.get(made.message)
    return {
        "at": stamp(made.at, zone),
        "message": message.name if message else None,
        "text": message.text if message else None,
        "to": list(made.audiences),
        "by": made.by,
    }
